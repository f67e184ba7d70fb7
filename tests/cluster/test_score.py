"""Scoring on Dask: two workers, one of which is killed; lists and disks that are not as they should be."""

import csv
import json
import os
import subprocess
import sys
import time
from types import SimpleNamespace

import psutil
import pytest

from models.cluster import score as scoring
from models.cluster.scorer import ROOT, Job

SAMPLES = ROOT / "src" / "data" / "samples" / "classify"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
CELLS, SIZE = 96, 4


def rows_of(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def parts(out):
    return sorted(out.glob("part-*.csv"))


def start(*arguments):
    """Score, as the command does."""
    command = [sys.executable, "-m", "models.cluster.score", *map(str, arguments), "--format", "csv"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def score(*arguments):
    """The command's exit status and what it said."""
    process = start(*arguments)
    said, _ = process.communicate(timeout=240)
    return process.returncode, said


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """A list of cells, of which one is cut short and one is missing, and its rows by ``npm run score``."""
    folder = tmp_path_factory.mktemp("list")
    samples = sorted(SAMPLES.glob("*.png"))
    (folder / "short.png").write_bytes(samples[0].read_bytes()[:700])
    paths = [str(samples[n % len(samples)]) for n in range(CELLS)]
    paths[5], paths[70] = "short.png", "gone.png"
    (folder / "list.csv").write_text("\n".join(["path", *paths]) + "\n")
    command = ["node", "--import", "tsx", "models/score/cli.ts", str(folder / "list.csv")]
    done = subprocess.run([*command, "--out", str(folder / "scores.csv")], cwd=ROOT, check=False)
    assert done.returncode == 1
    return folder / "list.csv", rows_of(folder / "scores.csv")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler and two workers on loopback, started as on any machine: the scheduler's file, the workers."""
    file = tmp_path_factory.mktemp("cluster") / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    place = ["--host", "127.0.0.1", "--scheduler-file", str(file)]
    scheduler = subprocess.Popen([*dask, "scheduler", *place, "--port", "0", "--no-dashboard"], env=ENVIRONMENT)
    worker = [*dask, "worker", *place, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    workers = [subprocess.Popen(worker, env=ENVIRONMENT, cwd=file.parent) for _ in range(2)]
    yield file, workers
    for process in (*workers, scheduler):
        process.terminate()
        process.wait(60)


def test_a_worker_is_killed_and_every_cell_is_scored_once(listed, cluster, tmp_path):
    path, expected = listed
    file, workers = cluster
    command = (path, "--out", tmp_path, "--size", SIZE, "--scheduler-file", file)
    process = start(*command)
    while len(parts(tmp_path)) < 4:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    children = psutil.Process(workers[0].pid).children()
    workers[0].kill()
    assert children and len(parts(tmp_path)) < CELLS // SIZE
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 1
    assert f"{CELLS - 2} answered, 0 refused as no such cell, 2 not read" in said
    assert [row for part in parts(tmp_path) for row in rows_of(part)] == expected
    assert [len(rows_of(part)) for part in parts(tmp_path)] == [SIZE] * (CELLS // SIZE)
    assert psutil.wait_procs(children, timeout=60)[1] == []
    assert not (tmp_path / "unfinished").exists()

    again = parts(tmp_path)[3]
    again.unlink()
    before = {part: part.stat().st_mtime_ns for part in parts(tmp_path)}
    assert score(*command)[0] == 1
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert (summary["cells"], summary["unread"], summary["finishedBefore"]) == (CELLS, 2, CELLS // SIZE - 1)
    assert {part: part.stat().st_mtime_ns for part in parts(tmp_path) if part != again} == before
    assert rows_of(again) == expected[3 * SIZE : 4 * SIZE]

    path.with_name("other.csv").write_text(f"path\n{SAMPLES / 'none.png'}\n")
    status, said = score(path.with_name("other.csv"), *command[1:])
    assert (status, "holds scores of another list" in said) == (2, True)


def test_a_part_counts_whose_worker_was_lost_after_it_but_not_one_that_failed(monkeypatch, capsys):
    released = []
    part = SimpleNamespace(key="part-000000.csv", status="lost", exception=lambda: None)
    part.release = lambda: released.append(part)
    client = SimpleNamespace(map=lambda *_, **__: [part], cancel=lambda futures: None)
    monkeypatch.setattr(scoring, "as_completed", iter)
    jobs = [Job("list.csv", {"count": SIZE}, "out/part-000000.csv")]
    scoring.run(jobs, client)
    assert f"{SIZE} of {SIZE} cells" in capsys.readouterr().out and released == [part]
    part.status, part.exception = "error", lambda: RuntimeError("The disk is full.")
    with pytest.raises(SystemExit, match="part-000000.csv was not scored: The disk is full."):
        scoring.run(jobs, client)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can have a disk of 40 kB")
def test_a_full_disk_gets_a_sentence_and_leaves_nothing_half(listed, cluster, tmp_path):
    path, expected = listed
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(tmp_path)], check=True)
    try:
        command = (path, "--out", tmp_path, "--size", 16, "--scheduler-file", cluster[0])
        status, said = score(*command)
        assert status == 2 and "The disk is full. Make room" in said
        assert len(parts(tmp_path)) < CELLS // 16
        for part in parts(tmp_path):
            number = int(part.stem.removeprefix("part-"))
            assert rows_of(part) == expected[16 * number : 16 * (number + 1)]
        subprocess.run(["mount", "-o", "remount,size=1m", str(tmp_path)], check=True)
        assert score(*command)[0] == 1
        assert [row for part in parts(tmp_path) for row in rows_of(part)] == expected
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_one_command_scores_a_folder_on_this_machine(tmp_path):
    status, said = score(SAMPLES, "--out", tmp_path / "scores", "--workers", 1)
    assert "refused as no such cell" in said
    rows = [row for part in parts(tmp_path / "scores") for row in rows_of(part)]
    assert [row["path"] for row in rows] == sorted(f"classify/{path.name}" for path in SAMPLES.iterdir())
    assert status == int(any(row["called"] == "" for row in rows))


def test_what_cannot_be_scored_gets_a_sentence(tmp_path):
    (tmp_path / "empty.csv").write_text("path\n")
    assert score(tmp_path / "empty.csv", "--out", tmp_path / "out") == (
        2,
        f"{tmp_path / 'empty.csv'} holds no files to score.\n",
    )
    status, said = score(tmp_path / "none.parquet", "--out", tmp_path / "out")
    assert (status, "There is no" in said) == (2, True)
    assert not (tmp_path / "out").exists()

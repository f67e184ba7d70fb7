"""Score a list or a folder on a Dask cluster: ``npm run score:cluster -- <folder | list> --out scores/``.

Partitions of the list go to the cluster's workers; each writes one file of scores, which has its name once it is whole.
What is finished is skipped when the command is started again. Without a scheduler the workers are processes of this
machine.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from distributed import Client, LocalCluster, as_completed

from .scorer import NODE, ROOT, Job, score_partition

KINDS = ("answered", "outside", "unread")


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run score:cluster --", description=__doc__.splitlines()[0])
    parser.add_argument("input", type=Path, help="a folder, or a list (.csv, .parquet) with a column path, or bytes")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder of the scores; all workers must see it and the list"
    )
    parser.add_argument("--scheduler", help="address of a Dask scheduler, tcp://HOST:8786")
    parser.add_argument("--scheduler-file", type=Path, help="file that the scheduler wrote its address into")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes here, without a scheduler")
    parser.add_argument("--size", type=int, default=2000, help="cells a partition")
    parser.add_argument("--format", choices=("parquet", "csv", "arrow"), default="parquet")
    return parser.parse_args(arguments)


def survey(options: argparse.Namespace) -> dict:
    """The list, its partitions, and what tells this run from others. Raises SystemExit with what to do."""
    command = [*NODE, "models/cluster/survey.ts", str(options.input.resolve()), str(options.out.resolve())]
    said = subprocess.run([*command, str(options.size)], cwd=ROOT, capture_output=True, text=True, check=False)
    if said.returncode != 0:
        raise SystemExit(said.stderr.strip())
    plan = json.loads(said.stdout)
    if plan["count"] == 0:
        raise SystemExit(f"{options.input} holds no files to score.")
    return plan


def keep_run(options: argparse.Namespace, plan: dict) -> None:
    """Write down what is scored into ``run.json``. Raises SystemExit if the folder holds another run."""
    run = {key: plan[key] for key in ("networks", "identity", "count")} | {
        "size": options.size,
        "format": options.format,
    }
    kept = options.out / "run.json"
    if kept.exists() and json.loads(kept.read_text()) != run:
        raise SystemExit(f"{options.out} holds scores of another list, of other networks or sizes: give another --out.")
    write_whole(kept, run)


def write_whole(path: Path, content: dict) -> None:
    """Write JSON so that the file is there whole or not at all."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content, indent=1) + "\n")
    part.replace(path)


@contextlib.contextmanager
def connect(options: argparse.Namespace) -> Iterator[Client]:
    """A client of the cluster that is asked for."""
    if options.scheduler or options.scheduler_file:
        file = options.scheduler_file and str(options.scheduler_file)
        with Client(options.scheduler, scheduler_file=file) as client:
            yield client
    else:
        local = {"host": "127.0.0.1", "dashboard_address": None, "threads_per_worker": 1}
        with LocalCluster(n_workers=options.workers, **local) as cluster, Client(cluster) as client:
            yield client


def run(jobs: list[Job], client: Client) -> None:
    """Score partitions, telling how far it is. Raises SystemExit with the reason of the first that fails."""
    total, done, start = sum(job.part["count"] for job in jobs), 0, time.monotonic()
    counts = {Path(job.out).name: job.part["count"] for job in jobs}
    futures = client.map(score_partition, jobs, key=list(counts), pure=False)
    said = start
    for future in as_completed(futures):
        # One that is lost had finished before its worker ended: its file is there.
        if future.status in ("error", "cancelled"):
            why = future.exception()
            client.cancel(futures)
            raise SystemExit(f"{future.key} was not scored: {why}")
        done += counts[future.key]
        future.release()  # Else it is made anew when its worker ends.
        now = time.monotonic()
        if now - said > 5 or done == total:
            pace = done / (now - start)
            print(
                f"{done} of {total} cells, {pace:.1f} a second, {(total - done) / pace / 60:.0f} min left", flush=True
            )
            said = now


def summarise(options: argparse.Namespace, plan: dict, seconds: float, before: int) -> dict:
    """What became of all cells, by the tallies of the partitions."""
    tallies = [json.loads(path.read_text()) for path in sorted((options.out / "tallies").glob("*.json"))]
    summary = {
        "cells": plan["count"],
        **{kind: sum(tally[kind] for tally in tallies) for kind in KINDS},
        "skipped": plan["skipped"],
        "partitions": len(plan["parts"]),
        "finishedBefore": before,
        "secondsOfWorkers": round(sum(tally["seconds"] for tally in tallies), 1),
        "processorSeconds": round(sum(tally["processorSeconds"] for tally in tallies), 1),
        "seconds": round(seconds, 1),
        "networks": plan["networks"],
    }
    write_whole(options.out / "summary.json", summary)
    return summary


def main(arguments: list[str] | None = None) -> int:
    """Score; returns 1 if a file could not be read, as ``npm run score`` does."""
    options = parse(arguments)
    start = time.monotonic()
    plan = survey(options)
    options.out.mkdir(parents=True, exist_ok=True)
    keep_run(options, plan)
    out = options.out.resolve()
    jobs = [
        Job(plan["list"], part, str(out / f"part-{number:06}.{options.format}"))
        for number, part in enumerate(plan["parts"])
    ]
    left = [job for job in jobs if not Path(job.out).exists()]
    if left:
        with connect(options) as client:
            run(left, client)
    shutil.rmtree(out / "unfinished", ignore_errors=True)
    summary = summarise(options, plan, time.monotonic() - start, len(jobs) - len(left))
    print(
        f"{summary['answered']} answered, {summary['outside']} refused as no such cell, {summary['unread']} not read, "
        f"{summary['skipped']} skipped: {options.out}, {len(jobs)} files, {len(jobs) - len(left)} of them from before"
    )
    return 1 if summary["unread"] else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SystemExit as error:
        if isinstance(error.code, str):
            print(error.code, file=sys.stderr)
            sys.exit(2)
        raise

"""Training in two processes: what each learns from, one step against one process's, a kill and going on."""

import csv
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import torch

from models.training import train as command
from models.training.cells import ROOT
from models.training.predictions import scores_of
from models.training.processes import LOGS, Processes, join

QUICK = "--network small --size 50 --batch 16 --folds 0 --threads 1 --name small".split()
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def places(folder, packed):
    return ["--cells", str(packed), "--output", str(folder / "models"), "--cache", str(folder / "cache")]


def start(folder, packed, *more):
    """Train, as the command does, as a group of processes of its own."""
    started = [sys.executable, "-m", "models.training.train", *QUICK, *places(folder, packed), *map(str, more)]
    return subprocess.Popen(
        started, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def train(folder, packed, *more):
    process = start(folder, packed, *more)
    try:
        said, _ = process.communicate(timeout=900)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0, said[-3000:]
    return said


def history(folder):
    return json.loads((folder / "models/small/history/fold-0.json").read_text())


def test_shares_are_disjoint_and_whole_and_alone_nothing_changes():
    places = np.arange(16)
    shares = [Processes(number, 3).share(places) for number in range(3)]
    assert sorted(np.concatenate(shares)) == list(places)
    alone = join("cpu")
    assert (alone, alone.writes, alone.told(7)) == (Processes(), True, 7)
    assert np.array_equal(alone.share(places), places)
    part = torch.arange(6.0).view(3, 2)
    assert alone.gather(part, 3) is part and alone.mean(part) is part


STEP = """
import json, torch
from torch import nn
from models.training.processes import join
processes = join("cpu")
torch.manual_seed(7)
network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.LazyLinear(2))
network(torch.zeros(1, 3, 6, 6)); network[1].reset_running_stats()
images, targets = torch.randn(8, 3, 6, 6), torch.tensor([0, 1] * 4)
mine = processes.share(torch.arange(8).numpy())
network[0].requires_grad_(False)
model = processes.wrap(network)
network.eval()
nn.functional.cross_entropy(model(images[mine]), targets[mine]).backward()
frozen = network[0].weight.grad is None
network.requires_grad_(True); network.zero_grad()
model = None; model = processes.wrap(network)
nn.functional.cross_entropy(model(images[mine]), targets[mine]).backward()
gradients = [float(p.grad.norm()) for p in network.parameters()]
network.train(); network(images[mine]); processes.average(network.buffers())
rows = processes.gather(images[mine], 8)
told = processes.told({"from": processes.number})
processes.wait()
whole = bool((rows == images).all())
with open(f"{processes.number}.json", "w") as file:
    json.dump([mine.tolist(), frozen, gradients, network[1].running_mean.tolist(), whole, told], file)
"""


def step(count, tmp_path):
    (tmp_path / "step.py").write_text(STEP)
    with_torchrun = ["-m", "torch.distributed.run", f"--nproc_per_node={count}", *LOGS]
    where = [*with_torchrun, "--master_addr=127.0.0.1", f"--master_port={29500 + os.getpid() % 2000}"]
    started = [sys.executable, *(where if count > 1 else ()), "step.py"]
    done = subprocess.run(started, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads((tmp_path / f"{number}.json").read_text()) for number in range(count)]


def test_two_processes_have_the_gradients_of_one(tmp_path):
    [[_, frozen, gradients, _, _, _]] = step(1, tmp_path)
    two = step(2, tmp_path)
    assert frozen
    assert [one[0] for one in two] == [[0, 2, 4, 6], [1, 3, 5, 7]]
    for _, still_frozen, own, running, is_whole, told in two:
        assert np.allclose(own, gradients, rtol=1e-4) and still_frozen and is_whole
        assert running == two[0][3] and told == {"from": 0}


@pytest.fixture(scope="module")
def two(tmp_path_factory, packed):
    """A run of two processes to its end."""
    folder = tmp_path_factory.mktemp("two")
    train(folder, packed, "--epochs", 3, "--nproc", 2)
    return folder


def test_a_killed_run_of_two_goes_on_to_the_same_end(two, tmp_path, packed):
    process = start(tmp_path, packed, "--epochs", 3, "--nproc", 2)
    checkpoint = tmp_path / "cache/small/fold-0.pt"
    while not checkpoint.exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not (tmp_path / "models").exists()
    assert "resumed after epoch" in train(tmp_path, packed, "--epochs", 3, "--nproc", 2)
    for folder in (two, tmp_path):
        assert [row["epoch"] for row in history(folder)["epochs"]] == [1, 2, 3]
    assert [path.name for path in checkpoint.parent.iterdir()] == ["fold-0.pt"]
    scores = [scores_of(folder / "models/small/predictions.csv", 0) for folder in (two, tmp_path)]
    assert np.abs(scores[0] - scores[1]).max() < 1e-4


def test_the_recipe_tells_of_two_and_one_does_not_go_on_from_it(two, packed):
    recipe = history(two)["recipe"]
    assert recipe["processes"] == 2 and "running statistics are averaged" in recipe["batchNorm"]
    with (two / "models/small/predictions.csv").open() as file:
        assert len(list(csv.DictReader(file))) == recipe["testCells"]
    process = start(two, packed, "--epochs", 3)
    said, _ = process.communicate(timeout=900)
    assert process.returncode == 1 and "is of another recipe (batchNorm, processes)" in said


def test_two_processes_reach_what_one_does_within_the_noise_of_seeds(tmp_path, more_packed):
    def reached(name):
        return [history(tmp_path / name)["epochs"][-1][figure] for figure in ("validLoss", "validAuc")]

    seeds = ("1", "2", "3")
    for seed in seeds:
        command.main([*QUICK, *places(tmp_path / seed, more_packed), "--epochs", "8", "--seed", seed])
    train(tmp_path / "both", more_packed, "--epochs", 8, "--seed", 1, "--nproc", 2)
    alone, together = [reached(seed) for seed in seeds], reached("both")
    for figure, *seeds in zip(together, *alone):
        assert abs(figure - np.mean(seeds)) <= max(seeds) - min(seeds)

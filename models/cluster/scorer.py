"""What a worker does with a partition: hands it to the Node process that it keeps, which holds both networks."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import subprocess
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NODE = [os.environ.get("NODE", "node"), "--import", "tsx"]


@dataclass(frozen=True)
class Job:
    """A partition: the list, where in it the part lies (``byte``, ``skip``, ``count``), the file of its scores."""

    list: str
    part: dict[str, int]
    out: str


class Scorer:
    """A Node process that scores partitions one after another. Ends with the process that started it."""

    def __init__(self) -> None:
        command = [*NODE, "models/cluster/worker.ts"]
        try:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
            )
        except FileNotFoundError as error:
            raise RuntimeError(f"There is no {NODE[0]}: install Node 20 on each worker, or name it in NODE.") from error
        self.lock = threading.Lock()

    def score(self, job: Job) -> dict[str, float]:
        """What became of a partition's files: answered, outside, unread, and seconds. Raises RuntimeError with why."""
        with self.lock, contextlib.suppress(BrokenPipeError):
            answer = ""
            assert self.process.stdin is not None and self.process.stdout is not None
            self.process.stdin.write(json.dumps(asdict(job)) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        if not answer:
            scorer.cache_clear()
            raise RuntimeError(f"Node ended with {self.process.wait()}: run npm ci in {ROOT} on each worker.")
        outcome = json.loads(answer)
        if "error" in outcome:
            raise RuntimeError(outcome["error"])
        return outcome


@functools.cache
def scorer() -> Scorer:
    """This worker's own process, started when it is first asked for."""
    return Scorer()


def score_partition(job: Job) -> dict[str, float]:
    """Score a partition on this worker."""
    return scorer().score(job)

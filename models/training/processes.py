"""The processes that share one training: one, or several of this machine or of more, started by ``torchrun``.

Each takes its own share of every batch; gradients are averaged by DistributedDataParallel, over gloo on processors and
nccl on GPUs. Process 0 is the one that writes.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel

from .cells import ROOT

BATCH_NORM = (
    "each process normalises its share of a batch by that share's own statistics; running statistics are averaged over "
    "the processes after each epoch"
)

LOGS = ("--redirects=9:1", "--tee=9:1")
"""Names a tenth process's log: PyTorch 1.13 under Python 3.11 cannot be told that no output goes to a file."""


@dataclass(frozen=True)
class Processes:
    """How many processes train together, and which of them this is; alone, every method gives back what it gets."""

    number: int = 0
    count: int = 1
    gpu: int | None = None

    @property
    def writes(self) -> bool:
        return self.number == 0

    def share(self, places: np.ndarray) -> np.ndarray:
        """Those of ``places`` that are this process's: every one is some process's, none two's."""
        return places[self.number :: self.count]

    def wrap(self, network: nn.Module) -> nn.Module:
        """The network with gradients averaged over all processes, for the weights that learn at this moment."""
        if self.count == 1:
            return network
        gc.collect()  # An earlier wrapper's hooks end with it.
        gpus = None if self.gpu is None else [self.gpu]
        return DistributedDataParallel(network, device_ids=gpus, broadcast_buffers=False)

    def mean(self, values: Tensor) -> Tensor:
        """The mean over all processes."""
        if self.count > 1:
            distributed.all_reduce(values)
            values /= self.count
        return values

    def average(self, tensors: Iterable[Tensor]) -> None:
        """Bring tensors of numbers to their means over all processes, in place."""
        for tensor in tensors:
            if tensor.is_floating_point():
                self.mean(tensor)

    def gather(self, part: Tensor, count: int) -> Tensor:
        """The rows of all ``count`` places, of which each process has those of its ``share``."""
        if self.count == 1:
            return part
        parts: list[Tensor | None] = [None] * self.count
        distributed.all_gather_object(parts, part)
        whole = part.new_zeros((count, *part.shape[1:]))
        for number, one in enumerate(parts):
            whole[number :: self.count] = one
        return whole

    def told(self, what: Any) -> Any:
        """What process 0 has, everywhere."""
        if self.count == 1:
            return what
        box = [what]
        distributed.broadcast_object_list(box)
        return box[0]

    def wait(self) -> None:
        """Go on when all have come here."""
        if self.count > 1:
            distributed.barrier()


def join(device: str) -> Processes:
    """The processes that torchrun started, or this one alone."""
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        return Processes()
    gpu = int(os.environ["LOCAL_RANK"]) if device.startswith("cuda") else None
    if gpu is not None:
        torch.cuda.set_device(gpu)
    distributed.init_process_group("gloo" if gpu is None else "nccl")
    return Processes(distributed.get_rank(), count, gpu)


def launch(count: int, arguments: list[str]) -> None:
    """Become ``torchrun`` with this training in ``count`` processes of this machine; it does not return."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    where = [f"--nproc_per_node={count}", "--master_addr=127.0.0.1", f"--master_port={port}", *LOGS]
    command = [sys.executable, "-m", "torch.distributed.run", *where, "-m", "models.training.train", *arguments]
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    os.execve(sys.executable, command, {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))})

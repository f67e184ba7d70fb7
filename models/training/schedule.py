"""fastai's schedules: one cycle, ``fine_tune``, the learning-rate finder and its valley."""

from __future__ import annotations

import math
from collections.abc import Sequence


def cosine(start: float, end: float, position: float) -> float:
    """Cosine segment from ``start`` (position 0) to ``end`` (position 1)."""
    return start + (1 + math.cos(math.pi * (1 - position))) * (end - start) / 2


def one_cycle(
    position: float,
    maximum: float,
    *,
    divide: float = 25.0,
    divide_final: float = 1e5,
    rise: float = 0.25,
    momenta: tuple[float, float, float] = (0.95, 0.85, 0.95),
) -> tuple[float, float]:
    """Learning rate and momentum at ``position`` in 0…1 (``fit_one_cycle``; ``rise`` is its pct_start)."""
    if position < rise:
        part = position / rise
        return cosine(maximum / divide, maximum, part), cosine(momenta[0], momenta[1], part)
    part = (position - rise) / (1 - rise)
    return cosine(maximum, maximum / divide_final, part), cosine(momenta[1], momenta[2], part)


def spread(low: float, high: float, count: int) -> list[float]:
    """``count`` learning rates in geometric progression: fastai's ``slice(low, high)``."""
    return [low * (high / low) ** (index / (count - 1)) for index in range(count)] if count > 1 else [high]


def fine_tune(
    step: int,
    per_epoch: int,
    epochs: int,
    base: float,
    *,
    frozen_epochs: int = 1,
    ratio: float = 100.0,
    groups: int = 3,
) -> tuple[list[float], float, bool]:
    """Learning rates a group, momentum and «frozen» at ``step`` (0-based), as ``fine_tune`` sets them.

    While frozen, of the body only the BatchNorm layers learn, at a tenth of the head's rate (fastai's ``train_bn``).
    """
    frozen_steps = frozen_epochs * per_epoch
    if step < frozen_steps:
        rate, momentum = one_cycle(step / frozen_steps, base, rise=0.99)
        return [rate / 10] * (groups - 1) + [rate], momentum, True
    position = (step - frozen_steps) / (epochs * per_epoch)
    pairs = [
        one_cycle(position, maximum, divide=5.0, rise=0.3) for maximum in spread(base / 2 / ratio, base / 2, groups)
    ]
    return [rate for rate, _ in pairs], pairs[0][1], False


def finder_rate(step: int, *, start: float = 1e-7, end: float = 10.0, steps: int = 100) -> float:
    """Learning rate of the finder at ``step`` of ``steps``."""
    return start * (end / start) ** (step / steps)


def valley(rates: Sequence[float], losses: Sequence[float]) -> float:
    """The finder's suggestion: about two thirds along the longest falling stretch (subsequence) of the losses."""
    count = len(losses)
    length = [1] * count
    for i in range(1, count):
        for j in range(i):
            if losses[i] < losses[j] and length[i] < length[j] + 1:
                length[i] = length[j] + 1
    end = max(range(count), key=length.__getitem__)
    start = end - length[end]
    third = (end - start) / 3
    return rates[start + int(third) + int(third / 2)]

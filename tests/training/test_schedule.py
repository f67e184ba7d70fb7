"""fastai's schedules against the golden values that the site's augmentation page uses too."""

import json
import math
from pathlib import Path

import pytest

from models.training import schedule

REFERENCE = Path(__file__).resolve().parents[1] / "fixtures" / "augment" / "fastai-reference.json"


@pytest.fixture(scope="module")
def golden():
    return json.loads(REFERENCE.read_text())


def test_one_cycle(golden):
    values = golden["schedules"]
    rates, momenta = zip(*(schedule.one_cycle(position, 1e-3) for position in values["pos"]))
    assert rates == pytest.approx(values["fit_one_cycle(lr_max=1e-3) lr"], rel=1e-8)
    assert momenta == pytest.approx(values["mom"], rel=1e-8)


def test_fine_tune_groups(golden):
    values = golden["schedules"]
    per_epoch, epochs = 1000, 4
    for index, position in enumerate(values["pos"][:-1]):
        step = per_epoch + round(position * per_epoch * epochs)
        rates, momentum, frozen = schedule.fine_tune(step, per_epoch, epochs, 2e-3)
        assert not frozen
        assert momentum == pytest.approx(values["  unfrozen mom at pos"][index], rel=1e-8)
        for group in range(3):
            assert rates[group] == pytest.approx(
                values[f"  unfrozen group{group} lr at pos (pct .3, div 5)"][index], rel=1e-8
            )
        head, _, still = schedule.fine_tune(round(position * per_epoch), per_epoch, epochs, 2e-3)
        assert still
        assert head[2] == pytest.approx(values["  frozen head lr at pos (pct .99, div 25)"][index], rel=1e-8)
        assert head[0] == pytest.approx(head[2] / 10)


def test_finder_rates_and_valley(golden):
    expected = golden["schedules"]["lr_find lr_i (i=0,1,10,50,99,100)"]
    assert [schedule.finder_rate(i) for i in (0, 1, 10, 50, 99, 100)] == pytest.approx(expected, rel=1e-8)
    rates = [schedule.finder_rate(i) for i in range(100)]
    losses = [0.7 - 0.55 / (1 + math.exp(-(math.log10(r) + 3.2) * 2.2)) + 0.02 * (r / 0.3) ** 2 for r in rates]
    suggestion = schedule.valley(rates[10:-5], losses[10:-5])
    assert suggestion == pytest.approx(golden["lr_find_valley_example"]["suggested_lr"], rel=1e-5)

"""The area under the ROC curve, and what is found at few false alarms."""

import numpy as np

from models.training.figures import area_under_roc, sensitivity_at


def test_area_under_roc_by_hand():
    assert area_under_roc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])) == 0.75
    assert area_under_roc(np.array([0.5, 0.5]), np.array([True, False])) == 0.5
    assert np.isnan(area_under_roc(np.array([0.5]), np.array([True])))


def test_sensitivity_at_a_share_of_false_alarms_by_hand():
    negatives = np.linspace(0, 0.99, 100)
    scores = np.concatenate([negatives, [0.5, 0.975, 0.985, 1.0]])
    positive = np.arange(104) >= 100
    assert sensitivity_at(scores, positive, 0.01) == 0.5  # above 0.98: one negative of a hundred lies higher
    assert sensitivity_at(scores, positive, 0.02) == 0.75
    assert sensitivity_at(scores, positive, 0.001) == 0.25
    assert sensitivity_at(scores, positive, 1.0) == 1.0
    assert np.isnan(sensitivity_at(negatives, np.zeros(100, bool), 0.01))


def test_ties_with_a_negative_that_is_too_many_do_not_count():
    scores = np.array([0.9, 0.9, 0.9, 0.1])
    assert sensitivity_at(scores, np.array([True, False, False, False]), 0.34) == 0.0
    assert sensitivity_at(scores, np.array([True, False, False, False]), 0.67) == 1.0

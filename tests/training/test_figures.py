"""The area under the ROC curve."""

import numpy as np

from models.training.figures import area_under_roc


def test_area_under_roc_by_hand():
    assert area_under_roc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])) == 0.75
    assert area_under_roc(np.array([0.5, 0.5]), np.array([True, False])) == 0.5
    assert np.isnan(area_under_roc(np.array([0.5]), np.array([True])))

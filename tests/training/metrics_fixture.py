"""Writes tests/fixtures/metrics/metrics.json: what src/components/metrics must agree with.

Values come from scikit-learn, scipy and numpy wherever these have the figure, else from plain formulas written here
independently of the TypeScript. Run with: python3 tests/training/metrics_fixture.py (made with scikit-learn 1.2.1).
"""

import json
import math
import warnings
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy import optimize, special, stats
from sklearn import calibration, metrics

TARGET = Path(__file__).parent.parent / "fixtures" / "metrics" / "metrics.json"
NAMES = ["parasitized", "uninfected"]
GRID = [0, 0.013, 0.05, 0.25, 0.5, 0.77, 0.95, 1]
warnings.filterwarnings("ignore")


def datasets():
    """Name → (scores, labels): random, tied, tiny, imbalanced, extreme scores and each class alone."""
    rng = np.random.default_rng(20)
    labels = rng.integers(0, 2, 100)
    yield "random", rng.random(100), labels
    labels = rng.integers(0, 2, 298)
    yield "ties", np.round(special.expit(rng.normal(3 * labels - 1.5, 2)), 2), labels
    labels = (rng.random(150) < 0.04).astype(int)
    yield "imbalanced", special.expit(rng.normal(4 * labels - 3, 1.5)), labels
    labels = rng.integers(0, 2, 80)
    scores = special.expit(rng.normal(14 * labels - 7, 9))
    scores[:4] = [0, 1, 1, 0]
    labels[:4] = [0, 1, 0, 1]
    yield "overconfident", scores, labels
    yield "tiny", np.array([0.1, 0.4, 0.35, 0.8]), np.array([0, 0, 1, 1])
    yield "constant", np.full(6, 0.25), np.array([0, 1, 0, 0, 1, 0])
    yield "all parasitized", np.array([0.9, 0.2, 0.6, 0.6, 1.0]), np.ones(5, int)
    yield "all uninfected", np.array([0.9, 0.2, 0.6, 0.6, 0.0]), np.zeros(5, int)


def clean(value):
    """numpy to JSON; NaN and infinities become the strings that JavaScript's Number() reads."""
    if isinstance(value, dict):
        return {key: clean(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [clean(part) for part in value]
    if isinstance(value, (np.integer, np.bool_)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        value = float(value)
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity"
        return int(value) if value.is_integer() else value
    return value


def at_threshold(scores, labels, threshold):
    predicted = (scores >= threshold).astype(int)
    matrix = metrics.confusion_matrix(labels, predicted, labels=[1, 0])
    (tp, fn), (fp, tn) = matrix
    both_classes = tp + fn > 0 and fp + tn > 0
    both_calls = tp + fp > 0 and fn + tn > 0
    report = dict(labels=[1, 0], target_names=NAMES)
    result = {
        "threshold": threshold,
        "matrix": matrix,
        "accuracy": metrics.accuracy_score(labels, predicted),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, predicted) if both_classes else math.nan,
        "sensitivity": metrics.recall_score(labels, predicted) if tp + fn else math.nan,
        "specificity": metrics.recall_score(labels, predicted, pos_label=0) if fp + tn else math.nan,
        "precision": metrics.precision_score(labels, predicted) if tp + fp else math.nan,
        "negativePredictiveValue": metrics.precision_score(labels, predicted, pos_label=0) if fn + tn else math.nan,
        "f1": metrics.f1_score(labels, predicted) if tp + fp + fn else math.nan,
        "matthewsCorrelation": metrics.matthews_corrcoef(labels, predicted)
        if both_classes and both_calls
        else math.nan,
        "report": metrics.classification_report(labels, predicted, **report),
        "report4": metrics.classification_report(labels, predicted, digits=4, **report),
        "reportData": metrics.classification_report(labels, predicted, output_dict=True, **report),
    }
    if len({*labels, *predicted}) == 1:  # here scikit-learn prints a "micro avg" line instead of the accuracy
        result |= {"report": None, "report4": None}
        result["reportData"]["accuracy"] = result["reportData"].pop("micro avg")["precision"]
    if tp + tn == 0:  # here scikit-learn prints the supports as 5.0, a slip that the site does not copy
        result |= {"report": None, "report4": None}
    if both_classes:
        result["bayes"] = []
        for prevalence in [0.001, 0.033, 0.5, 0.9]:
            weights = np.where(labels == 1, prevalence / labels.sum(), (1 - prevalence) / (1 - labels).sum())
            share = lambda call, truth, weights=weights: weights[(predicted == call) & (labels == truth)].sum()
            result["bayes"].append(
                {
                    "prevalence": prevalence,
                    "precision": share(1, 1) / (share(1, 1) + share(1, 0)) if tp + fp else math.nan,
                    "negativePredictiveValue": share(0, 0) / (share(0, 0) + share(0, 1)) if fn + tn else math.nan,
                }
            )
    return result


def all_points(scores, labels):
    """(threshold, sensitivity, specificity, tp, fp) at every threshold, by brute force, highest first."""
    for threshold in [math.inf, *sorted(set(scores), reverse=True)]:
        predicted = scores >= threshold
        tp, fp = int((predicted & (labels == 1)).sum()), int((predicted & (labels == 0)).sum())
        positives, negatives = int((labels == 1).sum()), int((labels == 0).sum())
        yield threshold, tp / positives, (negatives - fp) / negatives, tp, fp


def chosen(scores, labels):
    points = list(all_points(scores, labels))
    pick = lambda candidates, key: dict(zip(["threshold", "sensitivity", "specificity"], max(candidates, key=key)[:3]))
    positives, negatives = int((labels == 1).sum()), int((labels == 0).sum())
    return {
        "youden": pick(points, lambda p: (p[3] * negatives - p[4] * positives, p[0])),
        "cost": [
            {"ratio": ratio, **pick(points, lambda p, ratio=ratio: (-ratio * (positives - p[3]) - p[4], p[0]))}
            for ratio in [0.5, 1, 3, 20]
        ],
        "sensitivityAtSpecificity": [
            {"wish": wish, **pick([p for p in points if p[2] >= wish], lambda p: (p[1], p[2], p[0]))}
            for wish in [0, 0.5, 0.95, 0.97, 1]
        ],
        "specificityAtSensitivity": [
            {"wish": wish, **pick([p for p in points if p[1] >= wish], lambda p: (p[2], p[1], p[0]))}
            for wish in [0, 0.5, 0.95, 0.99, 1]
        ],
    }


def calibration_bins(scores, labels, bins, strategy):
    share, mean = calibration.calibration_curve(labels, scores, n_bins=bins, strategy=strategy)
    if strategy == "uniform":
        edges = np.linspace(0, 1, bins + 1)
    else:
        edges = np.percentile(scores, np.linspace(0, 1, bins + 1) * 100)
    counts = np.bincount(np.searchsorted(edges[1:-1], scores), minlength=bins)
    error = (np.abs(share - mean) * counts[counts > 0]).sum() / len(scores)
    return {
        "bins": bins,
        "strategy": {"uniform": "equal-width", "quantile": "equal-mass"}[strategy],
        "edges": edges,
        "counts": counts,
        "means": mean,
        "shares": share,
        "error": error,
    }


def temperature(scores, labels):
    logits = special.logit(np.clip(scores, np.finfo(float).eps, 1 - np.finfo(float).eps))
    signs = np.where(labels == 1, -1.0, 1.0)
    slope = lambda inverse: (signs * logits * special.expit(signs * logits * inverse)).sum()
    if slope(0.01) >= 0 or slope(100) <= 0:
        return None
    fitted = 1 / optimize.brentq(slope, 0.01, 100, xtol=1e-15, rtol=1e-14, maxiter=500)
    return {"fitted": fitted, "applied": {str(t): special.expit(special.logit(scores) / t) for t in [0.5, fitted]}}


def describe(scores, labels):
    rng = np.random.default_rng(len(scores))
    weights = rng.integers(0, 4, len(scores)).astype(float)
    weights[0] += 1
    result = {
        "scores": scores,
        "labels": labels,
        "weights": weights,
        "atThreshold": [at_threshold(scores, labels, t) for t in [0, 0.25, 0.5, 0.6, 0.93, 1.5]],
        "brierScore": metrics.brier_score_loss(labels, scores, pos_label=1),
        "weightedBrierScore": metrics.brier_score_loss(labels, scores, sample_weight=weights, pos_label=1),
        "logLoss": metrics.log_loss(labels, scores, labels=[0, 1]),
        "weightedLogLoss": metrics.log_loss(labels, scores, labels=[0, 1], sample_weight=weights),
    }
    if len(scores) > 10:
        result["calibration"] = [
            calibration_bins(scores, labels, bins, strategy)
            for bins in [1, 7, 10]
            for strategy in ["uniform", "quantile"]
        ]
    if 0 < labels.sum() < len(labels):
        curves = {}
        for name, drop in [("all", False), ("dropped", True)]:
            rates = metrics.roc_curve(labels, scores, drop_intermediate=drop)
            curves[name] = dict(zip(["falsePositiveRates", "truePositiveRates", "thresholds"], rates))
        precisions, recalls, thresholds = metrics.precision_recall_curve(labels, scores)
        fpr, tpr, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
        statistic = stats.mannwhitneyu(scores[labels == 1], scores[labels == 0]).statistic
        result |= {
            "roc": curves,
            "rocArea": metrics.roc_auc_score(labels, scores),
            "mannWhitney": statistic / (labels.sum() * (1 - labels).sum()),
            "weightedRocArea": metrics.roc_auc_score(labels, scores, sample_weight=weights),
            "precisionRecall": {"precisions": precisions, "recalls": recalls, "thresholds": thresholds},
            "averagePrecision": metrics.average_precision_score(labels, scores),
            "weightedAveragePrecision": metrics.average_precision_score(labels, scores, sample_weight=weights),
            "grid": GRID,
            "rocOnGrid": [tpr[fpr <= x].max() if (fpr == x).any() else np.interp(x, fpr, tpr) for x in GRID],
            "precisionOnGrid": [precisions[:-1][recalls[:-1] >= r][-1] for r in GRID],
            "chosen": chosen(scores, labels),
            "temperature": temperature(scores, labels),
        }
    return result


def mcnemar(first, second):
    discordant = first + second
    if discordant == 0:
        return {"onlyFirst": 0, "onlySecond": 0, "exact": 1, "chiSquare": math.nan, "approximate": math.nan}
    chi_square = max(0, abs(first - second) - 1) ** 2 / discordant
    return {
        "onlyFirst": first,
        "onlySecond": second,
        "exact": stats.binomtest(first, discordant).pvalue,
        "chiSquare": chi_square,
        "approximate": stats.chi2.sf(chi_square, 1),
    }


def wilson(successes, trials):
    interval = stats.binomtest(successes, trials).proportion_ci(method="wilson")
    return {"successes": successes, "trials": trials, "low": interval.low, "high": interval.high}


class Sfc32:
    """sfc32 in plain integers, seeded as the TypeScript documents."""

    def __init__(self, seed):
        self.state = [0, seed, 0, 1]
        for _ in range(12):
            self.next()

    def next(self):
        a, b, c, counter = self.state
        result = (a + b + counter) % 2**32
        rotated = (c << 21 | c >> 11) % 2**32
        self.state = [b ^ b >> 9, (c + (c << 3)) % 2**32, (rotated + result) % 2**32, (counter + 1) % 2**32]
        return result


def bootstrap(draws=300, seed=20260101):
    """Patient bootstrap by really repeating rows and calling scikit-learn on them."""
    rng = np.random.default_rng(5)
    patients = rng.integers(0, 12, 240)
    labels = (rng.random(240) < np.linspace(0.1, 0.9, 12)[patients]).astype(int)
    scores = np.round(special.expit(rng.normal(2.5 * labels - 1.2 + rng.normal(0, 1, 12)[patients], 1.5)), 3)
    generator = Sfc32(seed)
    drawn = {"rocArea": [], "averagePrecision": [], "brierScore": [], "accuracy": [], "sensitivity": []}
    for _ in range(draws):
        picked = [generator.next() * 12 // 2**32 for _ in range(12)]
        rows = np.concatenate([np.flatnonzero(patients == patient) for patient in picked])
        truth, score = labels[rows], scores[rows]
        drawn["rocArea"].append(metrics.roc_auc_score(truth, score))
        drawn["averagePrecision"].append(metrics.average_precision_score(truth, score))
        drawn["brierScore"].append(metrics.brier_score_loss(truth, score))
        drawn["accuracy"].append(metrics.accuracy_score(truth, score >= 0.4))
        drawn["sensitivity"].append(metrics.recall_score(truth, score >= 0.4))
    return {
        "patients": [f"C{patient:02}" for patient in patients],
        "labels": labels,
        "scores": scores,
        "threshold": 0.4,
        "draws": draws,
        "seed": seed,
        "level": 0.9,
        "intervals": {name: np.percentile(values, [5, 95]) for name, values in drawn.items()},
    }


def random_numbers(seed):
    generator = Sfc32(seed)
    return {"seed": seed, "integers": [generator.next() for _ in range(20)]}


def main():
    pairs = [(0, 0), (1, 0), (0, 6), (5, 5), (3, 9), (10, 14), (11, 14), (30, 60), (412, 530), (900, 1400), (0, 900)]
    points = [0, 1e-9, 0.01, 0.3, 1, 1.7, 1.999, 2, 2.001, 2.5, 4, 9, 20, 26]
    fixture = {
        "versions": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
        "datasets": {name: describe(scores, labels) for name, scores, labels in datasets()},
        "mcnemar": [mcnemar(*pair) for pair in pairs],
        "wilson": [wilson(*pair) for pair in [(0, 1), (0, 20), (7, 7), (3, 11), (26428, 27558)]],
        "complementaryError": [{"x": x, "value": special.erfc(x)} for x in points],
        "random": [random_numbers(seed) for seed in [0, 1, 42, 2**32 - 1]],
        "bootstrap": bootstrap(),
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(clean(fixture), separators=(",", ":")) + "\n")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()

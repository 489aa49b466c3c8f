"""How good chances are: order (AUC, average precision), honesty (calibration error, log-loss), and intervals of all of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CALIBRATION_BINS = 10


@dataclass(frozen=True)
class Quality:
    """What a set of chances was worth: ``auc``, ``precision`` (average precision), ``calibration`` (ECE) and ``loss`` (log-loss, nats)."""

    auc: float
    precision: float
    calibration: float
    loss: float


@dataclass(frozen=True)
class Interval:
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float


def quality(chance: Floats, outcome: Floats) -> Quality:
    """Return all measures of ``chance`` (0…1) against ``outcome`` (zeros and ones), both of length n."""
    return Quality(
        auc(chance, outcome), average_precision(chance, outcome), calibration_error(chance, outcome), log_loss(chance, outcome)
    )


def auc(score: Floats, outcome: Floats) -> float:
    """Return the probability that a yes scores above a no, ties counted half; .5 when one of the two is missing."""
    positives = int(outcome.sum())
    negatives = len(outcome) - positives
    if not positives or not negatives:
        return 0.5
    ranks = _mid_ranks(score)
    return float((ranks[outcome > 0].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def average_precision(score: Floats, outcome: Floats) -> float:
    """Return the mean of the precision at each yes, going down by score; ties fall together. 0 without a yes."""
    total = outcome.sum()
    if not total:
        return 0.0
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(outcome[order])
    last_of_tie = np.flatnonzero(np.append(np.diff(score[order]) != 0, True))
    precision = hits[last_of_tie] / (last_of_tie + 1)
    recall = np.diff(np.concatenate([[0.0], hits[last_of_tie]])) / total
    return float((precision * recall).sum())


def calibration_error(chance: Floats, outcome: Floats, *, bins: int = CALIBRATION_BINS) -> float:
    """Return the expected calibration error: |mean chance - share of yes| over bins of equal size, weighted by size (Naeini 2015)."""
    order = np.argsort(chance, kind="stable")
    gaps = [abs(chance[part].mean() - outcome[part].mean()) * len(part) for part in np.array_split(order, bins) if len(part)]
    return float(sum(gaps) / len(chance))


def losses(chance: Floats, outcome: Floats) -> Floats:
    """Return the negative log-likelihood of each row in nats, chances kept a hair away from 0 and 1."""
    safe = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.asarray(-(outcome * np.log(safe) + (1 - outcome) * np.log1p(-safe)))


def log_loss(chance: Floats, outcome: Floats) -> float:
    """Return the mean of ``losses``."""
    return float(losses(chance, outcome).mean())


def resampled(chance: Floats, outcome: Floats, *, seed: int, times: int = 200) -> dict[str, Interval]:
    """Return each measure with the 95 % interval of a bootstrap over the rows (Efron 1979)."""
    draw = np.random.default_rng(seed)
    samples = []
    for _time in range(times):
        rows = draw.integers(0, len(outcome), len(outcome))
        samples.append(quality(chance[rows], outcome[rows]))
    whole = quality(chance, outcome)
    return {
        name: _percentiles(getattr(whole, name), [getattr(each, name) for each in samples]) for name in Quality.__annotations__
    }


def over_folds(folds: list[Quality], *, test_share: float) -> dict[str, Interval]:
    """Return each measure's mean over the folds of a repeated cross-validation, with a corrected 95 % interval.

    Folds share training rows, so the plain standard error is too small; the variance is multiplied by 1/J + test/train as in
    Nadeau and Bengio (2003), with Student's t of J - 1 degrees of freedom.
    """
    from scipy.stats import t

    answer = {}
    for name in Quality.__annotations__:
        values = np.array([getattr(each, name) for each in folds])
        spread = float(np.sqrt(values.var(ddof=1) * (1 / len(values) + test_share / (1 - test_share))))
        half = float(t.ppf(0.975, len(values) - 1)) * spread
        mean = float(values.mean())
        answer[name] = Interval(mean, mean - half, mean + half)
    return answer


def _percentiles(value: float, samples: list[float]) -> Interval:
    low, high = np.quantile(samples, [0.025, 0.975])
    return Interval(value, float(low), float(high))


def _mid_ranks(score: Floats) -> Floats:
    """Return the rank of each value from 1, those that are equal sharing their mean rank."""
    _values, where, counts = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middle: Floats = (last - (counts - 1) / 2)[where]
    return middle

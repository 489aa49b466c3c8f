"""``renmai evaluate intent``: how well models of purchase intent do on sessions with a known outcome.

Two protocols. *Folds*: stratified cross-validation, repeated, with an interval that allows for folds sharing rows. *Later months*:
trained on all months but the last two of the year, judged on those. Whatever is chosen (the number of trees, the calibration curve) is chosen
on folds inside the training rows; a test row is looked at once, to be judged.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from renmai.alerts.intent.measures import Quality
    from renmai.alerts.intent.shoppers import Sessions

    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]
    Model = Callable[["Floats", "Floats", "Floats", int], "Floats"]

HELP = "Judge models of purchase intent on sessions with their outcome."
EXAMPLE = "renmai evaluate intent online_shoppers_intention.csv.xz --json intent.json"
FOLDS = 5
INNER_FOLDS = 3
LATER_MONTHS = 2


@dataclass(frozen=True)
class Trial:
    """A model as it is judged: which columns it sees, and how it learns from training rows and answers for test rows."""

    name: str
    sees: Callable[[str], bool]
    model: "Model"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, how often folds are drawn anew, the seed, and where to write the figures."""
    parser.add_argument("file", type=Path, help="CSV of sessions in the columns of online_shoppers, plain or .xz")
    parser.add_argument("--repeats", type=int, default=3, help="how often the folds are drawn anew (default: 3)")
    parser.add_argument("--seed", type=int, default=1, help="seed of folds and models (default: 1)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all figures here")


def run(options: argparse.Namespace) -> int:
    """Print a row for each model under each protocol, each measure with its 95 % interval."""
    from renmai.alerts.intent.shoppers import LEFT_OUT, read

    sessions = read(options.file)
    buyers = int(sessions.outcome.sum())
    print(f"{len(sessions.outcome)} sessions, {buyers} with a purchase; left out: {', '.join(LEFT_OUT)}")
    print("Chances are judged; every choice (number of trees, calibration) is made on folds inside the training rows.")
    by_folds = {trial.name: judge_by_folds(sessions, trial, repeats=options.repeats, seed=options.seed) for trial in trials()}
    _print(f"{FOLDS} folds, drawn {options.repeats} times", by_folds)
    by_month = {trial.name: judge_later_months(sessions, trial, seed=options.seed) for trial in trials()}
    _print(f"trained on earlier months, judged on the last {LATER_MONTHS}", by_month)
    if options.json:
        figures = {
            "sessions": len(sessions.outcome),
            "buyers": buyers,
            "seed": options.seed,
            "folds": by_folds,
            "later_months": by_month,
        }
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def trials() -> tuple[Trial, ...]:
    """Return the models with their baselines, the plainest first."""
    everything: Callable[[str], bool] = lambda _name: True  # noqa: E731  # read as a value of the table
    return (
        Trial("base rate", everything, _base_rate),
        Trial("time on product pages", lambda name: name == "ProductRelated_Duration", _one_column),
        Trial("logistic", everything, _logistic),
        Trial("trees without exit rates", lambda name: name not in {"BounceRates", "ExitRates"}, _trees),
        Trial("trees", everything, _trees),
    )


def judge_by_folds(sessions: "Sessions", trial: Trial, *, repeats: int, seed: int) -> dict[str, Any]:
    """Return the measures of ``trial`` over ``repeats`` × ``FOLDS`` stratified folds."""
    from renmai.alerts.intent.measures import over_folds

    rows = sessions.only([name for name in sessions.columns if trial.sees(name)])
    began = time.process_time()
    found = [
        _judged(trial, rows, sessions.outcome, train=train, test=test, seed=seed + number)
        for number, (train, test) in enumerate(_folds(sessions.outcome, repeats=repeats, seed=seed))
    ]
    intervals = over_folds(found, test_share=1 / FOLDS)
    return {name: asdict(each) for name, each in intervals.items()} | {"seconds": (time.process_time() - began) / len(found)}


def judge_later_months(sessions: "Sessions", trial: Trial, *, seed: int) -> dict[str, Any]:
    """Return the measures on the last months of the year for a model that saw only the others; intervals by resampling test rows.

    The month itself is hidden: the last ones never occur in training.
    """
    import numpy as np

    from renmai.alerts.intent.measures import resampled

    names = [name for name in sessions.columns if trial.sees(name) and not name.startswith("Month=")]
    rows = sessions.only(names)
    is_later = sessions.month >= np.unique(sessions.month)[-LATER_MONTHS]
    began = time.process_time()
    chance = trial.model(rows[~is_later], sessions.outcome[~is_later], rows[is_later], seed)
    took = time.process_time() - began
    intervals = resampled(chance, sessions.outcome[is_later], seed=seed)
    return {name: asdict(each) for name, each in intervals.items()} | {"seconds": took}


def _judged(trial: Trial, rows: "Floats", outcome: "Floats", *, train: "Rows", test: "Rows", seed: int) -> "Quality":
    from renmai.alerts.intent.measures import quality

    return quality(trial.model(rows[train], outcome[train], rows[test], seed), outcome[test])


def _folds(outcome: "Floats", *, repeats: int, seed: int, folds: int = FOLDS) -> Iterator[tuple["Rows", "Rows"]]:
    """Yield (training rows, test rows): each fold has its share of both outcomes."""
    import numpy as np

    draw = np.random.default_rng(seed)
    for _repeat in range(repeats):
        place = np.zeros(len(outcome), dtype=np.int64)
        for value in (0.0, 1.0):
            members = draw.permutation(np.flatnonzero(outcome == value))
            place[members] = np.arange(len(members)) % folds
        for fold in range(folds):
            yield np.flatnonzero(place != fold), np.flatnonzero(place == fold)


def _base_rate(_rows: "Floats", outcome: "Floats", asked: "Floats", _seed: int) -> "Floats":
    import numpy as np

    return np.full(len(asked), outcome.mean())


def _one_column(rows: "Floats", outcome: "Floats", asked: "Floats", _seed: int) -> "Floats":
    from renmai.alerts.intent.calibration import isotonic

    return isotonic(rows[:, 0], outcome)(asked[:, 0])


def _logistic(rows: "Floats", outcome: "Floats", asked: "Floats", seed: int) -> "Floats":
    """Counts and times go in as logarithms; calibrated like the trees."""
    import numpy as np

    from renmai.alerts.intent.calibration import platt
    from renmai.alerts.intent.logistic import fit_logistic, scale_of

    def answers(known: "Floats", ended: "Floats", unknown: "Floats") -> "Floats":
        scale = scale_of(np.log1p(known))
        return fit_logistic(scale(np.log1p(known)), ended, ridge=10.0).log_odds(scale(np.log1p(unknown)))

    score = np.zeros(len(rows))
    for train, test in _folds(outcome, repeats=1, seed=seed, folds=INNER_FOLDS):
        score[test] = answers(rows[train], outcome[train], rows[test])
    return platt(score, outcome)(answers(rows, outcome, asked))


def _trees(rows: "Floats", outcome: "Floats", asked: "Floats", seed: int) -> "Floats":
    """How many trees, and the curve from score to chance, are found on folds of the training rows."""
    from renmai.alerts.intent import calibration, trees

    folds = list(_folds(outcome, repeats=1, seed=seed, folds=INNER_FOLDS))
    forest, score = trees.grow_on_folds(rows, outcome, folds=folds, growth=trees.Growth(), seed=seed)
    return calibration.platt(score, outcome)(forest.log_odds(asked))


def _print(title: str, found: dict[str, dict[str, Any]]) -> None:
    names = {"auc": "AUC", "precision": "average precision", "calibration": "calibration error", "loss": "log-loss"}
    print(f"\n{title}")
    print(f"{'':26}" + "".join(f"{heading:>26}" for heading in names.values()) + f"{'s per fit':>11}")
    for model, row in found.items():
        cells = [f"{row[name]['mean']:.4f} ({row[name]['low']:.4f}–{row[name]['high']:.4f})" for name in names]
        print(f"{model:26}" + "".join(f"{cell:>26}" for cell in cells) + f"{row['seconds']:>11.2f}", file=sys.stdout)

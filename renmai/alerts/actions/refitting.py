"""Refits the model of intent to our own sessions: a timer's work, done when there are enough of them.

One example per person and session: what was seen of one product up to one moment, and whether she ordered within a day after it. The
moment is one of her events, drawn by the session's own id, so that the model learns from sessions under way, as it will meet them, and the
same sessions give the same examples. Nothing after the moment goes in but the outcome.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from renmai.alerts.actions.watching import PAST_ORDERS, TRIGGERS
from renmai.alerts.intent.branching import kept
from renmai.alerts.intent.features import LOOK_BACK, SESSION_GAP, Signals, signals
from renmai.alerts.intent.scoring import STARTING, Scorer, Weighted
from renmai.alerts.models import IntentModel
from renmai.insight.stream import queries as stream
from renmai.insight.stream.records import StreamEvent
from renmai.kernel import clock

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SESSIONS_LEAST: Final = 500
BUYERS_LEAST: Final = 50
SESSIONS_MOST: Final = 50_000
EVENTS_MOST: Final = 1_000_000
PAGE: Final = 5000
OUTCOME: Final = timedelta(days=1)
FOLDS: Final = 5
RIDGE: Final = 20.0
"""As much as some twenty sessions in favour of a weight: how strongly the starting weights hold where our sessions say little."""

TREES_MOST: Final = 80
TREE_DEPTH: Final = 3
"""Trees that a row can keep (some ten kilobytes): a live session has eleven features, few of which matter together."""

SEED: Final = 1
ORDERED: Final = "order_placed"
Example = tuple[Signals, bool]


@dataclass(frozen=True)
class Fit:
    """A fitted model and what it was worth on folds that it had not seen; ``other_log_loss`` is what the other kind lost there."""

    kind: IntentModel.Kind
    scorer: Scorer
    auc: float
    average_precision: float
    calibration_error: float
    log_loss: float
    other_log_loss: float
    starting_log_loss: float


@dataclass(frozen=True)
class Candidate:
    """A model fitted to all examples, and the chances of each by what was fitted without it."""

    scorer: Scorer
    chance: "Floats"


def refit(limit: int) -> int:
    """Fit a model to the sessions of the hot days and keep it as a row; 0 when there are too few. It is used only if it is better."""
    found = examples(_events())
    buyers = sum(ordered for _seen, ordered in found)
    if len(found) < SESSIONS_LEAST or buyers < BUYERS_LEAST:
        return 0
    fitted = fit(found)
    IntentModel.objects.create(
        kind=fitted.kind,
        sessions=len(found),
        buyers=buyers,
        parameters=fitted.scorer.parameters(),
        auc=fitted.auc,
        average_precision=fitted.average_precision,
        calibration_error=fitted.calibration_error,
        log_loss=fitted.log_loss,
        other_log_loss=fitted.other_log_loss,
        starting_log_loss=fitted.starting_log_loss,
        is_used=fitted.log_loss < fitted.starting_log_loss,
    )
    return 1


def examples(events: Iterable[StreamEvent]) -> list[Example]:
    """Return what was seen of one product at one moment of each member's sessions, and whether she ordered within a day.

    Sessions so new that their outcome is still open are left out; so are guests, whose orders are not known.
    """
    known = clock.now() - OUTCOME
    by_person: dict[int, list[StreamEvent]] = defaultdict(list)
    for event in events:
        if event.user_id is not None:
            by_person[event.user_id].append(event)
    found = []
    for _person, hers in sorted(by_person.items()):
        hers.sort(key=lambda event: (event.at, event.position))
        orders = [event.at for event in hers if event.name == ORDERED]
        for session in _sessions(hers):
            moment = _moment(session)
            if moment is None or moment.at > known or moment.product_id is None:
                continue
            before = [event for event in hers if moment.at - LOOK_BACK <= event.at <= moment.at]
            past = sum(moment.at - PAST_ORDERS <= at < moment.at for at in orders)
            seen = signals(before, product_id=moment.product_id, until=moment.at, past_orders=past)
            found.append((seen, any(moment.at < at <= moment.at + OUTCOME for at in orders)))
    return found[-SESSIONS_MOST:]


def fit(found: Sequence[Example]) -> Fit:
    """Return the better model of these examples, judged on folds that it had not seen. Both outcomes must occur.

    The weighted sum is drawn towards the starting weights. Trees serve if they lose less than it by more than a standard error of the
    difference: the plainer model where nobody can tell them apart (Breiman and others 1984).
    """
    import numpy as np

    from renmai.alerts.intent import measures

    rows = np.array([seen.numbers() for seen, _ordered in found])
    outcome = np.array([float(ordered) for _seen, ordered in found])
    fold = np.arange(len(found)) % FOLDS
    sums, trees = _weighted(rows, outcome, fold), _branching(rows, outcome, fold)
    saved = measures.losses(sums.chance, outcome) - measures.losses(trees.chance, outcome)
    is_branching = saved.mean() > saved.std() / np.sqrt(len(saved))
    better, other = (trees, sums) if is_branching else (sums, trees)
    believed = 1 / (1 + np.exp(-(STARTING.intercept + rows @ np.array(STARTING.weights))))
    worth = measures.quality(better.chance, outcome)
    return Fit(
        IntentModel.Kind.BRANCHING if is_branching else IntentModel.Kind.WEIGHTED,
        better.scorer,
        auc=worth.auc,
        average_precision=worth.precision,
        calibration_error=worth.calibration,
        log_loss=worth.loss,
        other_log_loss=measures.log_loss(other.chance, outcome),
        starting_log_loss=measures.log_loss(believed, outcome),
    )


def _weighted(rows: "Floats", outcome: "Floats", fold: "NDArray[np.int64]") -> "Candidate":
    """Return the weighted sum, with chances of rows by weights and a calibration that had not seen them."""
    import numpy as np

    from renmai.alerts.intent.calibration import platt
    from renmai.alerts.intent.logistic import fit_logistic

    start = np.array(STARTING.weights)
    score = np.zeros(len(rows))
    for number in range(FOLDS):
        train = fold != number
        score[~train] = fit_logistic(rows[train], outcome[train], ridge=RIDGE, towards=start).log_odds(rows[~train])
    whole, line = fit_logistic(rows, outcome, ridge=RIDGE, towards=start), platt(score, outcome)
    scorer = Weighted(whole.intercept, tuple(whole.weights.tolist()), line.intercept, line.slope)
    return Candidate(scorer, _calibrated_by_others(score, outcome, fold))


def _branching(rows: "Floats", outcome: "Floats", fold: "NDArray[np.int64]") -> "Candidate":
    """Return the trees, with chances of rows by trees and a calibration that had not seen them."""
    import numpy as np

    from renmai.alerts.intent.calibration import platt
    from renmai.alerts.intent.trees import Growth, grow_on_folds

    folds = [(np.flatnonzero(fold != number), np.flatnonzero(fold == number)) for number in range(FOLDS)]
    growth = Growth(rounds=TREES_MOST, depth=TREE_DEPTH)
    forest, score = grow_on_folds(rows, outcome, folds=folds, growth=growth, seed=SEED)
    line = platt(score, outcome)
    return Candidate(kept(forest, shift=line.intercept, slope=line.slope), _calibrated_by_others(score, outcome, fold))


def _calibrated_by_others(score: "Floats", outcome: "Floats", fold: "NDArray[np.int64]") -> "Floats":
    """Return honest chances: each fold calibrated by the others."""
    import numpy as np

    from renmai.alerts.intent.calibration import platt

    chance = np.zeros(len(score))
    for number in range(FOLDS):
        others = fold != number
        chance[~others] = platt(score[others], outcome[others])(score[~others])
    return chance


def _sessions(events: Sequence[StreamEvent]) -> Iterator[list[StreamEvent]]:
    """Yield the sessions of one person's events, which come in their order."""
    session: list[StreamEvent] = []
    for event in events:
        if session and event.at - session[-1].at > SESSION_GAP:
            yield session
            session = []
        session.append(event)
    if session:
        yield session


def _moment(session: Sequence[StreamEvent]) -> StreamEvent | None:
    """Return one event of a session at which a model would be asked: none where she looked at no product before ordering."""
    asked = []
    for event in session:
        if event.name == ORDERED:
            break
        if event.name in TRIGGERS and event.product_id is not None:
            asked.append(event)
    if not asked:
        return None
    draw = int.from_bytes(blake2b(session[0].event_id.bytes, digest_size=4).digest())
    return asked[draw % len(asked)]


def _events() -> Iterator[StreamEvent]:
    """Yield the events of the hot days in their order, page by page."""
    position = 0
    for _page in range(EVENTS_MOST // PAGE):
        page = stream.behind(position, limit=PAGE)
        if not page:
            return
        yield from page
        position = page[-1].position

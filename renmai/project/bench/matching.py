"""How many lists a second the models of matching make from memory, how long they take to fit, and what the daily refit costs; needs no shop."""

import time
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from renmai.project.bench.report import Aim, Row, number

if TYPE_CHECKING:
    import numpy as np

    from renmai.matching.reading import Acts
    from renmai.matching.recommenders.base import Past

WHERE: Final = "Models"
PEOPLE: Final = 20_000
QUICK_PEOPLE: Final = 5_000
DAILY_PEOPLE: Final = 10_000
MEMBERS: Final = 500
GOODS: Final = 5_000
EACH: Final = 8
CIRCLES: Final = 50
ASKED: Final = 2_000
LISTED: Final = 20
SEED: Final = 7


def run(*, is_quick: bool) -> list[Row]:
    """Fit a blend on a town of circles and ask it for lists of twenty, one person at a time as a page would and many as a timer does."""
    import numpy as np

    from renmai.matching.recommenders.base import BATCH, best
    from renmai.matching.recommenders.blend import Blend
    from renmai.matching.recommenders.filtering import GraphFilter
    from renmai.matching.recommenders.neighbours import ItemNeighbours, Likeness

    past = town(QUICK_PEOPLE if is_quick else PEOPLE)
    blend = Blend([ItemNeighbours(Likeness()), GraphFilter(rank=32, linear=False)])
    began = time.perf_counter()
    blend.fit(past)
    fitted = time.perf_counter() - began
    said = f"{number(past.people)} people, {number(past.goods)} goods"
    rows = [Row(WHERE, "fit of a blend of models", fitted, "s", Aim(60, at_most=True), said)]
    for model in (*blend.parts, blend):
        began = time.perf_counter()
        for start in range(0, ASKED, BATCH):
            for row in model.scores(np.arange(start, min(start + BATCH, ASKED), dtype=np.int32)):
                best(row, LISTED)
        pace = ASKED / (time.perf_counter() - began)
        rows.append(Row(WHERE, f"lists of {LISTED} by {model.name}", pace, "/s", Aim(1_000), said))
    return rows + daily(QUICK_PEOPLE if is_quick else DAILY_PEOPLE)


def daily(people: int) -> list[Row]:
    """Choose among the models that may serve and fit the best, as the worker does once a day, and ask it about one member at a time.

    Processor time: the worker is one process, and what it takes is taken from the other timers.
    """
    import numpy as np

    from renmai.matching.fitted.choosing import choose, lineup
    from renmai.matching.fitted.pasts import known
    from renmai.matching.fitted.serving import Serving

    before, after = halves(people)
    began = time.process_time()
    choice = choose(before, after, GOODS)
    model = lineup(GOODS)[choice.chosen].fit(known(before, GOODS).past)
    spent = time.process_time() - began
    said = f"{number(people)} people, {number(GOODS)} goods; chosen: {choice.chosen}"
    places = np.arange(GOODS)
    serving = Serving(model, GOODS, places)
    order = np.argsort(before.person, kind="stable")
    ends = np.searchsorted(before.person[order], np.arange(MEMBERS + 1))
    members = [before.of(order[start:end]) for start, end in pairwise(ends)]
    began = time.process_time()
    for acts in members:
        serving.asked(acts).suits()
    pace = len(members) / (time.process_time() - began)
    return [
        Row(WHERE, "choosing and fitting anew, processor time", spent, "s", Aim(60, at_most=True), said),
        Row(WHERE, "members asked about, processor time", pace, "/s", Aim(200), said),
    ]


def halves(people: int) -> "tuple[Acts, Acts]":
    """Return what the town took before its last good of each, and that last one."""
    import numpy as np

    from renmai.matching.reading import Acts

    practice = town(people).practice
    if practice is None:
        raise ValueError("a town puts something aside")
    taken = practice.past.taken.tocoo()

    def acts(person: "np.ndarray", place: "np.ndarray") -> Acts:
        size = len(person)
        return Acts(
            person=person.astype(np.int64),
            shop=np.zeros(size, dtype=np.int64),
            place=place.astype(np.int64),
            weight=np.ones(size),
            is_order=np.ones(size, dtype=np.int64),
        )

    return acts(taken.row, taken.col), acts(practice.pairs.people, practice.pairs.goods)


def town(people: int) -> "Past":
    """Return a past of people in circles who take mostly goods of their circle, a few of them far more often than the others."""
    import numpy as np
    import scipy.sparse as sp

    from renmai.matching.recommenders.base import Pairs, Past, Practice, matrix_of

    dice = np.random.default_rng(SEED)
    each = GOODS // CIRCLES
    who = np.repeat(np.arange(people), EACH)
    common = (dice.random(len(who)) ** 2 * each).astype(np.int64)
    what = np.where(dice.random(len(who)) < 0.8, who % CIRCLES * each + common, dice.integers(0, GOODS, len(who)))
    pairs = Pairs(who.astype(np.int32), what.astype(np.int32))
    shape = (people, GOODS)
    last = np.arange(len(who)) % EACH == EACH - 1
    nothing, nobody = sp.csr_matrix(shape, dtype=np.float32), sp.csr_matrix((people, people), dtype=np.float32)
    whole, before = matrix_of(pairs, shape), matrix_of(pairs.part(~last), shape)
    practice = Practice(Past(taken=before, aimed=before, wished=nothing, ties=nobody), pairs.part(last))
    return Past(taken=whole, aimed=whole, wished=nothing, ties=nobody, practice=practice)

"""How many lists a second the models of matching make from memory, and how long they take to fit; needs no shop."""

import time
from typing import TYPE_CHECKING, Final

from renmai.project.bench.report import Aim, Row, number

if TYPE_CHECKING:
    from renmai.matching.recommenders.base import Past

WHERE: Final = "Models"
PEOPLE: Final = 20_000
QUICK_PEOPLE: Final = 5_000
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
    return rows


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

"""How long lifetime value takes to fit and to work out, for a small shop and for a million customers."""

import time
from typing import Final

from renmai.project.bench.report import Aim, Row, number

WHERE: Final = "Models"
SMALL: Final = 2_357
"""As many as in the CDNOW sample, on which the model was published."""

LARGE: Final = 1_000_000
QUICK_LARGE: Final = 100_000
WEEKS: Final = 78.0
A_YEAR_IN_WEEKS: Final = 52.0
SEED: Final = 5


def run(*, is_quick: bool) -> list[Row]:
    """Return how long a fit takes for few and for many customers, who live the model's story with the parameters of CDNOW."""
    rows = []
    for customers, most_seconds in ((SMALL, 1.0), (QUICK_LARGE if is_quick else LARGE, 10.0)):
        rows += _measured(customers, most_seconds)
    return rows


def _measured(customers: int, most_seconds: float) -> list[Row]:
    import numpy as np

    from renmai.insight.value import bgnbd, stories

    truth = bgnbd.BgNbd(0.243, 4.414, 0.793, 2.426)
    people, _later = stories.living(truth, customers, weeks=WEEKS, generator=np.random.default_rng(SEED))
    began = time.perf_counter()
    found = bgnbd.fit(people)
    fitted = time.perf_counter() - began
    began = time.perf_counter()
    bgnbd.expected_orders(bgnbd.BgNbd(*found.values), people, A_YEAR_IN_WEEKS)
    expected = time.perf_counter() - began
    said = ", ".join(f"{each.name} {each.value:.3f} ± {each.error:.3f}" for each in found.parameters)
    what = f"fit of {number(customers)} customers"
    return [
        Row(WHERE, what, fitted, "s", Aim(most_seconds, at_most=True), said),
        Row(WHERE, f"a year's expected orders of {number(customers)}", expected, "s"),
    ]

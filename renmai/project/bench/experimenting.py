"""What experiments promise, measured in worlds whose truth is known: no false alarms however often one looks, and effects that are found."""

import math
from typing import Final

from renmai.project.bench.report import Aim, Row, number

WHERE: Final = "Experiments"
RUNS, QUICK_RUNS = 2_000, 200
PEOPLE_A_DAY: Final = (40, 200)
DAYS: Final = 30
SEED: Final = 20261122
RATE, LIFT = 0.05, 0.3
KINDS: Final = {"rate": "bought or not", "mean": "spent", "ratio": "pieces sent back"}


def run(*, is_quick: bool) -> list[Row]:
    """Return how often thirty daily looks find a difference where there is none, and where there is one."""
    runs = QUICK_RUNS if is_quick else RUNS
    alarms = [_false_alarms(kind, people, runs) for kind in KINDS for people in PEOPLE_A_DAY]
    return [*alarms, _power(runs // 2)]


def _false_alarms(kind: str, people_a_day: int, runs: int) -> Row:
    from renmai.insight.experiments.statistics.simulation import World, simulate

    found = simulate(World(kind, people_a_day, DAYS), runs=runs, seed=SEED)
    what = f"false alarms under {DAYS} daily looks, {KINDS[kind]}, {number(people_a_day)} a day in each arm"
    detail = f"{number(runs)} experiments without effect; ordinary 95 % intervals: {100 * found.ordinary / runs:.1f} %"
    return Row(WHERE, what, 100 * found.found_share, "%", Aim(5, at_most=True), detail)


def _power(runs: int) -> Row:
    from renmai.insight.experiments.statistics.sequences import units_needed
    from renmai.insight.experiments.statistics.simulation import World, simulate

    units = units_needed(RATE * LIFT, deviation=math.sqrt(RATE * (1 - RATE)), alpha=0.05, power=0.8)
    found = simulate(World("rate", math.ceil(units / DAYS), DAYS, LIFT), runs=runs, seed=SEED)
    detail = (
        f"{number(units)} people in each arm; median day {found.median_day}; truth left out in {100 * found.missed / runs:.1f} %"
    )
    return Row(WHERE, f"effects of the planned size found within {DAYS} days", 100 * found.found_share, "%", Aim(75), detail)

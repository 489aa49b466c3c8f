"""What ``./run torture`` does, in one table: each scenario with what it is for and its share of the time.

A turn of a scenario is one call of its function in a process of its own, with a seed: the same seed does the same turn again. It
returns a line about what it saw, and raises when something is wrong.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.db import connections

from tools.torture import shop

ROOT = Path(__file__).resolve().parents[2]
ORDERS_A_CHECK, CHECKS_A_TURN = 100, 4
DEATHS_A_FLOW, DEATHS_OF_WORKERS = 20, 12
ABSURD_SECONDS = 60
GROUPS_A_TURN = int(os.environ.get("TORTURE_GROUPS", "1000"))
"""Ten turns are the ten thousand; ``TORTURE_GROUPS=10000`` makes one of them so long."""

FORMS_TIMES = "10"


@dataclass(frozen=True)
class Turn:
    """One turn: on which database, with which seed."""

    vendor: str
    seed: int


@dataclass(frozen=True)
class Scenario:
    """One row of the table. ``share`` is its part of the time, in hundredths."""

    name: str
    share: int
    says: str
    turn: Callable[[Turn], str]


class Failed(Exception):
    """The tests of a turn failed; they have said why."""


def simulate(turn: Turn) -> str:
    """Weeks under fire, checked every hundred orders; then the journal goes to hledger."""
    with shop.database(turn.vendor) as place:
        shop.enter(place)
        from tools.torture import books
        from tools.torture.simulator import Simulation

        try:
            simulation = Simulation(turn.seed)
            for _check in range(CHECKS_A_TURN):
                figures = simulation.run(ORDERS_A_CHECK)
            agreed = "hledger agrees" if books.agreed_by_hledger() else books.MISSING
        finally:
            connections.close_all()
    return f"{figures}; {agreed}"


def kill(turn: Turn) -> str:
    """Kill placing, paying, refunding, withdrawing and what plays add to them at statements drawn from the seed, then workers."""
    with shop.database(turn.vendor) as place:
        shop.enter(place)
        from renmai.project import worker
        from tools.torture import kills
        from tools.torture.kills_bargains import BargainFlows
        from tools.torture.kills_flows import Flows
        from tools.torture.kills_groups import GroupFlows
        from tools.torture.kills_sales import SaleFlows
        from tools.torture.kills_vouchers import VoucherFlows

        draw = Random(turn.seed)  # noqa: S311  the same again, on purpose
        deaths = 0
        try:
            world = shop.populate(shop.Size(keepers=1, buyers=3, stock=100_000))
            worker.settle()
            flows, crowds, purses = Flows(world), GroupFlows(world), VoucherFlows(world)
            friends, sales = BargainFlows(world), SaleFlows(world)
            bought = (flows.place, flows.pay, flows.refund, flows.withdraw)
            together = (crowds.place, crowds.open, crowds.join, crowds.join_together, crowds.expire, crowds.leave)
            vouchers = (purses.claim, purses.open, purses.place, purses.pay, purses.cancel)
            cuts = (friends.start, friends.cut, friends.last_cut, friends.place, friends.expire)
            hot = (sales.grab, sales.order, sales.next_in_line, sales.deposit, sales.end_with_deposit)
            for flow in (*bought, *together, *vouchers, *cuts, *hot):
                points = kills.points_of(kills.statements_of(flow))
                chosen = sorted(draw.sample(range(len(points)), k=min(DEATHS_A_FLOW, len(points))))
                kills.kill_everywhere(flow, [points[index] for index in chosen])
                deaths += len(chosen)
            begun = [flows.pay, flows.refund, flows.withdraw] * 3
            workers = kills.kill_worker(begun, seed=turn.seed, deaths=DEATHS_OF_WORKERS)
        finally:
            connections.close_all()
    return f"{deaths} processes and {workers} workers killed"


def groups(turn: Turn) -> str:
    """Thousands of group buys with random faults against a model."""
    with shop.database(turn.vendor) as place:
        shop.enter(place)
        from renmai.project import worker
        from tools.torture.groups import Crowd

        try:
            world = shop.populate(shop.Size(suppliers=1, products=1, keepers=0, buyers=60, stock=10_000_000))
            worker.settle()
            return Crowd(world, turn.seed).run(GROUPS_A_TURN)
        finally:
            connections.close_all()


def disasters(turn: Turn) -> str:
    """A database that restarts, disks that are full, a worker that comes back after a day, a clock that jumps."""
    return tests(turn, *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tools/torture/tests/test_disasters*.py")))


def machines(turn: Turn) -> str:
    """Two of the state machines, drawn from the seed, against their models in their long profile."""
    found = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("renmai/**/tests/test_*machine.py"))
    return tests(turn, *Random(turn.seed).sample(found, k=2))  # noqa: S311  the same again, on purpose


def races(turn: Turn) -> str:
    """Everything that several do at the same moment."""
    found = [*ROOT.glob("renmai/**/tests/test_races*.py"), *ROOT.glob("renmai/**/tests/test_at_once.py")]
    return tests(turn, *sorted(str(path.relative_to(ROOT)) for path in found))


def interleavings(turn: Turn) -> str:
    """One file of races or deaths, drawn from the seed: an act is held before every single statement, and every death is audited."""
    texts = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("renmai/**/tests/test_*.py")}
    found = [path for path, text in texts.items() if "every_interleaving(" in text or "at_every_statement(" in text]
    drawn = Random(turn.seed).choice(sorted(found))  # noqa: S311  the same again, on purpose
    return f"{drawn.name}: {tests(turn, str(drawn.relative_to(ROOT)), WHOLE_RACES='1')}"


def forms(turn: Turn) -> str:
    """Absurd values for fields and questions of every page, ten times as many as in a run of the tests."""
    return tests(turn, "renmai/project/tests/endpoints/test_bad_input.py", BAD_INPUT_TIMES=FORMS_TIMES)


def absurd(turn: Turn) -> str:
    """Absurd and nearly sensible requests to every operation of the API, as everybody; no answer may be other than described."""
    with shop.database(turn.vendor) as place:
        shop.enter(place)
        from renmai.api.tests import fuzzing

        try:
            return fuzzing.run_long(ABSURD_SECONDS, turn.seed)
        finally:
            connections.close_all()


def tests(turn: Turn, *paths: str, **environment: str) -> str:
    """Run tests with the seed of the turn, and those of Hypothesis in their long profile. Raises ``Failed``."""
    command = [sys.executable, "-m", "pytest", *paths, "-q", "-p", "no:cacheprovider", "-m", "not browser"]
    command += [
        "--database",
        turn.vendor,
        f"--randomly-seed={turn.seed}",
        f"--hypothesis-seed={turn.seed}",
        "--hypothesis-profile=torture",
    ]
    answer = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    if answer.returncode:
        print(answer.stdout, answer.stderr, sep="\n", file=sys.stderr)
        raise Failed(answer.stdout.strip().splitlines()[-1] if answer.stdout.strip() else "pytest said nothing")
    return answer.stdout.strip().splitlines()[-1].strip("= ")


TABLE: tuple[Scenario, ...] = (
    Scenario("simulator", 20, "weeks of a shop under fire, replayed through a sequential model", simulate),
    Scenario("groups", 10, "a thousand group buys with random faults against a model", groups),
    Scenario("kills", 20, "processes killed at statements, workers killed in the middle of their work", kill),
    Scenario("machines", 10, "state machines against models, in their long profile", machines),
    Scenario("absurd", 10, "absurd requests to every operation of the API, as everybody", absurd),
    Scenario("forms", 5, "absurd values in the forms and addresses of every page", forms),
    Scenario("races", 10, "several at the same moment", races),
    Scenario("interleavings", 5, "one act held before each of its statements while another runs", interleavings),
    Scenario("disasters", 10, "databases that restart, full disks, a worker back after a day", disasters),
)

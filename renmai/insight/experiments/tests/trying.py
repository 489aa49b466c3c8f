"""A small shop in which something is tried."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.insight.experiments import actions
from renmai.insight.experiments.actions import Draft
from renmai.insight.experiments.models import Experiment
from renmai.insight.experiments.running import forget_running
from renmai.kernel import clock
from renmai.ordering.models import Order

BEGIN = datetime(2026, 5, 1, 1, tzinfo=UTC)
SHELF = Draft(
    title="首页先放新品",
    hypothesis="New goods first bring members back more often, because the page changes.",
    unit="member",
    metric="bought",
    lift_basis_points=2000,
    switches={"home.shelf": ("sold", "newest")},
    guardrails=(("returns", 2000),),
    window_days=7,
)
_numbers: Iterator[int] = count(1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Be at a moment, knowing nothing from before."""
    with clock.travel(moment):
        forget_running()
        yield


def running(draft: Draft = SHELF, *, owner: User | None = None, moment: datetime = BEGIN, **changes: object) -> Experiment:
    """An experiment that runs since ``moment``."""
    owner = owner or make_staff()
    with at(moment):
        row = actions.start(owner, actions.compose(owner, replace(draft, **changes)))  # type: ignore[arg-type]
    forget_running()
    return row


def people(many: int) -> list[User]:
    """So many members, made at once."""
    return User.objects.bulk_create([User(display_name=f"人{next(_numbers)}") for _one in range(many)])


def pays(buyer: User, *, moment: datetime, fen: int = 1000) -> Order:
    """One paid order."""
    number = next(_numbers)
    return Order.objects.create(
        number=f"T{number}",
        buyer=buyer,
        goods_fen=fen,
        payable_fen=fen,
        idempotency_key=str(number),
        placed_at=moment,
        pay_before=moment,
        paid_at=moment,
        status="paid",
    )

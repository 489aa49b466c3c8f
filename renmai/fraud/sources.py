"""Where marks come from: rows of the rooms below, read in batches, each with whose it is and when it was seen."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from renmai.accounts.models import Address, Region, SignIn, User
from renmai.accounts.queries import path_of
from renmai.distribution.models import Agent
from renmai.fraud import marks
from renmai.fraud.cases import Mark
from renmai.kernel import clock
from renmai.ordering.models import Order


@dataclass(frozen=True)
class Sighting:
    """Somebody was seen with something."""

    user_id: int
    mark: Mark
    at: datetime


@dataclass(frozen=True)
class Source:
    """A table with marks in it.

    ``rows`` is the whole table without the staff, ``read`` makes sightings of some of its rows. ``moment`` is the column that says when
    a row was written, for tables whose rows never change: they are read once. Of others (``moment`` empty) every row is read again
    each round, because it may have changed.
    """

    name: str
    owner: str
    rows: Callable[[], QuerySet]  # type: ignore[type-arg]
    read: Callable[[Collection[object]], Iterator[Sighting]]
    moment: str = ""


def _of(user_id: int, at: datetime, found: Iterable[Mark | None]) -> Iterator[Sighting]:
    return (Sighting(user_id, mark, at) for mark in found if mark is not None)


def _users(rows: Collection[User]) -> Iterator[Sighting]:
    for row in rows:
        yield from _of(row.pk, clock.now(), (marks.phone(row.phone or ""), marks.block(row.phone or "")))


def _sign_ins(rows: Collection[SignIn]) -> Iterator[Sighting]:
    for row in rows:
        yield from _of(row.user_id, row.began_at, (marks.device(row.device), marks.network(row.ip_address or "")))


def _addresses(rows: Collection[Address]) -> Iterator[Sighting]:
    paths = _paths({row.region_id for row in rows})
    for row in rows:
        place = marks.address(row.region_id, row.street, region_path=paths.get(row.region_id, ""))
        yield from _of(row.user_id, clock.now(), (place, marks.phone(row.phone)))


def _orders(rows: Collection[Order]) -> Iterator[Sighting]:
    paths = _paths({row.region_code for row in rows if row.region_code})
    for row in rows:
        place = marks.address(row.region_code, row.address, region_path=paths.get(row.region_code, ""))
        yield from _of(row.buyer_id, row.placed_at, (place, marks.phone(row.phone)))


def _agents(rows: Collection[Agent]) -> Iterator[Sighting]:
    for row in rows:
        yield from _of(row.user_id, clock.now(), (marks.payout(row.payout_account),))


def _paths(codes: Collection[str]) -> Mapping[str, str]:
    """Return the names from the province down to each region, so that a street that repeats them is known again. One statement."""
    rows = Region.objects.filter(pk__in=codes).select_related("parent__parent") if codes else ()
    return {row.pk: path_of(row) for row in rows}


SOURCES: tuple[Source, ...] = (
    Source("sign_ins", "user_id", lambda: SignIn.objects.filter(user__is_staff=False), _sign_ins, "began_at"),  # type: ignore[arg-type]
    Source("orders", "buyer_id", lambda: Order.objects.filter(buyer__is_staff=False), _orders, "placed_at"),  # type: ignore[arg-type]
    Source("users", "pk", lambda: User.objects.filter(is_staff=False, phone__isnull=False), _users),  # type: ignore[arg-type]
    Source(
        "addresses",
        "user_id",
        lambda: Address.objects.filter(user__is_staff=False, deleted_at__isnull=True),
        _addresses,  # type: ignore[arg-type]
    ),
    Source("agents", "user_id", lambda: Agent.objects.exclude(payout_account=""), _agents),  # type: ignore[arg-type]
)

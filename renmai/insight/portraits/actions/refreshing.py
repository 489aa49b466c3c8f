"""Counting portraits again: of those whose facts changed, seconds later; of everybody, when asked."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.insight.portraits import facts
from renmai.insight.portraits.conditions import agreeing
from renmai.insight.portraits.facets import PURCHASE, Source, Traits, traits_of
from renmai.insight.portraits.fading import days_of
from renmai.insight.portraits.gathering import Happenings, gather, happenings_of, without
from renmai.insight.portraits.models import Correction, Interest, Portrait, Stale
from renmai.insight.portraits.rereading import browsed, hold_reader
from renmai.insight.portraits.writing import replace
from renmai.kernel import clock
from renmai.kernel.bulk import write_rows
from renmai.ordering.models import Order, OrderLine

PEOPLE_AT_ONCE = 500
PEOPLE_OF_A_BLOCK = 5_000
"""A rebuild of everybody goes through so many people in one transaction."""

RECOUNTED_EVERY = timedelta(days=1)


def mark(user_ids: Iterable[int], *, browsing: bool = False) -> None:
    """Note that the portraits of these people are to be counted again, ``browsing`` from their events too. One statement; twice is once."""
    now = clock.now()
    rows = [Stale(user_id=user_id, browsing=browsing, since=now) for user_id in sorted(set(user_ids))]
    columns = ["since", "browsing"] if browsing else ["since"]
    Stale.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user"], update_fields=columns, batch_size=PEOPLE_AT_ONCE
    )


def refresh_due(limit: int) -> int:
    """Refresh at most ``limit`` people who wait for it, the longest first; return how many. For a timer.

    Whoever is marked again while she is being counted keeps waiting.
    """
    waiting = list(Stale.objects.order_by("since", "pk")[:limit])
    refresh([row.user_id for row in waiting])
    reread([row.user_id for row in waiting if row.browsing])
    for row in waiting:
        Stale.objects.filter(pk=row.pk, since=row.since).delete()
    return len(waiting)


def refresh(user_ids: Collection[int]) -> None:
    """Count facts and purchases of these people again. About a dozen statements for up to a few hundred people."""
    user_ids = _present(user_ids)
    if not user_ids:
        return
    with transaction.atomic():
        _write_facts(facts.count(user_ids))
        bought = _bought(user_ids)
        _replace(bought, traits_of(bought.products.tolist()), source=Source.ORDERS, user_ids=user_ids)


def reread(user_ids: Collection[int]) -> None:
    """Count what these people looked at again, from every event there is of them."""
    user_ids = _present(user_ids)
    if not user_ids:
        return
    with transaction.atomic():
        position = hold_reader()
        agreed = set(agreeing(Purpose.BROWSING).filter(user__in=user_ids).values_list("user", flat=True))
        looked = browsed(sorted(agreed), until=position)
        _replace(looked, traits_of(looked.products.tolist()), source=Source.BROWSING, user_ids=user_ids)


def rebuild(*, progress: Callable[[int], object] = lambda _count: None) -> int:
    """Count the portraits of everybody anew, from rows and events alone; return how many people have one.

    Goes through people in blocks, each a transaction: the shop stays open meanwhile, and what happens during it is not lost, because the
    reader of the stream stands still while a block is written.
    """
    counted = facts.count()
    everybody = _present({*counted, *_with_a_trace()})
    bought = _bought(None).sorted()
    traits = traits_of()
    for block in _blocks(everybody, PEOPLE_OF_A_BLOCK):
        low, high = block[0], block[-1] + 1
        with transaction.atomic():
            position = hold_reader()
            agreed = set(agreeing(Purpose.BROWSING).filter(user__gte=low, user__lt=high).values_list("user", flat=True))
            _write_facts({user_id: counted.get(user_id) or Portrait(user_id=user_id) for user_id in block})
            _replace(bought.of_users(low, high), traits, source=Source.ORDERS, user_ids=block)
            looked = browsed([user_id for user_id in block if user_id in agreed], until=position)
            _replace(looked, traits, source=Source.BROWSING, user_ids=block)
        progress(len(block))
    return len(everybody)


def find_unseen(limit: int) -> int:
    """Mark at most ``limit`` buyers who have no portrait and do not wait for one, such as imported ones; return how many. For a timer."""
    unseen = Order.objects.filter(paid_at__isnull=False, buyer__portrait__isnull=True, buyer__deleted_at__isnull=True)
    unseen = unseen.exclude(buyer__in=Stale.objects.values("user")).order_by("buyer")
    buyers = list(unseen.values_list("buyer", flat=True).distinct()[:limit])
    mark(buyers)
    return len(buyers)


def recount(limit: int) -> int:
    """Count those portraits again that were not for a day, the oldest first; return how many. For a timer.

    Not everything that changes a fact is an event: bindings end, agents are suspended.
    """
    yesterday = clock.now() - RECOUNTED_EVERY
    rows = Portrait.objects.filter(refreshed_at__lt=yesterday).order_by("refreshed_at", "user")
    due = list(rows.values_list("user", flat=True)[:limit])
    refresh(due)
    return len(due)


def _bought(user_ids: Collection[int] | None) -> Happenings:
    """Return the lines of bought orders that were not all given back, as purchases at the moment they were paid."""
    lines = OrderLine.objects.filter(order__in=facts.bought_orders()).filter(refunded_quantity__lt=F("quantity"))
    if user_ids is not None:
        lines = lines.filter(order__buyer__in=user_ids)
    rows = lines.order_by().values_list("order__buyer", "product_id_at_order", "order__paid_at").iterator(chunk_size=10_000)
    return happenings_of((buyer, product, PURCHASE, days_of(paid_at)) for buyer, product, paid_at in rows if paid_at)


def _replace(happenings: Happenings, traits: dict[int, Traits], *, source: Source, user_ids: Collection[int]) -> None:
    corrected = set(Correction.objects.filter(user__in=user_ids).values_list("user", "facet", "value"))
    parts = (without(part, corrected) for part in gather(happenings, traits, source=source))
    replace(parts, source=source, user_ids=user_ids)


def _write_facts(portraits: dict[int, Portrait]) -> None:
    """Write the facts of these people over those that are there."""
    columns = ("user_id", *facts.FACTS)
    rows = ([getattr(portrait, name) for name in columns] for portrait in portraits.values())
    write_rows(Portrait, columns, rows, renew_by="user_id")


def _with_a_trace() -> set[int]:
    """Return everybody of whom a portrait, an interest or an agreement to be followed exists."""
    found = set(Portrait.objects.values_list("user", flat=True))
    found |= set(Interest.objects.order_by().values_list("user", flat=True).distinct())
    return found | set(agreeing(Purpose.BROWSING).values_list("user", flat=True))


def _present(user_ids: Collection[int]) -> list[int]:
    """Return those whose account was not deleted, by number: what others did not forget of them must not become a portrait again."""
    if not user_ids:
        return []
    gone = set(User.objects.filter(deleted_at__isnull=False).values_list("pk", flat=True))
    return sorted(user_id for user_id in user_ids if user_id not in gone)


def _blocks(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(ids)
    while block := list(islice(rest, size)):
        yield block

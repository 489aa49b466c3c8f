"""Taking events in: from a browser's beacon, and from what we know ourselves."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.insight.stream import door
from renmai.insight.stream.actions.setting_aside import set_aside
from renmai.insight.stream.door import Who
from renmai.insight.stream.models import EventRow, Tail
from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.records import Fact, Receipt, Source
from renmai.insight.stream.registry import REGISTRY, Unfit
from renmai.insight.stream.wire import Batch, Incoming, correction, read_event
from renmai.kernel import clock, ids
from renmai.kernel.bulk import write_rows
from renmai.kernel.compiled import CompiledUpdate
from renmai.kernel.limits import Buckets
from renmai.sharing.actions.links import MACHINES
from renmai.sharing.models import Share

STORM_EVENTS: Final = 600
STORM_SECONDS: Final = 60
"""So many events a minute come from one browser at most: nobody's fingers are faster. Those without an id are counted by address."""

_storms = Buckets()
_ADVANCE = CompiledUpdate(
    lambda key, count: (Tail.objects.filter(pk=key), {"last": F("last") + count}), values=2, returning=("last",)
)
_TAIL: Final = 1


class NewEvent(NamedTuple):
    """A row of the stream that has no position yet: the columns of ``EventRow`` in this order, its properties as JSON."""

    event_id: UUID
    name: str
    version: int
    source: str
    visitor_id: UUID | None
    user_id: int | None
    session_id: UUID | None
    product_id: int | None
    share_id: int | None
    at: datetime
    received_at: datetime
    properties: str


COLUMNS: Final = ("position", *NewEvent._fields)


def ingest(batch: Batch, *, visitor: UUID | None, user: User | None, user_agent: str = "") -> Receipt:
    """Take in what a browser sent together. ``visitor`` and ``user`` are those of the request: a batch cannot name anybody.

    An event that does not fit is set aside with its reason and keeps no other out. Sent again, every event is a duplicate.
    """
    received_at = clock.now()
    who = Who(user.pk if user is not None else None, visitor)
    incoming, refused = _sorted_out(batch, who, user_agent=user_agent, received_at=received_at)
    incoming, strangers = _known_goods(incoming)
    shares = _shares(incoming)
    people = door.ask([who]) if incoming else door.CLOSED
    rows = []
    for each in incoming:
        kept = people.let_in(replace(who, session_id=each.session_id), each.schema.purpose)
        rows.append(
            NewEvent(
                # Made of the browser's own: so no browser can take the id of a fact of ours, which others can guess.
                event_id=ids.derived("beacon", each.own_id),
                name=each.schema.name,
                version=each.schema.version,
                source=Source.BROWSER.value,
                visitor_id=kept.visitor_id,
                user_id=kept.user_id,
                session_id=kept.session_id,
                product_id=each.product_id,
                share_id=shares.get(each.share_code),
                at=each.at,
                received_at=received_at,
                properties=json.dumps(dict(each.properties)),
            )
        )
    written = write(rows)
    return Receipt(written, len(rows) - written, set_aside([*refused, *strangers]))


def record(facts: Sequence[Fact]) -> int:
    """Write what happened on the server; return how many were new. A fact that was told before changes nothing.

    Raises ``Unfit`` for a fact that the registry does not know like this, which is our own mistake. May stand inside a transaction; it then
    holds the tail of the stream until that ends, so let it come last there.
    """
    if not facts:
        return 0
    people = door.ask(Who(fact.user_id, fact.visitor_id) for fact in facts)
    received_at = clock.now()
    return write([_row(fact, people, received_at) for fact in facts])


def _sorted_out(
    batch: Batch, who: Who, *, user_agent: str, received_at: datetime
) -> tuple[list[Incoming], list[tuple[str, Unfit]]]:
    """Return the events of a batch that can be read, and the others with what is wrong."""
    if MACHINES.search(user_agent):
        machine = Unfit(Reason.BOT, "calls itself a machine")
        return [], [(_name_of(raw), machine) for raw in batch.events]
    try:
        off = correction(batch, received_at)
    except Unfit as unfit:
        return [], [(_name_of(raw), unfit) for raw in batch.events]
    subject = f"{who.user_id}:{who.visitor_id}" if who.is_anybody else ""
    fit: list[Incoming] = []
    refused: list[tuple[str, Unfit]] = []
    for raw in batch.events:
        if subject and _storms.take("event", subject, most=STORM_EVENTS, seconds=STORM_SECONDS):
            refused.append((_name_of(raw), Unfit(Reason.STORM, "more than a person does")))
            continue
        try:
            fit.append(read_event(raw, off=off, received_at=received_at))
        except Unfit as unfit:
            refused.append((_name_of(raw), unfit))
    return fit, refused


def _row(fact: Fact, people: door.Door, received_at: datetime) -> NewEvent:
    current = REGISTRY.current(fact.name)
    schema, properties = REGISTRY.read(fact.name, current.version, Source.SERVER, fact.properties or {})
    if schema.needs_product and fact.product_id is None:
        raise Unfit(Reason.BAD_FIELD, "product: missing")
    kept = people.let_in(Who(fact.user_id, fact.visitor_id), schema.purpose)
    return NewEvent(
        event_id=ids.derived("fact", *fact.key),
        name=schema.name,
        version=schema.version,
        source=Source.SERVER.value,
        visitor_id=kept.visitor_id,
        user_id=kept.user_id,
        session_id=None,
        product_id=fact.product_id,
        share_id=fact.share_id,
        at=fact.at,
        received_at=received_at,
        properties=json.dumps(dict(properties)),
    )


def write(rows: Sequence[NewEvent]) -> int:
    """Write rows at the tail; return how many were new. Whoever writes waits for whoever writes: so positions become visible in order."""
    if not rows:
        return 0
    with transaction.atomic():
        first = _advance(len(rows)) - len(rows) + 1
        return write_rows(EventRow, COLUMNS, [(position, *row) for position, row in enumerate(rows, first)], skip_known=True)


def _advance(count: int) -> int:
    """Take ``count`` positions and return the last of them; the tail is ours until the transaction ends."""
    moved = _ADVANCE.changed(_TAIL, count)
    if not moved:
        Tail.objects.bulk_create([Tail(pk=_TAIL)], ignore_conflicts=True)
        moved = _ADVANCE.changed(_TAIL, count)
    return int(moved[0][0])


def _known_goods(incoming: list[Incoming]) -> tuple[list[Incoming], list[tuple[str, Unfit]]]:
    """Return the events whose product there is, and those whose there is not."""
    asked = {each.product_id for each in incoming if each.product_id is not None}
    if not asked:
        return incoming, []
    known = frozenset(Product.objects.filter(pk__in=asked).values_list("pk", flat=True))
    fit = [each for each in incoming if each.product_id is None or each.product_id in known]
    unfit = Unfit(Reason.UNKNOWN_PRODUCT, "no such product")
    return fit, [(each.schema.name, unfit) for each in incoming if each.product_id is not None and each.product_id not in known]


def _shares(incoming: Sequence[Incoming]) -> dict[str, int]:
    """Return the links that brought her, by code. A code that no link has says nothing."""
    codes = {each.share_code for each in incoming if each.share_code}
    return dict(Share.objects.filter(code__in=codes).values_list("code", "pk")) if codes else {}


def _name_of(raw: Any) -> str:
    name = raw.get("name")
    return name if isinstance(name, str) else ""

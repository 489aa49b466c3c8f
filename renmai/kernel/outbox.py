"""The outbox: events leave in the transaction that made them true, and reach each reaction exactly once in effect.

``emit`` writes a row. ``deliver_due`` is called by the worker: the reactions to an event run in one transaction with their receipts, and
if that fails each in a transaction of its own, so one that fails does not keep the others from acting, and what has its receipt is
never repeated.
Failures back off; after ``MAX_ATTEMPTS`` the event is dead, an alert is raised, and ``try_dead_again`` brings it back once its cause
is gone. A full disk stops delivery until there is room again.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from renmai.kernel import clock, storage
from renmai.kernel.compiled import CompiledUpdate, insert
from renmai.kernel.errors import told_of
from renmai.kernel.events import Event, declared, revive
from renmai.kernel.models import Alert, OutboxEvent, Receipt
from renmai.kernel.states import advance

logger = logging.getLogger(__name__)

Reaction = Callable[[Event], None]
Reactions = Mapping[type[Event], tuple[Reaction, ...]]

MAX_ATTEMPTS = 8
BACKOFF_SECONDS = (2, 10, 30, 120, 600, 1800, 7200, 21600)
CLAIM_SECONDS = 60
CLAIMED_AT_ONCE = 10
"""Events that a worker takes with one statement. If it dies over the first, all come again after ``CLAIM_SECONDS``, each by itself."""


_gathered: ContextVar[list[Event] | None] = ContextVar("outbox_gathered", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Write all events of the block with one statement at its end: for a flow of several actions in one transaction.

    Stands inside that transaction. When the block fails nothing is written; an action of it that is rolled back alone must not
    have emitted anything.
    """
    if _gathered.get() is not None:
        raise AssertionError("one flow gathers its events")
    events: list[Event] = []
    token = _gathered.set(events)
    try:
        yield
    finally:
        _gathered.reset(token)
    if events:
        emit(*events)


def emit(*events: Event) -> None:
    """Write ``events`` to the outbox. Must be called inside the transaction of the action."""
    if not transaction.get_connection().in_atomic_block:
        raise AssertionError("an event is emitted in the transaction that makes it true")
    gathered = _gathered.get()
    if gathered is not None:
        gathered.extend(events)
        return
    insert([OutboxEvent(name=event.NAME, payload=event.payload(), due_at=clock.now()) for event in events])


def deliver_due(reactions: Reactions, *, limit: int = 100) -> int:
    """Deliver up to ``limit`` due events in order of their due time; return how many were tried.

    Two workers may run side by side: events are claimed, a few at a time, by moving their due time on, conditionally. What a claim
    does not cover any more, because those before it took so long, is left: another worker may have it.
    """
    due = OutboxEvent.objects.filter(status=OutboxEvent.Status.PENDING, due_at__lte=clock.now())
    rows = list(due.order_by("due_at", "id")[:limit])
    unheard = {event.NAME for event in declared().values() if not reactions.get(event)}
    tried = _finish_all([row.pk for row in rows if row.name in unheard])
    for block in _blocks(row for row in rows if row.name not in unheard):
        until = clock.now() + timedelta(seconds=CLAIM_SECONDS)
        ours = _claim([row.pk for row in block], until=until)
        for row in block:
            if row.pk in ours and clock.now() < until:
                row.attempts = ours[row.pk]
                _deliver(row, reactions)
                tried += 1
    return tried


def try_dead_again(*, limit: int = 1000) -> int:
    """Make up to ``limit`` dead events due once more, the oldest first, and close their alerts; return how many.

    What had its receipt before does not happen again.
    """
    dead = OutboxEvent.objects.filter(status=OutboxEvent.Status.DEAD).order_by("pk")
    count = 0
    for row in dead[:limit]:
        with transaction.atomic():
            # It counts as tried once, so that the receipts it has are looked up first.
            if advance(OutboxEvent, row.pk, old=row.status, new=OutboxEvent.Status.PENDING, attempts=1, due_at=clock.now()):
                resolve_alerts("outbox.dead", [_subject(row)])
                count += 1
    return count


def _deliver(row: OutboxEvent, reactions: Reactions) -> None:
    try:
        event = revive(row.name, row.payload)
        handled = set(row.receipts.values_list("reaction", flat=True)) if row.attempts else set()
    except Exception as error:
        logger.exception("event %s (%s) cannot be read", row.pk, row.name)
        _postpone(row, error)
        return
    failure: Exception | None = None
    waiting = [reaction for reaction in reactions.get(type(event), ()) if reaction_name(reaction) not in handled]
    if not waiting:
        _FINISH.run(row.pk, clock.now())
    if len(waiting) > 1 and not row.attempts and _react_together(row, event, waiting):
        return
    for number, reaction in enumerate(waiting, 1):
        try:
            _react(row, event, reaction, is_last=number == len(waiting) and failure is None)
        except Exception as error:
            if storage.has_no_room(error):
                # A full disk is not the event's fault and uses up none of its attempts: its claim ends, and it is due again.
                raise
            # The rooms do not wait for one another: a message that cannot be written must not hold up money.
            logger.exception("event %s (%s): %s failed", row.pk, row.name, reaction_name(reaction))
            failure = failure or error
    if failure is not None:
        _postpone(row, failure)


def _blocks(rows: Iterable[OutboxEvent]) -> Iterator[list[OutboxEvent]]:
    """Yield rows in their order as they are claimed: new ones a few at a time, one that was claimed before by itself.

    A worker may have died over that one, and dies again: it must not take others with it, or they would never be delivered.
    """
    block: list[OutboxEvent] = []
    for row in rows:
        is_new = row.due_at <= row.created_at
        if block and (not is_new or len(block) == CLAIMED_AT_ONCE):
            yield block
            block = []
        if is_new:
            block.append(row)
        else:
            yield [row]
    if block:
        yield block


def _claim(keys: Sequence[int], *, until: datetime) -> dict[int, int]:
    """Claim what is still due of at most ``CLAIMED_AT_ONCE`` events; return how often each was tried, as it is now. One statement.

    Another worker may have tried and put off one of them since they were read.
    """
    places = [*keys, *[keys[-1]] * (CLAIMED_AT_ONCE - len(keys))]
    return dict(_CLAIM.changed(clock.now(), until, *places))


def _finish_all(keys: Sequence[int]) -> int:
    """What nobody reacts to is done without a claim; return how many that were."""
    if not keys:
        return 0
    waiting = OutboxEvent.objects.filter(pk__in=keys, status=OutboxEvent.Status.PENDING)
    return waiting.update(status=OutboxEvent.Status.DONE, delivered_at=clock.now())


def _react_together(row: OutboxEvent, event: Event, waiting: Sequence[Reaction]) -> bool:
    """Let all reactions act in one transaction; False when one of them fails, and then none has acted."""
    try:
        with transaction.atomic():
            insert([Receipt(event=row, reaction=reaction_name(reaction)) for reaction in waiting])
            for reaction in waiting:
                reaction(event)
            _FINISH.run(row.pk, clock.now())
    except Exception as error:
        if storage.has_no_room(error):
            raise
        # Which one it was, and what it said, is told when each stands alone.
        logger.info("event %s (%s): not all at once: %s", row.pk, row.name, type(error).__name__)
        return False
    return True


def _react(row: OutboxEvent, event: Event, reaction: Reaction, *, is_last: bool) -> None:
    """Let one reaction act; with the last one, in the same transaction, the event is done."""
    try:
        with transaction.atomic():
            insert([Receipt(event=row, reaction=reaction_name(reaction))])
            reaction(event)
            if is_last:
                _FINISH.run(row.pk, clock.now())
    except IntegrityError:
        if not Receipt.objects.filter(event=row, reaction=reaction_name(reaction)).exists():
            raise
        if is_last:
            _FINISH.run(row.pk, clock.now())


_CLAIM = CompiledUpdate(
    lambda now, until, *keys: (
        OutboxEvent.objects.filter(pk__in=keys, status=OutboxEvent.Status.PENDING, due_at__lte=now),
        {"due_at": until},
    ),
    values=2 + CLAIMED_AT_ONCE,
    returning=("id", "attempts"),
)
_FINISH = CompiledUpdate(
    lambda pk, at: (OutboxEvent.objects.filter(pk=pk), {"status": OutboxEvent.Status.DONE, "delivered_at": at}), values=2
)


def _postpone(row: OutboxEvent, error: Exception) -> None:
    attempts = row.attempts + 1
    dead = attempts >= MAX_ATTEMPTS
    delay = timedelta(seconds=BACKOFF_SECONDS[min(attempts, len(BACKOFF_SECONDS)) - 1])
    with transaction.atomic():
        OutboxEvent.objects.filter(pk=row.pk).update(
            status=OutboxEvent.Status.DEAD if dead else OutboxEvent.Status.PENDING,
            attempts=attempts,
            due_at=clock.now() + delay,
            last_error=told_of(error)[:2000],
        )
        if dead:
            # Together: one that is given up and nobody knows of would wait for ever.
            raise_alert("outbox.dead", _subject(row), told_of(error))


def _subject(row: OutboxEvent) -> str:
    return f"{row.name} {row.pk}"


def put_out(name: str, *, user_id: int, column: str, value: str) -> int:
    """Write ``value`` over a column of every event ``name`` of somebody, delivered or not; return how many. For whoever is to be forgotten."""
    rows = OutboxEvent.objects.filter(name=name, payload__user_id=user_id).exclude(**{f"payload__{column}": value})
    for row in rows:
        OutboxEvent.objects.filter(pk=row.pk).update(payload={**row.payload, column: value})
    return len(rows)


def raise_alert(code: str, subject: str, detail: str = "") -> None:
    """Open an alert, once while it is unresolved."""
    Alert.objects.bulk_create([Alert(code=code, subject=subject[:120], detail=detail)], ignore_conflicts=True)


def resolve_alerts(code: str, subjects: Sequence[str]) -> int:
    """Close the open alerts ``code`` about these subjects (a few hundred at a time), because their cause is gone; return how many."""
    open_alerts = Alert.objects.filter(code=code, subject__in=subjects, resolved_at__isnull=True)
    return open_alerts.update(resolved_at=clock.now())


def reaction_name(reaction: Reaction) -> str:
    """Return the stable name of a reaction, as its receipts carry it."""
    return f"{reaction.__module__.removeprefix('renmai.')}.{reaction.__qualname__}"


def drain(reactions: Reactions, *, rounds: Iterable[int] = range(50)) -> None:
    """Deliver until nothing is due, for tests, the demo and replays; give up loudly after ``rounds``."""
    for _round in rounds:
        if not deliver_due(reactions, limit=500):
            return
    raise AssertionError("the outbox never runs dry: reactions feed one another")

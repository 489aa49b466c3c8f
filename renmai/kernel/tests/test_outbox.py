"""The outbox: exactly once in effect, whatever fails in between."""

import errno
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction

from renmai.kernel import audit, clock
from renmai.kernel.events import Event
from renmai.kernel.models import Alert, Heartbeat, OutboxEvent, Receipt
from renmai.kernel.outbox import (
    CLAIM_SECONDS,
    CLAIMED_AT_ONCE,
    MAX_ATTEMPTS,
    Reactions,
    deliver_due,
    drain,
    emit,
    reaction_name,
    together,
    try_dead_again,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Rang(Event):
    """A bell rang, for the tests of the outbox."""

    times: int
    note: str | None = None


class Bell:
    """Counts in the database, so that a rolled-back ring leaves no trace; fails as often as told."""

    def __init__(self) -> None:
        self.failures_left = 0

    def ring(self, event: Event) -> None:
        assert isinstance(event, Rang)
        Heartbeat.objects.create(name=f"ring {Heartbeat.objects.count()}")
        if self.failures_left:
            self.failures_left -= 1
            raise RuntimeError("the clapper is loose")


def quiet(event: Event) -> None:
    assert isinstance(event, Rang)
    Heartbeat.objects.create(name=f"quiet {event.times}")


def shrug(event: Event) -> None:
    assert isinstance(event, Rang)


def emit_one(times: int = 1) -> OutboxEvent:
    with transaction.atomic():
        emit(Rang(times=times))
    return OutboxEvent.objects.latest("pk")


def test_an_event_outside_a_transaction_is_our_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(AssertionError, match="transaction"):
        emit(Rang(times=1))


def test_every_reaction_runs_once_and_leaves_a_receipt() -> None:
    bell = Bell()
    row = emit_one(times=7)
    reactions: Reactions = {Rang: (bell.ring, quiet)}
    assert deliver_due(reactions) == 1
    assert deliver_due(reactions) == 0
    row.refresh_from_db()
    assert row.status == OutboxEvent.Status.DONE
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"ring 0", "quiet 7"}
    assert set(Receipt.objects.values_list("reaction", flat=True)) == {reaction_name(bell.ring), reaction_name(quiet)}


def test_reactions_that_succeed_share_one_transaction_and_one_statement_of_receipts(
    statements: Callable[[int], AbstractContextManager[None]],
) -> None:
    emit_one(times=7)
    with statements(5):  # what is due, its claim, the receipts, what the one reaction writes, done
        assert deliver_due({Rang: (quiet, shrug)}) == 1


def test_what_nobody_reacts_to_is_done_all_at_once(statements: Callable[[int], AbstractContextManager[None]]) -> None:
    for times in range(3):
        emit_one(times=times)
    with statements(2):
        assert deliver_due({}) == 3
    assert not OutboxEvent.objects.exclude(status=OutboxEvent.Status.DONE).exists()


def test_a_failure_rolls_back_waits_and_repeats_only_what_has_no_receipt() -> None:
    bell = Bell()
    bell.failures_left = 2  # together with the other, and then alone
    reactions: Reactions = {Rang: (quiet, bell.ring)}
    row = emit_one()
    deliver_due(reactions)
    row.refresh_from_db()
    assert (row.status, row.attempts) == (OutboxEvent.Status.PENDING, 1)
    assert "clapper" in row.last_error
    assert Heartbeat.objects.count() == 1
    assert deliver_due(reactions) == 0
    with clock.shift(timedelta(seconds=3)):
        assert deliver_due(reactions) == 1
    row.refresh_from_db()
    assert row.status == OutboxEvent.Status.DONE
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"quiet 1", "ring 1"}


def test_after_the_last_attempt_the_event_is_dead_and_somebody_is_told() -> None:
    bell = Bell()
    bell.failures_left = MAX_ATTEMPTS
    row = emit_one()
    for day in range(MAX_ATTEMPTS):
        with clock.shift(timedelta(days=day)):
            assert deliver_due({Rang: (bell.ring,)}) == 1
    row.refresh_from_db()
    assert (row.status, row.attempts) == (OutboxEvent.Status.DEAD, MAX_ATTEMPTS)
    assert Alert.objects.get().code == "outbox.dead"
    assert Heartbeat.objects.count() == 0


def test_a_reaction_that_fails_does_not_hold_up_the_others() -> None:
    bell = Bell()
    bell.failures_left = 2
    row = emit_one(times=7)
    reactions: Reactions = {Rang: (bell.ring, quiet)}
    for minute in range(3):
        with clock.shift(timedelta(minutes=minute)):
            deliver_due(reactions)
        assert Heartbeat.objects.filter(name="quiet 7").exists()
    row.refresh_from_db()
    assert row.status == OutboxEvent.Status.DONE
    assert Receipt.objects.filter(event=row).count() == 2


def test_a_dead_event_is_a_violation_until_it_is_tried_again_and_acts_once() -> None:
    bell = Bell()
    bell.failures_left = MAX_ATTEMPTS + 1  # at the first attempt also together with the other
    row = emit_one()
    reactions: Reactions = {Rang: (quiet, bell.ring)}
    for day in range(MAX_ATTEMPTS):
        with clock.shift(timedelta(days=day)):
            deliver_due(reactions)
    (found,) = audit.violations()
    assert (found.invariant, found.subject) == ("9", f"event {row.pk}")
    assert "the clapper is loose" in found.detail
    assert (try_dead_again(), try_dead_again()) == (1, 0)
    assert not Alert.objects.filter(resolved_at__isnull=True).exists()
    assert deliver_due(reactions) == 1
    assert list(audit.violations()) == []
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"quiet 1", "ring 1"}


def test_an_event_that_no_worker_takes_is_a_violation() -> None:
    emit_one()
    with clock.shift(timedelta(hours=11)):
        assert list(audit.violations()) == []
    with clock.shift(timedelta(hours=13)):
        assert len(list(audit.violations())) == 1


def test_a_claimed_event_is_not_taken_by_a_second_worker() -> None:
    emit_one()
    taken: list[int] = []

    def second_worker(_event: Event) -> None:
        taken.append(deliver_due({Rang: (quiet,)}))

    deliver_due({Rang: (second_worker,)})
    assert taken == [0]


def test_more_events_than_a_worker_claims_at_once_are_all_delivered_in_their_order() -> None:
    many = CLAIMED_AT_ONCE * 2 + 3
    for times in range(many):
        emit_one(times)
    heard: list[int] = []

    def hear(event: Event) -> None:
        assert isinstance(event, Rang)
        heard.append(event.times)

    assert deliver_due({Rang: (hear,)}) == many
    assert heard == list(range(many))


def test_what_another_worker_took_after_it_was_read_is_left_to_it() -> None:
    mine, taken = emit_one(1), emit_one(2)

    def rival(event: Event) -> None:
        # While the first of a block is delivered nothing of the block is free any more, so the rival's row is one of a later block.
        quiet(event)
        OutboxEvent.objects.filter(pk=last.pk).update(due_at=clock.now() + timedelta(seconds=CLAIM_SECONDS))

    for times in range(CLAIMED_AT_ONCE):
        emit_one(times + 3)
    last = OutboxEvent.objects.latest("pk")
    deliver_due({Rang: (rival,)})
    states = dict(OutboxEvent.objects.values_list("pk", "status"))
    assert (states[mine.pk], states[taken.pk], states[last.pk]) == ("done", "done", "pending")


def test_events_of_a_worker_that_died_come_again_when_their_claim_ends() -> None:
    for times in range(3):
        emit_one(times)

    def dies(_event: Event) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        deliver_due({Rang: (dies,)})
    assert deliver_due({Rang: (quiet,)}) == 0
    with clock.travel(clock.now() + timedelta(seconds=CLAIM_SECONDS + 1)):
        assert deliver_due({Rang: (quiet,)}) == 3


def test_an_event_that_kills_its_worker_takes_the_others_with_it_only_once() -> None:
    for times in range(CLAIMED_AT_ONCE):
        emit_one(times)
    heard: list[int] = []

    def hear(event: Event) -> None:
        assert isinstance(event, Rang)
        if not event.times:
            raise SystemExit
        heard.append(event.times)

    with pytest.raises(SystemExit):
        deliver_due({Rang: (hear,)})
    assert heard == []
    with clock.travel(clock.now() + timedelta(seconds=CLAIM_SECONDS + 1)):
        with pytest.raises(SystemExit):
            deliver_due({Rang: (hear,)})
        deliver_due({Rang: (hear,)})
    assert heard == list(range(1, CLAIMED_AT_ONCE))


def test_an_attempt_of_another_worker_counts() -> None:
    for times in range(CLAIMED_AT_ONCE):
        emit_one(times)
    row = emit_one(CLAIMED_AT_ONCE)  # the first of the second block: claimed when the first block is done
    bell = Bell()

    def rival_has_failed(event: Event) -> None:
        if event == Rang(times=0):
            OutboxEvent.objects.filter(pk=row.pk).update(attempts=MAX_ATTEMPTS - 1)
        elif event == Rang(times=CLAIMED_AT_ONCE):
            bell.failures_left = 1
            bell.ring(event)

    deliver_due({Rang: (rival_has_failed,)})
    row.refresh_from_db()
    assert (row.status, row.attempts) == (OutboxEvent.Status.DEAD, MAX_ATTEMPTS)


def test_what_a_claim_does_not_cover_any_more_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    late = emit_one(1)
    emit_one(2)
    emit_one(3)
    heard: list[int] = []

    def hear(event: Event) -> None:
        assert isinstance(event, Rang)
        heard.append(event.times)
        if event.times == late.payload["times"]:
            present = clock.now
            monkeypatch.setattr(clock, "now", lambda: present() + timedelta(seconds=CLAIM_SECONDS))

    assert deliver_due({Rang: (hear,)}) == 1
    assert heard == [1]
    assert deliver_due({Rang: (hear,)}) == 2
    assert heard == [1, 2, 3]


def test_an_event_nobody_reacts_to_is_done() -> None:
    row = emit_one()
    drain({})
    row.refresh_from_db()
    assert row.status == OutboxEvent.Status.DONE


def test_events_of_a_flow_are_written_together_in_their_order(statements: Callable[[int], AbstractContextManager[None]]) -> None:
    with transaction.atomic(), statements(1), together():
        emit(Rang(times=1))
        emit(Rang(times=2), Rang(times=3))
    assert [row.payload["times"] for row in OutboxEvent.objects.order_by("pk")] == [1, 2, 3]
    with transaction.atomic(), statements(0), together():
        pass


def test_a_flow_that_fails_writes_no_event_and_leaves_the_next_one_alone() -> None:
    def tear() -> None:
        with transaction.atomic(), together():
            emit(Rang(times=1))
            raise RuntimeError("torn rope")

    with pytest.raises(RuntimeError, match="torn rope"):
        tear()
    with transaction.atomic():
        emit(Rang(times=2))
    assert [row.payload["times"] for row in OutboxEvent.objects.all()] == [2]


def test_flows_do_not_nest() -> None:
    with transaction.atomic(), together(), pytest.raises(AssertionError), together():
        pass


def test_a_full_disk_uses_up_no_attempt_and_the_event_is_handled_when_there_is_room() -> None:
    row = emit_one()
    is_full = True

    def write(event: Event) -> None:
        if is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        quiet(event)

    reactions: Reactions = {Rang: (write,)}
    moment = clock.now()
    for number in range(MAX_ATTEMPTS + 1):
        with clock.travel(moment + timedelta(minutes=2 * number)), pytest.raises(OSError, match="No space"):
            deliver_due(reactions)
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("pending", 0)
    is_full = False
    with clock.travel(moment + timedelta(hours=1)):
        assert deliver_due(reactions) == 1
    row.refresh_from_db()
    assert row.status == "done"
    assert Heartbeat.objects.count() == 1


def test_an_event_is_not_given_up_without_somebody_being_told(monkeypatch: pytest.MonkeyPatch) -> None:
    bell = Bell()
    bell.failures_left = 1
    row = emit_one()
    OutboxEvent.objects.update(attempts=MAX_ATTEMPTS - 1)

    def untold(*_words: str) -> None:
        raise InterruptedError

    monkeypatch.setattr("renmai.kernel.outbox.raise_alert", untold)
    with pytest.raises(InterruptedError):
        deliver_due({Rang: (bell.ring,)})
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("pending", MAX_ATTEMPTS - 1)

"""The provider's bill against our books, and the audit that says so."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F

from renmai.kernel import clock
from renmai.kernel.ids import derived
from renmai.ledger import actions as ledger
from renmai.ledger import chart
from renmai.payments import actions
from renmai.payments.models import Payment, Payout, Refund, SandboxBill, SandboxTrade
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.payments.tests.making import AMOUNT, alerts, broken, captured, choose, refused, settle, start
from tools.testing.moving_clock import START, MovingClock

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 9)


def moved_once() -> tuple[Payment, Refund, Payout]:
    """A payment, a refund and a payout that went well."""
    payment = captured()
    refund = actions.request_refund(payment.pk, amount_fen=5000, reason="x", cause="c", after_settlement=False)
    payout = actions.request_payout("W1", payee="agent-7", amount_fen=800, currency="CNY", provider="sandbox")
    actions.submit_refunds(10)
    actions.submit_payouts(10)
    return payment, refund, payout


def test_a_day_on_which_all_agree(moving_clock: MovingClock) -> None:
    moved_once()
    moving_clock.advance(days=1)
    assert actions.compare_bill(DAY) == []
    assert broken() == []
    assert alerts() == []


def test_days_end_at_midnight_in_china(moving_clock: MovingClock) -> None:
    moving_clock.travel(datetime(2026, 3, 9, 15, 59, tzinfo=UTC))
    before = choose(start("R1"), Behaviour.NEVER_NOTIFY)
    moving_clock.travel(datetime(2026, 3, 9, 16, 0, tzinfo=UTC))
    after = choose(start("R2"), Behaviour.NEVER_NOTIFY)
    moving_clock.advance(days=2)
    assert [one.number for one in actions.compare_bill(DAY)] == [before.number]
    assert [one.number for one in actions.compare_bill(DAY + timedelta(days=1))] == [after.number]


def test_money_we_never_heard_of_is_found_and_settled(moving_clock: MovingClock) -> None:
    """Paid after we closed it, never notified, and after the last question."""
    payment = start()
    actions.close_payments("R1")
    Payment.objects.update(next_query_at=None)
    choose(payment, Behaviour.NEVER_NOTIFY)
    assert broken() == []  # young: still on its way
    moving_clock.advance(days=1)
    found = actions.compare_bill(DAY)
    assert [(one.subject, one.number) for one in found] == [("payment", payment.number)]
    assert "ours is closed" in found[0].detail
    assert alerts() == [("payments.bill", f"payment {payment.number}")]
    assert [line[:3] for line in broken()] == ["[8]"]
    assert actions.query_pending_payments(10, settle=settle) == 1
    payment.refresh_from_db()
    assert payment.status == Payment.Status.CAPTURED
    assert broken() == []


def test_a_worker_that_was_away_makes_up_for_the_bills_of_those_days(moving_clock: MovingClock) -> None:
    assert actions.compare_yesterdays_bills(10) == 0
    payment = start()
    actions.close_payments("R1")
    Payment.objects.update(next_query_at=None)
    choose(payment, Behaviour.NEVER_NOTIFY)
    moving_clock.advance(days=3)
    assert actions.compare_yesterdays_bills(10) == 1
    assert actions.query_pending_payments(10, settle=settle) == 1
    payment.refresh_from_db()
    assert payment.status == Payment.Status.CAPTURED
    assert actions.compare_yesterdays_bills(10) == 0


BREAKS: dict[str, tuple[Callable[[], object], str]] = {
    "trade missing": (lambda: SandboxTrade.objects.update(status="open"), "we have it, the bill does not"),
    "trade with another amount": (lambda: SandboxTrade.objects.update(amount_fen=1), "the bill has 1 CNY"),
    "trade with another name": (lambda: SandboxTrade.objects.update(trade="other"), "as other"),
    "trade with another number": (lambda: SandboxTrade.objects.update(number="P-other"), "we do not know it"),
    "refund missing": (lambda: SandboxBill.objects.filter(kind="refund").delete(), "we have it, the bill does not"),
    "refund with another amount": (lambda: SandboxBill.objects.filter(kind="refund").update(amount_fen=1), "the bill has 1 CNY"),
    "payout missing": (lambda: SandboxBill.objects.filter(kind="payout").delete(), "we have it, the bill does not"),
    "payout twice": (lambda: SandboxBill.objects.filter(kind="payout").update(number="O-other"), "we do not know it"),
    "ours not final": (lambda: Refund.objects.update(status="submitted"), "ours is submitted"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_every_disagreement_is_named_by_the_bill_and_by_the_audit(moving_clock: MovingClock, name: str) -> None:
    moved_once()
    moving_clock.advance(days=1)
    break_it, detail = BREAKS[name]
    break_it()
    found = actions.compare_bill(DAY)
    assert any(detail in one.detail for one in found), found
    assert len(alerts()) == len(found)
    assert any(line.startswith("[8]") for line in broken())


def test_a_bill_of_nobody() -> None:
    with refused("payments.unknown_provider"):
        actions.compare_bill(DAY, provider="nobody")


# --- invariants 3 and 9 ---


def test_reservations_must_add_up(moving_clock: MovingClock) -> None:
    payment, _, _ = moved_once()
    Payment.objects.update(refunded_fen=F("refunded_fen") - 1)
    assert broken() == [f"[3] payment {payment.number}: refunded 4999, its refunds say 5000"]


def test_a_capture_without_its_transfer() -> None:
    payment = start()
    Payment.objects.update(status="captured", captured_at=clock.now(), provider_trade="t")
    assert f"[3] capture {payment.number}: we have {AMOUNT}, the ledger None" in broken()


def test_a_transfer_without_its_capture() -> None:
    captured()
    request = ledger.TransferRequest(
        id=derived("stray"),
        debit=chart.provider("sandbox"),
        credit=chart.customers_prepaid(),
        amount_fen=1,
        currency="CNY",
        reason="capture",
        reference="R1",
    )
    ledger.post([request])
    assert broken() == ["[3] ledger, capture: 2 transfers for 1 of ours"]


def test_a_failed_refund_is_not_reserved() -> None:
    payment, _, _ = moved_once()
    Refund.objects.update(status="failed")
    found = broken()
    assert f"[3] payment {payment.number}: refunded 5000, its refunds say 0" in found
    assert "[3] ledger, refund: 1 transfers for 0 of ours" in found


def test_what_waits_too_long(moving_clock: MovingClock) -> None:
    waiting = start("R2", minutes=30)
    payment = captured()
    refund = actions.request_refund(payment.pk, amount_fen=5000, reason="x", cause="c", after_settlement=False)
    payout = actions.request_payout("W1", payee="agent-7", amount_fen=800, currency="CNY", provider="sandbox")
    moving_clock.advance(minutes=59)
    assert broken() == []
    moving_clock.advance(minutes=2)
    due = f"{START:%Y-%m-%d}"
    assert [line.split(":")[0] for line in broken()] == [f"[9] refund {refund.number}", f"[9] payout {payout.number}"]
    assert all(due in line for line in broken())
    moving_clock.advance(minutes=31)
    assert broken()[0].split(":")[0] == f"[9] payment {waiting.number}"


def test_money_out_that_a_provider_never_finishes(moving_clock: MovingClock) -> None:
    payout = actions.request_payout("W1", payee="agent-7", amount_fen=800, currency="CNY", provider="sandbox")
    Payout.objects.update(status="submitted", next_attempt_at=clock.now() + timedelta(days=30))
    moving_clock.advance(days=2)
    assert broken() == []
    moving_clock.advance(days=2)
    assert [line.split(":")[0] for line in broken()] == [f"[9] payout {payout.number}"]

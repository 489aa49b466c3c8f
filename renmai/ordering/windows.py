"""Every deadline of an order and its claims, in one place. Moments are aware and in UTC."""

from datetime import UTC, datetime, time, timedelta, timezone

from renmai.policy.queries import integer

CHINA = timezone(timedelta(hours=8), "China")
"""Consumer law counts days in China's time, which knows no daylight saving."""

RESERVATION_MARGIN = timedelta(minutes=2)
"""A reservation outlives the payment it waits for, so that money on its way still finds its goods."""

PICKUP_DAYS = 30
RETURN_TRANSIT_DAYS = 10
REFUND_DAYS = 7
"""Law: the refund is made within seven days after the goods came back."""

LATE_CLAIM_DAYS = 180
"""How long after settlement the staff may still open a claim for a customer; providers refund for a year."""


def pay_before(placed_at: datetime) -> datetime:
    """Return until when an order placed at ``placed_at`` can be paid."""
    return placed_at + timedelta(minutes=integer("order.pay_minutes"))


def receive_before(shipped_at: datetime) -> datetime:
    """Return when goods that left at ``shipped_at`` count as received without a word from the customer."""
    return shipped_at + timedelta(days=integer("order.auto_receive_days"))


def settle_after(received_at: datetime) -> datetime:
    """Return the end of the after-sales window: its days begin the day after receipt and end with a day in China."""
    day_of_receipt = received_at.astimezone(CHINA).date()
    end = day_of_receipt + timedelta(days=integer("after_sale.window_days") + 1)
    return datetime.combine(end, time.min, tzinfo=CHINA).astimezone(UTC)


def answer_before(requested_at: datetime) -> datetime:
    """Return until when the platform answers a claim; silence is consent."""
    return requested_at + timedelta(hours=integer("after_sale.answer_hours"))


def send_back_before(approved_at: datetime) -> datetime:
    """Return until when the customer hands the goods to a carrier."""
    return approved_at + timedelta(days=integer("after_sale.return_days"))

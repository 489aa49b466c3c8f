"""What this room does when something happened elsewhere: it writes down what that earned or spent."""

from datetime import timedelta

from renmai.accounts.events import VisitorRecognised
from renmai.kernel import clock
from renmai.ordering.events import AfterSaleClosed, OrderSettled, ReviewWritten
from renmai.sharing.models import Visit
from renmai.trust import facts
from renmai.trust.actions.recording import record
from renmai.trust.decay import PRESSURE_DAYS

REMEMBERED = timedelta(days=4 * PRESSURE_DAYS)
"""Openings of a guest from before count when she signs in, as far back as they would still be felt."""


def on_order_settled(event: OrderSettled) -> None:
    """A kept order earns its sharer trust."""
    _record(facts.of_order(event.order_id))


def on_review_written(event: ReviewWritten) -> None:
    """So does a good review."""
    _record(facts.of_review(event.review_id))


def on_claim_closed(event: AfterSaleClosed) -> None:
    """Goods that went back because they were bad cost trust."""
    _record(facts.of_claim(event.after_sale_id))


def on_visitor_recognised(event: VisitorRecognised) -> None:
    """A guest signed in: what she opened before was opened by her."""
    record(facts.of_visits(Visit.objects.filter(visitor_id=event.visitor_id, at__gt=clock.now() - REMEMBERED)))


def _record(fact: facts.Fact | None) -> None:
    if fact is not None:
        record([fact])

"""What this room does when something happened elsewhere: it notes whose facts are to be counted again."""

from uuid import UUID

from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentGiven, ConsentWithdrawn, VisitorRecognised
from renmai.accounts.queries import user as user_of
from renmai.insight.portraits.actions import forget, mark
from renmai.insight.stream.actions import merge_browsers
from renmai.insight.stream.events import BrowserSeparated
from renmai.ordering.events import LineRefunded, OrderPaid, OrderSettled
from renmai.ordering.models import Order
from renmai.sharing.events import CustomerBound
from renmai.sharing.models import Visit


def count_buyer(event: OrderPaid | OrderSettled | LineRefunded) -> None:
    """Her orders changed. Two statements."""
    mark(Order.objects.filter(pk=event.order_id).values_list("buyer", flat=True))


def count_bound(event: CustomerBound) -> None:
    """She has another agent."""
    mark([event.customer_id])


def count_recognised(event: VisitorRecognised) -> None:
    """A guest turned out to be her: what that browser did is hers, and whoever shared with it has brought her."""
    sharers = Visit.objects.filter(visitor=UUID(event.visitor_id), is_valid=True).values_list("share__sharer", flat=True)
    mark(sharers.distinct())
    mark([event.user_id], browsing=True)


def count_without_browser(event: BrowserSeparated) -> None:
    """A browser was not hers after all: what she looked at is counted again without it."""
    mark([event.user_id], browsing=True)


def follow_again(event: ConsentGiven) -> None:
    """She lets the shop keep what she looks at: what it still knows of her browsers is hers, and is counted."""
    if event.purpose == Purpose.BROWSING:
        merge_browsers(user_of(event.user_id))
        mark([event.user_id], browsing=True)


def forget_looks(event: ConsentWithdrawn) -> None:
    """She no longer does: what was made of it goes. It was hidden from everybody the moment she said so."""
    if event.purpose == Purpose.BROWSING:
        forget(user_of(event.user_id))

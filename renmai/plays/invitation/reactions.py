"""What the play does about facts of the rooms below.

VisitorRecognised → on_visitor_recognised · OrderSettled → on_order_settled
"""

from renmai.accounts.events import VisitorRecognised
from renmai.accounts.models import User
from renmai.kernel.compiled import by_key
from renmai.ordering.events import OrderSettled
from renmai.ordering.models import Order
from renmai.plays.invitation.actions import keep, tie_by_link


def on_visitor_recognised(event: VisitorRecognised) -> None:
    """A guest's browser signed in: if an invitation link had brought her, that is who invited her."""
    tie_by_link(User.objects.get(pk=event.user_id))


def on_order_settled(event: OrderSettled) -> None:
    """A sale is kept: perhaps it is what an invitation waits for."""
    keep(by_key(Order, event.order_id))

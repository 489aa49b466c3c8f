"""Who may open the play's pages and call its operations."""

from typing import TYPE_CHECKING

from renmai.accounts.models import User
from renmai.api.tests.cases import Case
from renmai.campaigns.models import Campaign
from renmai.plays.points.play import PLAY
from renmai.plays.points.tests.world import campaign, gift
from tools.testing.rows import ANYONE, Row

if TYPE_CHECKING:
    from renmai.api.tests.street import Street

ROWS: dict[str, Row] = {"points:mine": Row(ANYONE)}

ACCESS: dict[str, Case] = {
    "get_my_points": Case("person", "GET", "/plays/points/mine"),
    "list_my_points": Case("person", "GET", "/plays/points/mine/statement"),
}


def furnish(street: "Street") -> dict[str, object]:
    """A campaign, and a member with points."""
    gift(User.objects.get(pk=str(street.names["member"])), 100)
    return {"points_campaign": campaign().pk}


def shared() -> tuple[Campaign, str, str]:
    """A campaign and the page to which links to it lead; customers get no link of their own to it."""
    running = campaign()
    return running, PLAY.page(running), ""

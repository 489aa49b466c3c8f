"""Who may open the play's page and call its operation."""

from typing import TYPE_CHECKING

from renmai.api.tests.cases import Case
from renmai.campaigns.models import Campaign
from renmai.plays.levels.play import PLAY
from renmai.plays.levels.tests.world import campaign
from tools.testing.rows import ANYONE, Row

if TYPE_CHECKING:
    from renmai.api.tests.street import Street

ROWS: dict[str, Row] = {"levels:mine": Row(ANYONE)}

ACCESS: dict[str, Case] = {"list_levels": Case("anyone", "GET", "/plays/levels", by="guest")}


def furnish(street: "Street") -> dict[str, object]:
    """A campaign."""
    return {"levels_campaign": campaign().pk}


def shared() -> tuple[Campaign, str, str]:
    """A campaign and the page to which links to it lead; customers get no link of their own to it."""
    running = campaign()
    return running, PLAY.page(running), ""

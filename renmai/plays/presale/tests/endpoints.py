"""Who may open the play's pages and call its operations."""

from typing import TYPE_CHECKING

from renmai.accounts.models import User, Visitor
from renmai.api.tests.cases import Case
from renmai.campaigns.models import Campaign
from renmai.campaigns.queries.running import forget_running
from renmai.journeys.tests.world import Customer
from renmai.plays.presale.play import CALL_OFF, PLAY
from renmai.plays.presale.tests.world import booked, presale
from tools.testing.rows import ANYONE, PERSON, Row

if TYPE_CHECKING:
    from renmai.api.tests.street import Street

OFFER = {"campaign_id": "presale"}

ROWS: dict[str, Row] = {
    "presale:list": Row(ANYONE),
    "presale:offer": Row(ANYONE, words=OFFER),
    # Whoever asks for a link of her own gets one.
    "presale:share": Row(PERSON, words=OFFER, writes=frozenset({"sharing_share"})),
    "presale:mine": Row(PERSON),
}

ACCESS: dict[str, Case] = {
    "list_presales": Case("anyone", "GET", "/plays/presale/campaigns", by="guest"),
    "get_presale": Case("anyone", "GET", "/plays/presale/campaigns/{presale}", by="guest"),
    "list_my_presale_bookings": Case("person", "GET", "/plays/presale/bookings"),
    "call_presale_off": Case(
        "campaigns.manage",
        "POST",
        "/plays/presale/campaigns/{presale}/call-off",
        {"reason": "the harvest failed this year"},
        by="owner",
    ),
}


def furnish(street: "Street") -> dict[str, object]:
    """A pre-sale in which the member has booked something."""
    member = User.objects.get(pk=str(street.names["member"]))
    visitor = Visitor.objects.filter(user=member).earliest("joined_at")
    campaign = presale()
    forget_running()
    booked(Customer(member, visitor, int(str(street.names["address"]))), campaign)
    return {"presale": campaign.pk, "presale_act": CALL_OFF}


def shared() -> tuple[Campaign, str, str]:
    """A campaign, the page to which links to it lead, and where whoever sees that gets a link of her own."""
    running = presale()
    path = PLAY.page(running)
    return running, path, f"{path}share/"

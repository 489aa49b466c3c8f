"""Who may open the play's pages and call its operations."""

from typing import TYPE_CHECKING

from django.urls import reverse

from renmai.accounts.models import User
from renmai.api.tests.cases import Case
from renmai.campaigns.models import Campaign
from renmai.journeys.tests.world import customer
from renmai.plays.bargain.actions import start
from renmai.plays.bargain.tests.world import bargaining, helped
from tools.testing.rows import ANYONE, PERSON, Row

if TYPE_CHECKING:
    from renmai.api.tests.street import Street

CAMPAIGN, FRIENDS = {"campaign_id": "bargaining"}, {"number": "friends_bargain"}

ROWS: dict[str, Row] = {
    "bargain:mine": Row(PERSON),
    "bargain:offer": Row(ANYONE, words=CAMPAIGN),
    "bargain:start": Row(acts=PERSON, words=CAMPAIGN),
    "bargain:bargain": Row(ANYONE, words=FRIENDS),
    "bargain:help": Row(acts=PERSON, words=FRIENDS),
    # Whoever asks for a link of her own gets one.
    "bargain:share": Row(PERSON, words=FRIENDS, writes=frozenset({"sharing_share"})),
}

ACCESS: dict[str, Case] = {
    "list_bargain_offers": Case("anyone", "GET", "/plays/bargain/offers", by="guest"),
    "start_bargain": Case("person", "POST", "/plays/bargain/offers/{bargaining}/bargains", status=201),
    "list_my_bargains": Case("person", "GET", "/plays/bargain/mine"),
    "get_bargain": Case("anyone", "GET", "/plays/bargain/{friends_bargain}", by="guest"),
    "list_bargain_cuts": Case("anyone", "GET", "/plays/bargain/{friends_bargain}/cuts", by="guest"),
    "help_bargain": Case("person", "POST", "/plays/bargain/{friends_bargain}/cuts", status=201),
}


def furnish(street: "Street") -> dict[str, object]:
    """A campaign, a bargain of the member's, and one of somebody who is nobody else in the street, helped once."""
    campaign = bargaining(helpers=50)
    start(User.objects.get(pk=str(street.names["member"])), campaign.pk)
    friends = start(customer().user, campaign.pk)
    helped(friends, 1)
    return {"bargaining": campaign.pk, "friends_bargain": friends.number}


def shared() -> tuple[Campaign, str, str]:
    """A campaign, the page to which links to it lead, and where whoever sees that gets a link of her own."""
    bargain = start(customer().user, bargaining().pk)
    path = reverse("bargain:bargain", args=[bargain.number])
    return bargain.campaign, path, f"{path}share/"

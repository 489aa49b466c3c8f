"""Who may open the play's pages and call its operations."""

from typing import TYPE_CHECKING

from renmai.accounts.models import User
from renmai.api.tests.cases import Case
from renmai.campaigns.models import Campaign
from renmai.plays.coupon.actions import claim
from renmai.plays.coupon.play import PLAY
from renmai.plays.coupon.tests.world import campaign
from tools.testing.rows import ANYONE, PERSON, Row

if TYPE_CHECKING:
    from renmai.api.tests.street import Street

CAMPAIGN = {"number": "coupon_campaign"}

ROWS: dict[str, Row] = {
    "coupon:centre": Row(ANYONE),
    "coupon:mine": Row(PERSON),
    "coupon:word": Row(acts=PERSON, form={"word": "neighbours"}),
    "coupon:campaign": Row(ANYONE, words=CAMPAIGN),
    "coupon:claim": Row(acts=PERSON, words=CAMPAIGN, takes=frozenset({"next"})),
    # Whoever asks for a link of her own gets one.
    "coupon:share": Row(PERSON, words=CAMPAIGN, writes=frozenset({"sharing_share"})),
}

ACCESS: dict[str, Case] = {
    "list_coupon_offers": Case("anyone", "GET", "/plays/coupon/offers", by="guest"),
    "get_coupon_offer": Case("anyone", "GET", "/plays/coupon/offers/{coupon_campaign}", by="guest"),
    "claim_coupon": Case("person", "POST", "/plays/coupon/offers/{coupon_campaign}/claims", status=201),
    "claim_coupon_by_word": Case("person", "POST", "/plays/coupon/words", {"word": "neighbours"}, status=201),
    "list_my_coupons": Case("person", "GET", "/plays/coupon/mine"),
}


def furnish(street: "Street") -> dict[str, object]:
    """A campaign in the centre, one that is claimed by a coupon code, and a coupon of the member's."""
    campaign(claim="word", word="neighbours", per_person=20)
    running = campaign(per_person=20)
    claim(User.objects.get(pk=str(street.names["member"])), running.pk)
    return {"coupon_campaign": running.number}


def shared() -> tuple[Campaign, str, str]:
    """A campaign, the page to which links to it lead, and where whoever sees that gets a link of her own."""
    running = campaign()
    path = PLAY.page(running)
    return running, path, f"{path}share/"

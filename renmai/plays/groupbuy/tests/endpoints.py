"""Who may open the play's pages and call its operations."""

from typing import TYPE_CHECKING

from renmai.api.tests.cases import Case
from renmai.campaigns.models import Campaign
from renmai.journeys.tests.world import customer
from renmai.plays.groupbuy.play import PLAY
from renmai.plays.groupbuy.tests.world import campaign, joined, member_of_street, opened
from tools.testing.rows import ANYONE, PERSON, Row

if TYPE_CHECKING:
    from renmai.api.tests.street import Street

CAMPAIGN, GROUP = {"number": "together"}, {"number": "group"}
MAKES_ONES_LINK = frozenset({"sharing_share"})
"""Whoever asks for a link of her own gets one."""

ROWS: dict[str, Row] = {
    "groupbuy:together": Row(ANYONE),
    "groupbuy:mine": Row(PERSON),
    "groupbuy:campaign": Row(ANYONE, words=CAMPAIGN),
    "groupbuy:share_campaign": Row(PERSON, words=CAMPAIGN, writes=MAKES_ONES_LINK),
    # A group is open to whoever has its link; only its members can leave it.
    "groupbuy:group": Row(ANYONE, words=GROUP),
    "groupbuy:leave": Row(acts=PERSON, words=GROUP),
    "groupbuy:share_group": Row(PERSON, words=GROUP, writes=MAKES_ONES_LINK),
}

ACCESS: dict[str, Case] = {
    "list_group_offers": Case("anyone", "GET", "/plays/groupbuy/offers", by="guest"),
    "list_groups_of_people_known": Case("person", "GET", "/plays/groupbuy/offers/{together_id}/groups"),
    "list_my_groups": Case("person", "GET", "/plays/groupbuy/mine"),
    "get_group": Case("anyone", "GET", "/plays/groupbuy/groups/{group}", by="guest"),
    "leave_group": Case("person", "POST", "/plays/groupbuy/groups/{group}/leave", by="member"),
}


def furnish(street: "Street") -> dict[str, object]:
    """A campaign, and two groups of somebody who is nobody else in the street, the member in one of them."""
    running, leader = campaign(), customer()
    group = opened(running, who=leader)
    opened(running, who=leader)
    joined(group, who=member_of_street(int(str(street.names["member"]))))
    return {"together": running.number, "together_id": running.pk, "group": group.number}


def shared() -> tuple[Campaign, str, str]:
    """A campaign, the page to which links to it lead, and where whoever sees that gets a link of her own."""
    running = campaign()
    path = PLAY.page(running)
    return running, path, f"{path}share/"

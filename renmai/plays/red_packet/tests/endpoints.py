"""Who may open the play's pages and call its operations."""

from typing import TYPE_CHECKING

from renmai.accounts.models import User
from renmai.api.tests.cases import Case
from renmai.campaigns.models import Campaign
from renmai.plays.red_packet.actions import open_packet
from renmai.plays.red_packet.play import PLAY
from renmai.plays.red_packet.tests.world import campaign
from tools.testing.rows import ANYONE, PERSON, Row

if TYPE_CHECKING:
    from renmai.api.tests.street import Street

CAMPAIGN = {"number": "packet_campaign"}

ROWS: dict[str, Row] = {
    "red_packet:mine": Row(PERSON),
    "red_packet:campaign": Row(ANYONE, words=CAMPAIGN),
    "red_packet:open": Row(acts=PERSON, words=CAMPAIGN),
    # Whoever asks for a link of her own gets one.
    "red_packet:share": Row(PERSON, words=CAMPAIGN, writes=frozenset({"sharing_share"})),
}

ACCESS: dict[str, Case] = {
    "list_my_red_packets": Case("person", "GET", "/plays/red_packet/mine"),
    "get_red_packets": Case("anyone", "GET", "/plays/red_packet/{packet_campaign}", by="guest"),
    "open_red_packet": Case("person", "POST", "/plays/red_packet/{packet_campaign}/open", status=201),
}


def furnish(street: "Street") -> dict[str, object]:
    """A campaign with packets for everybody, and a packet of the member's from another."""
    open_packet(User.objects.get(pk=str(street.names["member"])), campaign().pk)
    return {"packet_campaign": campaign(packets=500, total_fen=5000).number}


def shared() -> tuple[Campaign, str, str]:
    """A campaign, the page to which links to it lead, and where whoever sees that gets a link of her own."""
    running = campaign()
    path = PLAY.page(running)
    return running, path, f"{path}share/"

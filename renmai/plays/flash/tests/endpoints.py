"""Who may open the play's pages and call its operations."""

from typing import TYPE_CHECKING

from renmai.accounts.models import User
from renmai.api.tests.cases import Case
from renmai.campaigns.models import Campaign
from renmai.plays.flash.actions import grab
from renmai.plays.flash.play import PLAY
from renmai.plays.flash.tests.world import flash_sale
from tools.testing.rows import ANYONE, MEMBER, PERSON, Row

if TYPE_CHECKING:
    from renmai.api.tests.street import Street

SALE, OWN = {"campaign_id": "flash_sale"}, {"number": "flash_ticket"}

ROWS: dict[str, Row] = {
    "flash:list": Row(ANYONE),
    "flash:sale": Row(ANYONE, words=SALE),
    "flash:grab": Row(acts=PERSON, words=SALE),
    # Whoever asks for a link of her own gets one.
    "flash:share": Row(PERSON, words=SALE, writes=frozenset({"sharing_share"})),
    "flash:mine": Row(PERSON),
    "flash:ticket": Row(PERSON, owner=MEMBER, words=OWN),
    "flash:leave": Row(acts=PERSON, owner=MEMBER, words=OWN),
}

ACCESS: dict[str, Case] = {
    "list_flash_sales": Case("anyone", "GET", "/plays/flash/sales", by="guest"),
    "get_flash_sale": Case("anyone", "GET", "/plays/flash/sales/{flash_sale}", by="guest"),
    "grab_flash_ticket": Case("person", "POST", "/plays/flash/sales/{flash_sale}/tickets", status=201),
    "list_my_flash_tickets": Case("person", "GET", "/plays/flash/tickets"),
    "get_flash_ticket": Case("own:member", "GET", "/plays/flash/tickets/{flash_ticket}"),
    "leave_flash_ticket": Case("own:member", "POST", "/plays/flash/tickets/{flash_ticket}/leave"),
}


def furnish(street: "Street") -> dict[str, object]:
    """A sale, and the member's place in another one."""
    member = User.objects.get(pk=str(street.names["member"]))
    return {"flash_sale": flash_sale(pieces=20).pk, "flash_ticket": grab(member, flash_sale(pieces=2).pk).number}


def shared() -> tuple[Campaign, str, str]:
    """A campaign, the page to which links to it lead, and where whoever sees that gets a link of her own."""
    running = flash_sale(pieces=20)
    path = PLAY.page(running)
    return running, path, f"{path}share/"

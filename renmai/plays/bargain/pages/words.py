"""A bargain as its pages show it: what has come off, what is missing, who helped, in words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from renmai.accounts.models import User
from renmai.catalogue import queries as catalogue
from renmai.catalogue.models import Sku
from renmai.plays.bargain.models import Bargain, Cut
from renmai.web.storefront.tiles import Tile, tile

HIDDEN = "**"
MOST_SEATS = 20


@dataclass(frozen=True)
class Helper:
    """Somebody who helped, as others may see her: the beginning of her name, her drawn face, how much and when."""

    name: str
    seed: str
    cut: Cut
    is_viewer: bool


@dataclass(frozen=True)
class Progress:
    """How far a price has come down. Amounts in fen."""

    bargain: Bargain
    way_fen: int
    to_go_fen: int
    kind: str
    buy_url: str

    @property
    def free_seats(self) -> range:
        """The helpers that are missing, as empty seats."""
        return range(self.bargain.helpers_left)

    @property
    def shows_seats(self) -> bool:
        """Whether there are few enough helpers to draw each."""
        return self.bargain.helpers <= MOST_SEATS


KINDS = {Bargain.Status.OPEN: "info", Bargain.Status.ORDERED: "warn", Bargain.Status.BOUGHT: "good", Bargain.Status.EXPIRED: ""}


def progress_of(bargain: Bargain) -> Progress:
    """Return how far a bargain is, with the address of the checkout at its present price."""
    asked = {"sku_id": bargain.sku_id, "quantity": 1, "play": f"bargain:{bargain.campaign_id}:{bargain.number}"}
    return Progress(
        bargain=bargain,
        way_fen=bargain.start_fen - bargain.floor_fen,
        to_go_fen=bargain.price_fen - bargain.floor_fen,
        kind=KINDS[Bargain.Status(bargain.status)],
        buy_url=f"{reverse('storefront:checkout')}?{urlencode(asked)}",
    )


def helpers_of(cuts: Sequence[Cut], viewer: User | None) -> list[Helper]:
    """Return who helped; nobody but the viewer is named in full."""
    return [
        Helper(
            name=_("You") if viewer and cut.helper_id == viewer.pk else masked(cut.helper.display_name),
            seed=cut.helper.avatar_seed,
            cut=cut,
            is_viewer=viewer is not None and cut.helper_id == viewer.pk,
        )
        for cut in cuts
    ]


def masked(name: str) -> str:
    """Return the beginning of a name."""
    return name[:1] + HIDDEN


def tile_of(sku: Sku) -> Tile | None:
    """Return the goods as a card, also when they are not on sale any more; None when nothing can be shown."""
    cards = catalogue.cards([sku.product_id], only_listed=False)
    return tile(cards[0], "social") if cards else None

"""Groups and campaigns as their pages show them: who is there, what it costs with how many, what comes next."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.catalogue import queries as catalogue
from renmai.catalogue.models import Sku
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.terms import Terms, terms_of
from renmai.web.storefront.tiles import Tile, tile

HIDDEN = "**"
MOST_HEXES = 20
"""More places than this are counted, not drawn."""

State = Literal["open", "ending", "done", "failed"]


@dataclass(frozen=True)
class Member:
    """Somebody in a group, as the viewer may see her: in full if they know each other, else the beginning of her name."""

    name: str
    seed: str
    leads: bool
    is_viewer: bool


@dataclass(frozen=True)
class Step:
    """One size with its price; ``is_reached`` says that so many are there."""

    people: int
    price_fen: int
    is_reached: bool
    missing: int


@dataclass(frozen=True)
class GroupCard:
    """A group on a page. ``state`` ``ending``: its time is up, and the worker will say in a moment what became of it."""

    group: Group
    terms: Terms
    tile: Tile | None
    members: tuple[Member, ...]
    state: State

    @property
    def seeds(self) -> list[str]:
        """The faces of those who are there."""
        return [member.seed for member in self.members]

    @property
    def free(self) -> range:
        """The empty places."""
        return range(self.group.places_left)

    @property
    def shows_hexes(self) -> bool:
        """Whether there are few enough places to draw each."""
        return self.group.size <= MOST_HEXES

    @property
    def steps(self) -> list[Step]:
        """The sizes with their prices."""
        return steps_of(self.terms, self.group.joined)

    @property
    def best_fen(self) -> int:
        """What a piece costs when every place is taken, or what it cost in the end."""
        return self.group.price_fen or self.terms.tiers[-1].price_fen


@dataclass(frozen=True)
class CampaignCard:
    """An open campaign on a page."""

    campaign: Campaign
    terms: Terms
    tile: Tile | None

    @property
    def best_fen(self) -> int:
        """What a piece costs in the largest group."""
        return self.terms.tiers[-1].price_fen


def steps_of(terms: Terms, joined: int) -> list[Step]:
    """Return the sizes with their prices, seen by a group of so many."""
    return [
        Step(each.people, each.price_fen, is_reached=joined >= each.people, missing=max(0, each.people - joined))
        for each in terms.tiers
    ]


def group_cards(
    groups: Sequence[Group], members: Mapping[int, Sequence[Seat]], viewer: User | None, *, known: AbstractSet[int] = frozenset()
) -> list[GroupCard]:
    """Return groups (with ``terms`` and ``sku``) as cards. A few statements, however many they are."""
    tiles = tiles_of(group.sku for group in groups)
    return [
        GroupCard(
            group=group,
            terms=group.offer,
            tile=tiles.get(group.sku.product_id),
            members=tuple(_member(seat, group, viewer, known) for seat in members.get(group.pk, ())),
            state=_state(group),
        )
        for group in groups
    ]


def campaign_cards(campaigns: Sequence[Campaign]) -> list[CampaignCard]:
    """Return campaigns as cards. A few statements, however many they are."""
    terms = {campaign.pk: terms_of(campaign.terms) for campaign in campaigns}
    skus = Sku.objects.in_bulk([each.sku_id for each in terms.values()])
    tiles = tiles_of(skus.values())
    return [
        CampaignCard(campaign, terms[campaign.pk], tiles.get(skus[terms[campaign.pk].sku_id].product_id))
        for campaign in campaigns
    ]


def tiles_of(skus: Iterable[Sku]) -> dict[int, Tile]:
    """Return the goods as cards by product, also those that are not on sale any more."""
    ids = list(dict.fromkeys(sku.product_id for sku in skus))
    return {card.id: tile(card, "social") for card in catalogue.cards(ids, only_listed=False)} if ids else {}


def name_for(user: User, viewer: User | None, known: AbstractSet[int] = frozenset()) -> str:
    """Return somebody's name as the viewer may see it."""
    if viewer is not None and user.pk == viewer.pk:
        return _("You")
    return user.display_name if user.pk in known else user.display_name[:1] + HIDDEN


def _member(seat: Seat, group: Group, viewer: User | None, known: AbstractSet[int]) -> Member:
    return Member(
        name=name_for(seat.user, viewer, known),
        seed=seat.user.avatar_seed,
        leads=seat.user_id == group.leader_id,
        is_viewer=viewer is not None and seat.user_id == viewer.pk,
    )


def _state(group: Group) -> State:
    if group.status == Group.Status.OPEN:
        return "open" if group.is_going_on else "ending"
    return "done" if group.status == Group.Status.DONE else "failed"

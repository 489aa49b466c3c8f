"""The contract of a play 玩法: what a package must offer to plug in, and how the core finds it.

A play is a Python package named by an entry point of the group ``renmai.plays``; its module ``play`` holds the one object ``PLAY``. The
package is a Django application (tables, templates, translations) and may have ``urls.py`` (mounted at ``/play/<key>/``), ``api.py``
(``router``, mounted at ``/api/plays/<key>/``), ``audit.py`` (``violations``). Nothing else in the core names it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.campaigns.fields import Field, FieldKind, Variation
from renmai.campaigns.models import Campaign, Participation, Reward
from renmai.campaigns.relations import Interaction
from renmai.campaigns.shown import Act, Card, Figure, Joining, Link, Offer, Text, Told
from renmai.kernel.audits import Violation
from renmai.kernel.errors import DomainError
from renmai.kernel.events import Event
from renmai.ordering.actions.placing import Deposit
from renmai.ordering.models import Order
from renmai.policy.linting import CampaignFacts

__all__ = [
    "GROUP",
    "Act",
    "Ask",
    "Card",
    "Choice",
    "Field",
    "FieldKind",
    "Figure",
    "Grant",
    "Incentive",
    "Joining",
    "Layer",
    "Line",
    "Link",
    "Offer",
    "Option",
    "Play",
    "Text",
    "Timer",
    "Told",
    "Variation",
    "cards_of",
    "giver",
    "links",
    "modules",
    "packages",
    "play",
    "plays",
    "violations",
]

GROUP = "renmai.plays"


class Layer(models.TextChoices):
    """On what of a price a play works, in the order in which it is worked out."""

    PRICE = "price", _("Price of the goods")
    LEVEL = "level", _("Membership")
    COUPON = "coupon", _("Coupon")
    RED_PACKET = "red_packet", _("Red packet")
    POINTS = "points", _("Points")
    NONE = "none", _("Takes nothing off")


class Incentive(models.TextChoices):
    """What makes people take part, for comparing what a kept customer costs."""

    DISCOUNT = "discount", _("Discount")
    PROFIT_SHARE = "profit_share", _("Share of the profit")
    RED_PACKET = "red_packet", _("Red packet")
    POINTS = "points", _("Points")
    NONE = "none", _("None")


@dataclass(frozen=True)
class Choice:
    """What a customer wants of a campaign with her order. ``reference`` is in the play's own words (a group's number, a coupon's)."""

    play: str
    campaign_id: int
    reference: str = ""


@dataclass(frozen=True)
class Line:
    """One SKU of the order as the layers before have left it: ``amount_fen`` = price × quantity − what they took off."""

    sku_id: int
    product_id: int
    quantity: int
    unit_price_fen: int
    amount_fen: int


@dataclass(frozen=True)
class Ask:
    """A customer's choice with the goods it is about, at a moment."""

    user: User
    campaign: Campaign
    choice: Choice
    lines: tuple[Line, ...]
    at: datetime


@dataclass(frozen=True)
class Grant:
    """What a play gives to an order. ``off_fen`` takes so much off each SKU's line; ``held`` keeps the goods back until it succeeds.

    ``pay_before`` shortens the time to pay. With a ``pool_id`` the pieces of the SKUs in ``off_fen`` come from that pool, where
    ``reference`` holds them. ``deposit``: so much is paid first, and the rest later.
    """

    label_zh: str
    label_en: str
    off_fen: Mapping[int, int] = field(default_factory=dict)
    reference: str = ""
    held: bool = False
    pay_before: datetime | None = None
    pool_id: int | None = None
    deposit: Deposit | None = None

    @property
    def discount_fen(self) -> int:
        """What it takes off altogether."""
        return sum(self.off_fen.values())


@dataclass(frozen=True)
class Option:
    """Something of hers that could be used with the order. ``why_not`` is empty when it can be; ``off_fen`` is what it would take off."""

    choice: Choice
    label: str
    off_fen: int
    detail: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class Timer:
    """A sweep of the play: what it is called, how often it runs, and what it does with a limit."""

    name: str
    every_seconds: int
    sweep: Callable[[int], int]
    batch: int = 200


class Play:
    """Base of every play. A subclass names itself and its fields, and overrides what it takes part in.

    The hooks ``placed``, ``paid`` and ``cancelled`` run inside the order's own transaction, before its stock moves: they change their
    scarce rows conditionally, and a ``DomainError`` in ``placed`` refuses the order. ``paid`` must not refuse: the money is there.
    ``released``, ``settled`` and ``refunded`` come later, from the outbox, at least once.
    """

    key: ClassVar[str]
    title: ClassVar[Text]
    says: ClassVar[Text]
    icon: ClassVar[str] = "gift"
    layer: ClassVar[Layer] = Layer.NONE
    incentive: ClassVar[Incentive] = Incentive.NONE
    is_automatic: ClassVar[bool] = False
    """Granted without being chosen, to whoever is entitled (a membership's price)."""

    funnel: ClassVar[str] = "content"
    """The way by which people come to goods that it sells at its own price, where nobody saw them look: a campaign is laid before them."""

    fields: ClassVar[tuple[Field, ...]] = ()
    variations: ClassVar[tuple[Variation, ...]] = ()
    """What of its terms an experiment may vary: what is promised to whom. A play that has some asks what each of its people is dealt."""

    benefits: ClassVar[frozenset[str]] = frozenset()
    """The kinds of rewards that it can grant: ``coupon``, ``red_packet``, ``points``."""

    interactions: ClassVar[tuple[Interaction, ...]] = ()
    """What happens in it between two people, or between somebody and the platform, for the three panels of relations."""

    links: ClassVar[tuple[Link, ...]] = ()
    preview_template: ClassVar[str] = ""
    """What the editor shows beside the form, as the customer would see it; gets what ``preview`` returns."""

    agent_template: ClassVar[str] = ""
    """What an agent sees of a campaign beside its share button: what it is, whom it suits, what she earns."""

    paid_together: Callable[[Sequence[tuple[Order, Participation]]], None] | None = None
    """A method that does as ``paid`` for orders that are paid at the same moment, its rows locked in one order whoever does it. None: each is told by itself."""

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse terms whose fields fit, but not together. Raises ``DomainError`` with the field."""

    def varied(self, terms: Mapping[str, Any], options: Mapping[str, str]) -> Mapping[str, Any]:
        """Return these terms with the options chosen of its ``variations``, by their names; arms that come out equal do not start."""
        return terms

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """Return what the law and the platforms ask about."""
        return CampaignFacts()

    def product_ids(self, terms: Mapping[str, Any]) -> frozenset[int]:
        """Return the products it is about; none: the whole shop."""
        return frozenset()

    def launched(self, campaign: Campaign, actor: User | None) -> None:
        """Prepare what it needs, in the transaction of the launch. Also called when terms change while it runs."""

    def closed(self, campaign: Campaign) -> None:
        """Give back what it has not used, in the transaction that stops or ends it. What customers have begun goes on."""

    def grant(self, ask: Ask) -> Grant:
        """Return what it gives to the order, reading only. Raises why not."""
        raise DomainError("campaigns.not_offered")

    def entitled(self, user: User, campaigns: Sequence[Campaign]) -> Sequence[Choice]:
        """Return what an automatic play grants this person without being asked."""
        return ()

    def options(self, user: User, lines: Sequence[Line]) -> Sequence[Option]:
        """Return what this person could choose for these goods on the checkout page, the best first: her coupons, her points."""
        return ()

    def placed(self, order: Order, part: Participation) -> None:
        """An order with its grant was written down: take what is scarce, now."""

    def paid(self, order: Order, part: Participation) -> None:
        """The money of an order is there. Must find a good end for every case, also too late or full."""

    def cancelled(self, order: Order, part: Participation) -> None:
        """The order ended unpaid: give back what it had taken."""

    def released(self, order: Order, part: Participation) -> None:
        """What the order was held for came true."""

    def settled(self, order: Order, part: Participation) -> None:
        """The sale is kept."""

    def refunded(self, order: Order, part: Participation) -> None:
        """Pieces of the order went back, perhaps all (``order.status`` tells)."""

    def give(self, reward: Reward) -> str:
        """Hand out a reward of one of its ``benefits``, in the caller's transaction; return what it is in the play's own words."""
        raise DomainError("campaigns.unknown_benefit")

    def can_give(self, benefit: str) -> bool:
        """Whether a reward of one of its ``benefits`` could be handed out now: perhaps a campaign must be open for it."""
        return True

    def promises(self, terms: Mapping[str, Any]) -> frozenset[str]:
        """Return the kinds of rewards that a campaign with these terms can come to owe."""
        return frozenset()

    def cost_fen(self, benefit: str, amount: int) -> int:
        """Return what a reward of one of its ``benefits`` takes from its campaign's budget, in fen."""
        return amount

    def offers(self, campaigns: Sequence[Campaign], product_id: int, viewer: User | None) -> Sequence[Offer]:
        """Return what to say on the page of a product. ``campaigns`` are open and about it."""
        return ()

    def told(self, order: Order, part: Participation) -> Told | None:
        """Return what the order's own page says of it; None: the price says it all."""
        return None

    def page(self, campaign: Campaign) -> str:
        """Return the path of its page for customers, where agents' links and scenes lead: the play's first menu entry if not said otherwise.

        Empty: it has none.
        """
        entry = next((link for link in self.links if link.place in {"tab", "me"}), None)
        return reverse(entry.url_name) if entry else ""

    def page_from(self, campaign: Campaign, sharer: User) -> str:
        """Return the path that an agent's own link opens: the page of everybody, if not said otherwise. Only for campaigns with a page."""
        return self.page(campaign)

    def card(self, campaign: Campaign, path: str) -> Card:
        """Return what a link to one of its pages says of it."""
        return Card(campaign.title, None)

    def cards(self, campaigns: Sequence[Campaign]) -> Mapping[int, Card]:
        """Return the cards of the pages of several campaigns by their id: a list asks once. Override it where ``card`` sends a statement."""
        return {campaign.pk: self.card(campaign, self.page(campaign)) for campaign in campaigns}

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the context of ``preview_template``."""
        return {}

    def acts(self, campaign: Campaign) -> Sequence[Act]:
        """Return what the staff could do to a launched campaign now, besides pausing and stopping it."""
        return ()

    def act(self, actor: User, campaign: Campaign, key: str, *, reason: str) -> None:
        """Do one of its ``acts``, logged. Asks itself who may. Raises why not."""
        raise DomainError("request.not_found")

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """Return its own statistics; those of every campaign (orders, money, spread) are there already."""
        return ()

    def joinings(self, campaign: Campaign, *, until: datetime, limit: int) -> Sequence[Joining]:
        """Return who took part otherwise than by a link or an order alone, and through whom; the newest ``limit``. At most two statements."""
        return ()

    def causes(self) -> Mapping[type[Event], Sequence[Callable[[Any], None]]]:
        """Return what it does about facts, besides the hooks."""
        return {}

    def timers(self) -> Sequence[Timer]:
        """Return what it does by the clock."""
        return ()


def packages() -> dict[str, str]:
    """Return the packages of the installed plays by key. Reads metadata only, so that settings can ask."""
    return {entry.name: entry.value for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name)}


@cache
def plays() -> Mapping[str, Play]:
    """Return the installed plays by key. Raises ``ImportError`` and ``TypeError`` for a package that breaks the contract."""
    found: dict[str, Play] = {}
    for key, package in packages().items():
        made = import_module(f"{package}.play").PLAY
        if not isinstance(made, Play) or made.key != key:
            raise TypeError(f"{package}.play.PLAY is not the play {key}")
        found[key] = made
    return found


def play(key: str) -> Play:
    """Return a play. Raises ``campaigns.unknown_play``."""
    found = plays().get(key)
    if found is None:
        raise DomainError("campaigns.unknown_play")
    return found


def cards_of(campaigns: Sequence[Campaign]) -> dict[int, Card]:
    """Return the cards of the pages of these campaigns by their id, asking each play once; without those of plays that are gone."""
    by_play: dict[str, list[Campaign]] = {}
    for campaign in campaigns:
        by_play.setdefault(campaign.play, []).append(campaign)
    return {pk: card for key, rows in by_play.items() if key in plays() for pk, card in plays()[key].cards(rows).items()}


def giver(benefit: str) -> Play:
    """Return the play that hands out a kind of reward. Raises ``campaigns.unknown_benefit``."""
    for each in plays().values():
        if benefit in each.benefits:
            return each
    raise DomainError("campaigns.unknown_benefit")


def links(place: str) -> list[Link]:
    """Return what the plays add to a menu."""
    return [link for each in plays().values() for link in each.links if link.place == place]


def modules(name: str) -> dict[str, Any]:
    """Return the module ``name`` of each play that has one (``urls``, ``api``), by key."""
    wanted = {key: f"{package}.{name}" for key, package in packages().items()}
    return {key: import_module(path) for key, path in wanted.items() if find_spec(path) is not None}


def violations() -> Iterator[Violation]:
    """Yield what the plays' own audits find."""
    for module in modules("audit").values():
        yield from module.violations()

"""Shops, links, and who is bound to whom."""

from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import Code, Id, In, Picture
from renmai.api.schemas.goods import CardOut
from renmai.distribution import queries as distribution
from renmai.web.ui.pictures import avatar_url


class ShopOut(Out):
    """An agent's micro-shop."""

    code: str
    name: str
    voice: str
    status: str
    agent_name: str = Field(alias="owner.display_name")
    avatar_url: str
    opened_at: datetime

    @staticmethod
    def resolve_avatar_url(shop: Any) -> str:
        """Her picture, else her drawn face."""
        return avatar_url(shop.picture_path or shop.owner.avatar_seed)


class ShopItemOut(Out):
    """A product that an agent stands behind, with her words."""

    product: CardOut
    voice: str
    position: int


class ShareOut(Out):
    """A link: what it opens, who gave it, and through how many hands it came (``depth``)."""

    code: str = Field(examples=["7K3M9QXA2B"])
    kind: str = Field(examples=["product"])
    url: str = Field(description="The address for messages and QR codes.")
    product_id: int | None
    shop_code: str | None
    sharer_name: str = Field(alias="sharer.display_name")
    depth: int
    created_at: datetime

    @staticmethod
    def resolve_url(link: Any) -> str:
        """The whole address."""
        return settings.RENMAI_BASE_URL.rstrip("/") + reverse("storefront:share", args=[link.code])

    @staticmethod
    def resolve_shop_code(link: Any) -> str | None:
        """The shop that orders go to."""
        return link.shop.code if link.shop else None


class DisclosureOut(Out):
    """What the agent behind a link earns. Whoever shows the link shows this: ``sentence``, or its own words for the same."""

    earns: bool
    basis_points: int | None = Field(description="Of what is paid for this product; none for a whole shop.")
    sentence: str


class OpenedShareOut(Out):
    """What a link opens: the shop, the product, and the disclosure."""

    share: ShareOut
    shop: ShopOut | None
    product: CardOut | None
    disclosure: DisclosureOut


class VisitOut(OpenedShareOut):
    """What a link opens, and whether this opening counts: one's own and those of machines do not."""

    is_valid: bool


class BindingOut(Out):
    """Which agent a customer stays with, until when, and until when no other agent's link moves her."""

    shop: ShopOut
    bound_at: datetime
    renewed_at: datetime
    protected_until: datetime
    expires_at: datetime | None


class BindingChangeOut(Out):
    """One entry of the log of bindings."""

    change: str
    reason: str
    shop_name: str = Field(alias="shop.name")
    at: datetime


class MyBindingOut(Out):
    """The binding that holds now, and how it came to be."""

    binding: BindingOut | None
    log: list[BindingChangeOut]


class CascadeNodeOut(Out):
    """One person of the tree; ``name`` is empty for a guest."""

    key: str
    parent_key: str
    name: str
    depth: int
    visited_at: datetime | None
    has_ordered: bool


class CascadeOut(Out):
    """Who came through whom: people per generation, and how far from one another they are on average."""

    root: ShareOut
    size: int
    depth: int
    generations: list[int]
    structural_virality: float
    is_cut: bool
    nodes: list[CascadeNodeOut]


class ShareFigureOut(Out):
    """What one link brought."""

    share: ShareOut
    visits: int
    visitors: int
    orders: int
    paid_fen: int


class CustomerOut(Out):
    """A customer as her agent may see her: no phone, no address."""

    customer_id: int = Field(alias="binding.customer_id")
    name: str
    bound_at: datetime = Field(alias="binding.bound_at")
    orders: int
    paid_fen: int
    last_order_at: datetime | None
    days_left: int | None
    protected_days_left: int


class RelationOut(Out):
    """One customer with the log of her binding to this shop."""

    customer: CustomerOut
    log: list[BindingChangeOut]


class ShareIn(In):
    """What is to be passed on: a product, or a whole shop."""

    kind: Literal["product", "shop"]
    product_id: Id | None = None
    shop_code: Code | None = Field(
        default=None, description="For a product: the shop it leads to, else one's own or the one come through."
    )


class ShopChangeIn(In):
    """The face of one's shop."""

    name: str = Field(max_length=30)
    voice: str = Field(default="", max_length=200)


class VoiceIn(In):
    """Why this product, in one's own words."""

    voice: str = Field(default="", max_length=400)


class MoveIn(In):
    """Where to on the shelf."""

    move: Literal["up", "down", "top"]


class PictureIn(In):
    """One picture."""

    picture: Picture


class ExpectedReachOut(Out):
    """People expected to open a link in its first seven days: the mean, and two numbers between which nine in ten links end. A guess."""

    mean: float
    low: int
    high: int


class LinkReachOut(Out):
    """Different people who opened a link in its first seven days, of which ``days`` are over; ``expected`` is null while too little is known."""

    people: int
    days: int
    expected: ExpectedReachOut | None


class ShareStoryOut(Out):
    """A link of one's shop with what came of it."""

    share: ShareOut
    visits: int
    visitors: int
    not_counted: int
    orders: int
    paid_fen: int
    reach: LinkReachOut


class ShopDayOut(Out):
    """One day of a shop in China time."""

    day: Text
    visits: int
    orders: int
    paid_fen: int
    earned_fen: int


def disclosure_of(link: Any) -> DisclosureOut:
    """Return what the agent behind ``link`` earns on it."""
    from django.utils.translation import gettext as _

    shop = link.shop
    if shop is None or distribution.agent_of_user(shop.owner_id) is None:
        return DisclosureOut(earns=False, basis_points=0, sentence=_("Nobody earns a commission on this link."))
    if link.product_id is None:
        sentence = _("The agent may earn a commission on what you buy. Your price is the same with or without her.")
        return DisclosureOut(earns=True, basis_points=None, sentence=sentence)
    points = distribution.rates_for([link.product_id])[link.product_id].basis_points
    if not points:
        return DisclosureOut(earns=False, basis_points=0, sentence=_("Nobody earns a commission on this link."))
    sentence = _(
        "The agent earns a commission of %(percent)s of what you pay, once you keep it. Your price is the same with or without her."
    )
    return DisclosureOut(earns=True, basis_points=points, sentence=sentence % {"percent": f"{points / 100:g}%"})

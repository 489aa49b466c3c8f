"""Who stands behind a product: her face, her words, how long she has sold it, and what she earns with it, said plainly."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.accounts.models import User
from renmai.distribution import queries as distribution
from renmai.distribution.policies import pays_commission
from renmai.kernel import clock
from renmai.sharing.models import Share, Shop, ShopItem

MONTH_DAYS = 30
YEAR_DAYS = 365


@dataclass(frozen=True)
class Person:
    """Somebody as strangers see her: the name she gives herself, and what draws her face."""

    name: str
    seed: str


@dataclass(frozen=True)
class ShopFace:
    """A shop as pages show it: the code in its address, its name, its agent's name, and what draws her."""

    code: str
    name: str
    agent: str
    seed: str


@dataclass(frozen=True)
class Introduction:
    """What the card above a product says. ``passed_on_by`` is the member through whose link it came, when not the agent herself."""

    shop: ShopFace
    since: str
    voice: str
    disclosure: str
    url: str
    passed_on_by: Person | None = None
    is_own: bool = False
    feedback_code: str = ""
    """The link that she may say something of, when one led here and it is not hers."""


def introduce(
    shop: Shop, product_id: int | None, *, user: User | None, link: Share | None = None, item: ShopItem | None = None
) -> Introduction:
    """Return the introduction of ``shop``'s agent to a product, or to her shop when there is none. Two statements at most.

    ``item`` is the shop's own entry for the product, if it has one.
    """
    if item:
        since = _("Has recommended this for %(span)s") % {"span": span_text(item.added_at)}
    else:
        since = _("Has kept this shop for %(span)s") % {"span": span_text(shop.opened_at)}
    return Introduction(
        shop=shop_face(shop),
        since=since,
        voice=(item.voice if item else "") or shop.voice,
        disclosure=disclosure(shop, product_id),
        url=reverse("storefront:shop", args=[shop.code]),
        passed_on_by=person(link.sharer) if link and link.sharer_id != shop.owner_id else None,
        is_own=user is not None and user.pk == shop.owner_id,
        feedback_code=feedback_code(link, user),
    )


def feedback_code(link: Share | None, user: User | None) -> str:
    """Return the code of a link that a visitor may say something of: any but her own."""
    return link.code if link is not None and (user is None or user.pk != link.sharer_id) else ""


def person(user: User) -> Person:
    """Return how a member is shown to others."""
    return Person(user.display_name, user.avatar_seed)


def shop_face(shop: Shop) -> ShopFace:
    """Return how a shop is shown; its owner was loaded with it."""
    return ShopFace(shop.code, shop.name, shop.owner.display_name, face_of(shop))


def face_of(shop: Shop) -> str:
    """Return what draws the agent: her picture, else her drawn face."""
    return shop.picture_path or shop.owner.avatar_seed


def disclosure(shop: Shop, product_id: int | None) -> str:
    """Return the line that says what the agent earns, or that she earns nothing."""
    name = shop.owner.display_name
    nothing = _("%(name)s earns nothing when you buy.") % {"name": name}
    if not pays_commission():
        return nothing
    if product_id is None:
        if distribution.agent_of_user(shop.owner_id) is None:
            return nothing
        return _("%(name)s earns a commission on most of what you buy and keep. You pay the same price as everybody.") % {
            "name": name
        }
    points = distribution.points_on(shop.owner_id, product_id)
    if points is None:
        return nothing
    if not points:
        return _("%(name)s earns nothing when you buy this.") % {"name": name}
    return _(
        "%(name)s earns %(percent)s of what you pay for it as a commission, once you keep it. Your price is the same either way."
    ) % {"name": name, "percent": percent_text(points)}


def percent_text(basis_points: int) -> str:
    """Return a rate as people read it: ``12%``, ``7.5%``."""
    whole, hundredths = divmod(basis_points, 100)
    return f"{whole}.{hundredths:02d}".rstrip("0").rstrip(".") + "%"


def span_text(since: datetime) -> str:
    """Return how long something has lasted: days, then months, then years."""
    days = (clock.now() - since).days
    if days < 1:
        return _("less than a day")
    if days < 2 * MONTH_DAYS:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if days < 2 * YEAR_DAYS:
        months = days // MONTH_DAYS
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    years = days // YEAR_DAYS
    return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}

"""What this room holds of people: shops, links, openings of links, bindings."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.sharing.models import Attribution, Binding, BindingLog, Mute, Pause, Share, Shop, ShopItem, Visit

HOLDINGS: Final = (
    Holding(model=ShopItem, person="shop__owner", topic=Topic.SHOP, copied=("product__code", "voice", "added_at")),
    Holding(
        model=Shop,
        person="owner",
        topic=Topic.SHOP,
        stays=Why.OTHERS,
        put_out={"name": "", "voice": "", "picture_path": "", "status": Shop.Status.CLOSED},
        files=("picture_path",),
        copied=("code", "name", "voice", "status", "opened_at"),
    ),
    Holding(
        model=Share,
        person="sharer",
        topic=Topic.LINKS,
        stays=Why.OTHERS,
        copied=("code", "kind", "product_id", "page", "depth", "created_at"),
    ),
    # Her openings of others' links are openings of nobody: how far a link reached was told to whoever shared it.
    Holding(
        model=Visit,
        person="user",
        topic=Topic.LINKS,
        stays=Why.COUNTED,
        put_out={"user": None},
        copied=("share__code", "is_valid", "at"),
    ),
    Holding(model=Visit, person="visitor__user", topic=Topic.LINKS, stays=Why.COUNTED, uncopied=Uncopied.INSIDE),
    Holding(model=Mute, person="receiver", topic=Topic.TRUST, copied=("sharer__display_name", "at")),
    Holding(model=Mute, person="sharer", topic=Topic.TRUST, uncopied=Uncopied.OTHERS),
    Holding(model=Pause, person="sharer", topic=Topic.LINKS, copied=("reason", "begins_at", "until", "lifted_at", "lift_reason")),
    Holding(
        model=Binding,
        person="customer",
        topic=Topic.AGENT,
        stays=Why.OTHERS,
        copied=("shop__name", "status", "bound_at", "renewed_at", "protected_until", "expires_at", "ended_at", "end_reason"),
    ),
    Holding(model=Binding, person="shop__owner", topic=Topic.SHOP, stays=Why.OTHERS, uncopied=Uncopied.OTHERS),
    Holding(
        model=BindingLog,
        person="customer",
        topic=Topic.AGENT,
        stays=Why.PROOF,
        copied=("shop__name", "change", "reason", "evidence", "at"),
    ),
    Holding(
        model=Attribution,
        person="order__buyer",
        topic=Topic.AGENT,
        stays=Why.OTHERS,
        copied=("order__number", "rule", "shop__name", "evidence", "at"),
    ),
)

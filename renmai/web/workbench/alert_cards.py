"""Alerts as cards: who, what, how sure and why, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.alerts.queries import Card
from renmai.web.workbench import goods
from renmai.web.workbench.goods import Goods

MINUTE: Final = 60


@dataclass(frozen=True)
class AlertCard:
    """One card. ``product`` is None when it has just gone off sale; ``trust_cost_fen`` is None where nothing was priced."""

    id: int
    customer_id: int
    name: str
    avatar_seed: str
    product: Goods | None
    title: str
    chance_percent: int
    reasons: tuple[str, ...]
    trust_cost_fen: int | None
    browsed_at: datetime
    due_at: datetime
    minutes_left: int


def shown(card: Card) -> AlertCard:
    """Return one card in words. Four statements for its product."""
    return all_shown([card])[0]


def all_shown(cards: Sequence[Card]) -> list[AlertCard]:
    """Return cards in words, in their order, with their products looked up together."""
    known = {product.id: product for product in goods.several([card.alert.product_id for card in cards])}
    return [
        AlertCard(
            id=card.alert.pk,
            customer_id=card.alert.customer_id,
            name=card.name,
            avatar_seed=card.avatar_seed,
            product=known.get(card.alert.product_id),
            title=card.alert.product.title,
            chance_percent=card.chance_percent,
            reasons=tuple(_reason(name, value) for name, value in card.reasons),
            trust_cost_fen=card.alert.trust_cost_fen,
            browsed_at=card.alert.browsed_at,
            due_at=card.alert.due_at,
            minutes_left=card.minutes_left,
        )
        for card in cards
    ]


def _reason(name: str, value: int) -> str:
    say = _REASONS.get(name)
    return say(value) if say else ""


def _seconds(value: int) -> str:
    if value < MINUTE:
        return ngettext("stayed %(count)d second", "stayed %(count)d seconds", value) % {"count": value}
    minutes = value // MINUTE
    return ngettext("stayed %(count)d minute", "stayed %(count)d minutes", minutes) % {"count": minutes}


_REASONS: Mapping[str, Callable[[int], str]] = {
    "views": lambda value: ngettext("looked once", "looked %(count)d times", value) % {"count": value},
    "seconds": _seconds,
    "scroll_percent": lambda value: _("read to the end") if value >= 90 else _("read %(part)d %% of the page") % {"part": value},
    "pictures": lambda value: ngettext("opened %(count)d picture", "opened %(count)d pictures", value) % {"count": value},
    "variants": lambda _value: _("chose a variant"),
    "cart_additions": lambda _value: _("put it into the cart"),
    "cart_openings": lambda _value: _("opened the cart"),
    "searches": lambda _value: _("searched for goods"),
    "other_products": lambda value: (
        ngettext("compared with %(count)d other product", "compared with %(count)d others", value) % {"count": value}
    ),
    "earlier_days": lambda _value: _("looked at it on an earlier day"),
    "past_orders": lambda value: ngettext("has ordered once", "has ordered %(count)d times", value) % {"count": value},
}

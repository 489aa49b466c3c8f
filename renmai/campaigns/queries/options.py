"""What somebody could use with an order, for the checkout page, and what an order's page says of the campaigns it is in."""

from collections.abc import Sequence
from dataclasses import replace

from renmai.accounts.models import User
from renmai.campaigns import stacking
from renmai.campaigns.plays import Layer, Line, Option, Play, Told, play, plays
from renmai.campaigns.queries.lists import parts_of_order
from renmai.campaigns.queries.running import plays_in_use
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order


def options_for(user: User, lines: Sequence[Line], *, priced_by: str = "") -> dict[Layer, tuple[Option, ...]]:
    """Return what ``user`` could choose for these goods, layer by layer, the best first. No statement where no campaign ever ran.

    ``priced_by`` is the play that sets the price of the goods in this order, if one does: what cannot be used beside it says so, before
    anybody chooses it.
    """
    found = {each.layer: tuple(each.options(user, lines)) for each in plays().values() if each.key in plays_in_use()}
    if priced_by:
        found = {layer: tuple(_beside(play(priced_by), layer, each) for each in options) for layer, options in found.items()}
    return {layer: found[layer] for layer in Layer if found.get(layer)}


def _beside(pricing: Play, layer: Layer, option: Option) -> Option:
    if option.why_not or not stacking.gives_way(layer, [pricing.layer]):
        return option
    return replace(option, why_not=DomainError("campaigns.not_together", first=pricing.title, second=layer.label).sentence)


def told_of(order: Order) -> tuple[Told, ...]:
    """Return what the page of an order says of each campaign it is in. No statement for an order that is in none."""
    parts = parts_of_order(order.pk) if order.is_in_campaign else ()
    said = [play(part.play).told(order, part) for part in parts]
    return tuple(each for each in said if each is not None)

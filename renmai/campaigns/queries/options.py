"""What somebody could use with an order, for the checkout page, and what an order's page says of the campaigns it is in."""

from collections.abc import Sequence

from renmai.accounts.models import User
from renmai.campaigns.plays import Layer, Line, Option, Told, play, plays
from renmai.campaigns.queries.lists import parts_of_order
from renmai.campaigns.queries.running import plays_in_use
from renmai.ordering.models import Order


def options_for(user: User, lines: Sequence[Line]) -> dict[Layer, tuple[Option, ...]]:
    """Return what ``user`` could choose for these goods, layer by layer, the best first. No statement where no campaign ever ran."""
    found = {each.layer: tuple(each.options(user, lines)) for each in plays().values() if each.key in plays_in_use()}
    return {layer: found[layer] for layer in Layer if found.get(layer)}


def told_of(order: Order) -> tuple[Told, ...]:
    """Return what the page of an order says of each campaign it is in. No statement for an order that is in none."""
    parts = parts_of_order(order.pk) if order.is_in_campaign else ()
    said = [play(part.play).told(order, part) for part in parts]
    return tuple(each for each in said if each is not None)

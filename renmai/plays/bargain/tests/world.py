"""A bargaining campaign and its people, for tests."""

from collections.abc import Sequence
from typing import Any

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.campaigns.models import Campaign
from renmai.campaigns.terms import checked
from renmai.campaigns.tests.fakes import choice, running_campaign
from renmai.catalogue.models import Sku
from renmai.journeys.tests.world import Customer, goods, place
from renmai.ordering.models import Order
from renmai.plays.bargain.actions import help_cut, start
from renmai.plays.bargain.models import Bargain
from renmai.plays.bargain.play import PLAY

PRICE, FLOOR = 5000, 990


def bargaining(sku: Sku | None = None, *, price_fen: int = PRICE, fields: dict[str, Any] | None = None, **terms: Any) -> Campaign:
    """A running campaign on a SKU of ¥50 with a floor of ¥9.90 and three helpers; ``terms`` and ``fields`` change it."""
    (wanted,) = (sku,) if sku else goods(price_fen=price_fen, freight=False)
    raw = {"sku_id": wanted.pk, "floor_fen": FLOOR, "helpers": 3} | terms
    about = running_campaign("bargain", terms=checked(PLAY, raw), **(fields or {}))
    about.products.create(product=wanted.product)
    return about


def started(who: Customer, campaign: Campaign | None = None) -> Bargain:
    """A bargain of ``who``."""
    return start(who.user, (campaign or bargaining()).pk)


def helped(bargain: Bargain, times: int) -> list[User]:
    """Let so many new people help; return them."""
    crowd = [make_member() for _one in range(times)]
    for friend in crowd:
        help_cut(friend, bargain.number)
    return crowd


def now(bargain: Bargain) -> Bargain:
    """The bargain as it is now."""
    return Bargain.objects.get(pk=bargain.pk)


def ordered(who: Customer, bargain: Bargain, *, wants: Sequence[tuple[Sku, int]] = (), **fields: Any) -> Order:
    """An order that uses the bargain."""
    chosen = choice(bargain.campaign, bargain.number)
    return place(who, wants or [(bargain.sku, 1)], plays=(chosen,), **fields)

"""A pre-sale and its people, for tests."""

from datetime import timedelta
from typing import Any

from renmai.campaigns.models import Campaign
from renmai.campaigns.terms import checked
from renmai.campaigns.tests.fakes import choice, running_campaign
from renmai.catalogue.models import Sku
from renmai.journeys.tests.world import Customer, at_cashier, begin_payment, fresh, goods, place
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.payments.models import Payment
from renmai.plays.presale.play import PLAY

PRICE, PRESALE, DEPOSIT = 9900, 8000, 1000
LASTS = timedelta(days=2)


def presale(sku: Sku | None = None, *, fields: dict[str, Any] | None = None, **terms: Any) -> Campaign:
    """A pre-sale that runs two more days: ¥80 instead of ¥99, ¥10 of it now, the rest within three days after; ``terms`` change it."""
    (wanted,) = (sku,) if sku else goods(price_fen=PRICE, freight=False)
    raw = {"sku_id": wanted.pk, "price_fen": PRESALE, "deposit_fen": DEPOSIT} | terms
    timing = {"ends_at": clock.now() + LASTS} | (fields or {})
    campaign = running_campaign("presale", terms=checked(PLAY, raw), **timing)
    campaign.products.create(product=wanted.product)
    return campaign


def sku_of(campaign: Campaign) -> Sku:
    """The goods of a pre-sale."""
    return Sku.objects.get(pk=campaign.terms["sku_id"])


def booked(who: Customer, campaign: Campaign, *, quantity: int = 1, **fields: Any) -> Order:
    """An order that waits for its deposit."""
    return place(who, [(sku_of(campaign), quantity)], plays=(choice(campaign),), **fields)


def with_deposit(who: Customer, campaign: Campaign, **fields: Any) -> Order:
    """An order whose deposit is there."""
    order = booked(who, campaign, **fields)
    at_cashier(begin_payment(who, order))
    order = fresh(order)
    assert order.has_deposit
    return order


def money() -> list[tuple[str, int, str]]:
    """Every payment: its part, amount and state."""
    return list(Payment.objects.order_by("pk").values_list("part", "amount_fen", "status"))

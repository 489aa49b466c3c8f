"""Agents at their pages, for the tests of this room."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from renmai.accounts.actions import give_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Product
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.distribution.actions import AgentApplication
from renmai.distribution.models import Agent
from renmai.journeys import joining
from renmai.journeys.tests.world import agent_with_shop
from renmai.policy.rules import Occupation
from renmai.sharing.actions import ShopInput, bind, choose_product, record_visit, share
from renmai.sharing.models import Share, Shop, Visit


@dataclass(frozen=True)
class Desk:
    """An agent, her shop, and her signed-in browser."""

    agent: Agent
    shop: Shop
    client: Client

    @property
    def user(self) -> User:
        """The member she is."""
        return self.shop.owner


def desk(*, payout_account: str | None = None) -> Desk:
    """A new agent with an open, empty shop."""
    if payout_account is None:
        agent, shop = agent_with_shop()
    else:
        joined = joining.join(
            make_member(),
            AgentApplication(date(1990, 5, 17), Occupation.OTHER, "", has_agreed=True, payout_account=payout_account),
            ShopInput("没填账户的小店"),
        )
        agent, shop = joined.agent, joined.shop
    return Desk(agent, shop, signed_in(shop.owner))


def signed_in(user: User) -> Client:
    """A browser in which ``user`` is signed in; its pages are English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def goods(price_fen: int = 10_000, **fields: Any) -> Product:
    """A product on sale with one variant."""
    product = make_product(lowest_price_fen=price_fen, highest_price_fen=price_fen, **fields)
    make_sku(product, stock=20, price_fen=price_fen)
    return product


def picked(mine: Desk, price_fen: int = 10_000) -> Product:
    """A product on sale that stands in her shop."""
    product = goods(price_fen)
    choose_product(mine.shop, product)
    return product


def link_to(mine: Desk, product: Product | None = None, *, sharer: User | None = None, through: Share | None = None) -> Share:
    """A link to a product of her shop, or to the whole shop."""
    kind = Share.Kind.PRODUCT if product else Share.Kind.SHOP
    return share(sharer or mine.user, kind=kind, shop=mine.shop, product=product, came_through=through)


def visit(link: Share, who: User | None = None) -> Visit:
    """Somebody opens ``link``; without ``who`` a guest."""
    visitor = Visitor.objects.create(user=who)
    return record_visit(link, visitor, user=who)


def agreed(who: User) -> User:
    """The same person, who wants offers."""
    give_consent(who, Purpose.MARKETING)
    return who


def bound(mine: Desk, who: User | None = None) -> User:
    """A customer who is bound to her shop."""
    customer = who or make_member()
    bind(customer_id=customer.pk, shop_id=mine.shop.pk, reason="order_paid", evidence={"order_id": 77, "share_id": None})
    return customer

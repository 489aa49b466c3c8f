"""A small town in rows: people pass a campaign on, open each other's links, buy, come back."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from renmai.accounts.models import User, Visitor
from renmai.campaigns.models import Campaign, Participation, Reward
from renmai.catalogue.models import Category, Product, Sku, Supplier
from renmai.distribution.models import Agent, Commission
from renmai.ordering.models import Order, OrderLine
from renmai.sharing.models import Attribution, Share, Visit

START = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = START + 60 * DAY


def campaign_of(play: str = "coupon") -> Campaign:
    return Campaign.objects.create(
        number=f"C{Campaign.objects.count() + 1}",
        play=play,
        title_zh="活动",
        status=Campaign.Status.LAUNCHED,
        starts_at=START,
        ends_at=START + 300 * DAY,
        launched_at=START,
    )


@dataclass
class Town:
    """People of one campaign. Moments are days after ``START``."""

    campaign: Campaign = field(default_factory=campaign_of)
    numbers: Any = field(default_factory=lambda: count(1))

    def user(self, name: str = "") -> User:
        return User.objects.create(display_name=name or f"P{next(self.numbers)}")

    def link(self, sharer: User, day: float, *, campaign: Campaign | None = None) -> Share:
        campaign = campaign or self.campaign
        link, _new = Share.objects.get_or_create(
            sharer=sharer,
            target=f"page:0:0:0:/c/{campaign.pk}",
            defaults={"kind": "page", "page": f"/c/{campaign.pk}", "campaign_id": campaign.pk, "created_at": START + day * DAY},
        )
        return link

    def product_link(self, sharer: User, day: float) -> Share:
        return Share.objects.create(
            sharer=sharer,
            kind="product",
            product=self.sku().product,
            target=f"product:{next(self.numbers)}",
            created_at=START + day * DAY,
        )

    def visit(
        self, link: Share, who: User | None, day: float, *, is_valid: bool = True, visitor: Visitor | None = None
    ) -> Visitor:
        visitor = visitor or Visitor.objects.create(user=who)
        Visit.objects.create(share=link, visitor=visitor, user=who, at=START + day * DAY, is_valid=is_valid)
        return visitor

    def order(self, buyer: User, day: float, *, link: Share | None = None, paid: bool = True, **fields: Any) -> Order:
        at = START + day * DAY
        number = next(self.numbers)
        base = {
            "status": "settled" if paid else "placed",
            "goods_fen": 1000,
            "payable_fen": 1000,
            "paid_at": at if paid else None,
        }
        order = Order.objects.create(
            **{**base, **fields},
            number=f"R{number}",
            buyer=buyer,
            idempotency_key=str(number),
            placed_at=at,
            pay_before=at,
            share_id=link.pk if link else None,
        )
        if link is not None:
            Attribution.objects.create(order=order, rule="last_visit", share=link)
        return order

    def buy(
        self,
        buyer: User,
        day: float,
        *,
        link: Share | None = None,
        off: int = 0,
        campaign: Campaign | None = None,
        **fields: Any,
    ) -> Order:
        """Order with the campaign's grant."""
        order = self.order(buyer, day, link=link, is_in_campaign=True, **fields)
        chosen = campaign or self.campaign
        Participation.objects.create(
            order=order, campaign=chosen, play=chosen.play, version=1, discount_fen=off, at=START + day * DAY
        )
        return order

    def reward(self, order: Order, *, benefit: str = "red_packet", amount: int, status: str = "granted") -> Reward:
        return Reward.objects.create(
            campaign=self.campaign,
            beneficiary=self.user(),
            order=order,
            benefit=benefit,
            amount=amount,
            cause=str(next(self.numbers)),
            status=status,
        )

    def commission(self, order: Order, *, amount: int, taken_back: int = 0) -> Commission:
        agent = Agent.objects.create(user=self.user(), born_on=START.date(), occupation="farmer")
        sku = self.sku()
        line = OrderLine.objects.create(
            order=order,
            sku=sku,
            product_id_at_order=sku.product_id,
            supplier=sku.product.supplier,
            title_zh="茶",
            unit_price_fen=1000,
            quantity=1,
            amount_fen=1000,
        )
        return Commission.objects.create(
            order_line=line, agent=agent, basis_points=1000, base_fen=1000, amount_fen=amount, reversed_fen=taken_back
        )

    def sku(self) -> Sku:
        category, _new = Category.objects.get_or_create(slug="tea", defaults={"name_zh": "茶", "name_en": "Tea"})
        supplier, _new = Supplier.objects.get_or_create(code="hill", defaults={"name_zh": "山", "name_en": "Hill"})
        product, _new = Product.objects.get_or_create(
            code="tea", defaults={"category": category, "supplier": supplier, "title_zh": "茶", "status": "listed"}
        )
        return Sku.objects.get_or_create(product=product, code="tea-1", defaults={"price_fen": 1000})[0]

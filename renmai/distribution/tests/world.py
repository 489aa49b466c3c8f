"""A small shop for the tests of this room: rows as the rooms below leave them, without their flows."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from renmai.accounts.models import Role, StaffRole, User
from renmai.catalogue.models import Category, Product, Sku, Supplier
from renmai.distribution import actions
from renmai.distribution.models import Agent
from renmai.kernel import clock
from renmai.ordering.models import AfterSale, Order, OrderLine

_numbers = count(1)
WINDOW = timedelta(days=8)


def user(name: str = "") -> User:
    """A member."""
    number = next(_numbers)
    return User.objects.create(phone=f"137{number:08d}", display_name=name or f"member {number}")


def staff(*roles: str) -> User:
    """A member of the staff."""
    number = next(_numbers)
    person = User.objects.create(username=f"staff{number}", display_name=f"staff {number}", is_staff=True)
    for role in roles:
        StaffRole.objects.create(user=person, role=role)
    return person


def owner() -> User:
    """Somebody who may do everything."""
    return staff(Role.OWNER)


def agent(*, introduced_by: Agent | None = None, payout_account: str = "openid-1") -> Agent:
    """An active agent who can be paid."""
    return Agent.objects.create(
        user=user(),
        introduced_by=introduced_by,
        born_on=date(1990, 5, 17),
        occupation="other",
        real_name="林晓",
        payout_account=payout_account,
    )


def product() -> Product:
    """A product without anything around it."""
    number = next(_numbers)
    category, _ = Category.objects.get_or_create(slug="tea", defaults={"name_zh": "茶", "name_en": "Tea"})
    supplier, _ = Supplier.objects.get_or_create(code="hill", defaults={"name_zh": "山场", "name_en": "Hill"})
    return Product.objects.create(code=f"p{number}", category=category, supplier=supplier, title_zh="龙井", title_en="Longjing")


@dataclass
class Sale:
    """One order with its lines, moved along by hand."""

    order: Order
    lines: list[OrderLine] = field(default_factory=list)

    @property
    def line(self) -> OrderLine:
        """The only line."""
        (only,) = self.lines
        return only

    def pay(self) -> "Sale":
        """Paid, and commission promised."""
        self._set(status=Order.Status.PAID, paid_at=clock.now())
        actions.create_commissions(self.order.pk)
        return self

    def receive(self) -> "Sale":
        """Received, and commission frozen."""
        self._set(status=Order.Status.RECEIVED, received_at=clock.now(), settle_after=clock.now() + WINDOW)
        actions.freeze_commissions(self.order.pk)
        return self

    def settle(self) -> "Sale":
        """Settled; the clock stands after the window already."""
        self._set(status=Order.Status.SETTLED, settled_at=clock.now())
        return self

    def refund(self, quantity: int = 1, *, line: OrderLine | None = None) -> int:
        """Refund further pieces and take back what they earned."""
        chosen = line or self.line
        chosen.refresh_from_db()
        chosen.claimed_quantity += quantity
        chosen.refunded_quantity += quantity
        chosen.save()
        return actions.reverse_for_line(chosen.pk, cause=f"after_sale:{next(_numbers)}")

    def claim(self) -> AfterSale:
        """An open claim on one piece."""
        return AfterSale.objects.create(
            number=f"A{next(_numbers)}",
            order_line=self.line,
            order=self.order,
            kind=AfterSale.Kind.RETURN,
            quantity=1,
            amount_fen=1,
            reason="other",
            idempotency_key="1",
            deadline_at=clock.now() + timedelta(days=2),
        )

    def _set(self, **fields: object) -> None:
        for name, value in fields.items():
            setattr(self.order, name, value)
        self.order.save()


@dataclass(frozen=True)
class Goods:
    """What a line is: price and pieces, and the rates frozen on it."""

    price_fen: int = 10_000
    quantity: int = 1
    discount_fen: int = 0
    basis_points: int = 1000
    second_basis_points: int = 0


def sale(earner: Agent | None, *goods: Goods, buyer: User | None = None) -> Sale:
    """A placed order through ``earner``."""
    wanted = goods or (Goods(),)
    goods_fen = sum(each.price_fen * each.quantity for each in wanted)
    discount_fen = sum(each.discount_fen for each in wanted)
    number = f"R{next(_numbers)}"
    order = Order.objects.create(
        number=number,
        buyer=buyer or user(),
        goods_fen=goods_fen,
        discount_fen=discount_fen,
        freight_fen=800,
        payable_fen=goods_fen - discount_fen + 800,
        agent_id=earner.pk if earner else None,
        idempotency_key=number,
        pay_before=clock.now() + timedelta(minutes=30),
    )
    return Sale(order, [_line(order, each) for each in wanted])


def _line(order: Order, goods: Goods) -> OrderLine:
    item = product()
    sku = Sku.objects.create(product=item, code=f"s{next(_numbers)}", price_fen=goods.price_fen)
    return OrderLine.objects.create(
        order=order,
        sku=sku,
        product_id_at_order=item.pk,
        supplier=item.supplier,
        title_zh=item.title_zh,
        title_en=item.title_en,
        unit_price_fen=goods.price_fen,
        quantity=goods.quantity,
        discount_fen=goods.discount_fen,
        amount_fen=goods.price_fen * goods.quantity - goods.discount_fen,
        commission_basis_points=goods.basis_points,
        second_basis_points=goods.second_basis_points,
    )


def kept(earner: Agent, *goods: Goods) -> Sale:
    """An order whose commission is available: paid, received, settled, thawed, all at the present moment of a standing clock."""
    done = sale(earner, *goods).pay().receive()
    done.order.settle_after = clock.now()
    done.order.save()
    earner.commissions.filter(order_line__order=done.order).update(thaw_at=clock.now())
    done.settle()
    actions.thaw_order(done.order.pk)
    return done

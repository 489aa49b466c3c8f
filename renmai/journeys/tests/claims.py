"""Claims for tests."""

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.journeys import after_sale
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import Customer, buy, customer, goods, lines, ship_all, stock
from renmai.ordering.models import AfterSale, Order


def ask(who: Customer, order: Order, *, kind: str = "refund", quantity: int = 1, line: int = 0, key: str = "k") -> AfterSale:
    wanted = AfterSaleDraft(order.number, lines(order)[line].pk, kind, quantity, "quality", note="坏了")
    return after_sale.request(who.user, wanted, idempotency_key=key)


def now(claim: AfterSale) -> AfterSale:
    return AfterSale.objects.select_related("order").get(pk=claim.pk)


def shipped_order(quantity: int = 3, *, in_stock: int = 20) -> tuple[User, Customer, Order]:
    actor, who, (peach,) = make_staff(), customer(), goods(stock=in_stock)
    return actor, who, ship_all(actor, buy(who, [(peach, quantity)]))


def sku_stock(order: Order) -> tuple[int, int, int]:
    return stock(lines(order)[0].sku)

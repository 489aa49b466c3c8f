"""Who may write about what, and who of the staff runs content."""

from collections.abc import Collection

from django.db.models import F

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.content.models import Post
from renmai.distribution.queries import agent_of_user
from renmai.ordering.models import Order, OrderLine
from renmai.sharing.models import Shop
from renmai.sharing.queries import shop_of


def require_manager(actor: User) -> None:
    """Whoever writes for the shop, looks at what others wrote, withdraws it and sorts topics."""
    require(actor, Permission.CONTENT_MANAGE)


def source_of(author: User) -> str:
    """Return as what somebody speaks: an agent with an open shop as an agent, everybody else as a member."""
    shop = shop_of(author)
    is_open = shop is not None and shop.status == Shop.Status.OPEN
    return Post.Source.AGENT if is_open and agent_of_user(author.pk) else Post.Source.MEMBER


def kept_goods(author: User, *, among: Collection[int] | None = None) -> frozenset[int]:
    """Return the goods that somebody bought and kept: received, and not all of it given back; at most 1,000. One statement."""
    bought = OrderLine.objects.filter(
        order__buyer=author,
        order__status__in=[Order.Status.RECEIVED, Order.Status.SETTLED],
        refunded_quantity__lt=F("quantity"),
    )
    if among is not None:
        bought = bought.filter(product_id_at_order__in=among)
    found = bought.order_by().values_list("product_id_at_order", flat=True).distinct()
    return frozenset(found[:1000])

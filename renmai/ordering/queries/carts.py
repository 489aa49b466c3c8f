"""What is in a cart, grouped by the shop it was chosen in, and what has changed since."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product, Sku
from renmai.kernel.compiled import CompiledValues
from renmai.ordering.actions.cart import MAX_LINES, lines_of
from renmai.ordering.models import CartLine

_PIECES_OF_USER = CompiledValues(lambda user: CartLine.objects.filter(user_id=user).values_list("quantity"))
_PIECES_OF_VISITOR = CompiledValues(
    lambda visitor: CartLine.objects.filter(visitor_id=visitor, user__isnull=True).values_list("quantity")
)


@dataclass(frozen=True)
class Note:
    """Something to know about a line: ``sold_out``, ``delisted``, ``not_enough``, ``price_up``, ``price_down``."""

    code: str
    sentence: str


@dataclass(frozen=True)
class CartItem:
    """One line of the cart at today's price. ``left`` pieces can be bought; ``can_buy`` is false when the quantity cannot."""

    id: int
    sku: Sku
    title: str
    options_text: str
    quantity: int
    unit_price_fen: int
    amount_fen: int
    is_selected: bool
    can_buy: bool
    left: int
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class CartGroup:
    """The lines chosen in one shop; shop 0 is the platform's own shelf. ``amount_fen`` counts what is selected and can be bought."""

    shop_id: int
    lines: tuple[CartItem, ...]
    amount_fen: int


@dataclass(frozen=True)
class Cart:
    """A person's cart."""

    groups: tuple[CartGroup, ...]
    selected_count: int
    selected_fen: int
    line_count: int
    piece_count: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return self.line_count == 0


def cart(visitor: Visitor | None, user: User | None) -> Cart:
    """Return the cart of a guest or a member, the newest first within each shop. One statement."""
    rows = lines_of(visitor, user).select_related("sku__product").order_by("-added_at", "-pk")[: MAX_LINES * 2]
    by_shop: dict[int, list[CartItem]] = {}
    for line in rows:
        by_shop.setdefault(line.shop_id, []).append(_item(line))
    groups = tuple(
        CartGroup(shop_id=shop_id, lines=tuple(items), amount_fen=sum(item.amount_fen for item in _chosen(items)))
        for shop_id, items in by_shop.items()
    )
    everything = [item for group in groups for item in group.lines]
    return Cart(
        groups=groups,
        selected_count=sum(item.quantity for item in _chosen(everything)),
        selected_fen=sum(group.amount_fen for group in groups),
        line_count=len(everything),
        piece_count=sum(item.quantity for item in everything),
    )


def cart_count(visitor: Visitor | None, user: User | None) -> int:
    """Return how many pieces are in the cart, for its badge. One statement; none for nobody."""
    if user is not None:
        return sum(quantity for (quantity,) in _PIECES_OF_USER.rows(user.pk))
    return sum(quantity for (quantity,) in _PIECES_OF_VISITOR.rows(visitor.pk)) if visitor is not None else 0


def _chosen(items: list[CartItem]) -> Iterator[CartItem]:
    return (item for item in items if item.is_selected and item.can_buy)


def _item(line: CartLine) -> CartItem:
    sku = line.sku
    is_on_sale = sku.is_active and sku.product.status == Product.Status.LISTED
    left = sku.stock_free if is_on_sale else 0
    return CartItem(
        id=line.pk,
        sku=sku,
        title=sku.product.title,
        options_text=sku.options_text,
        quantity=line.quantity,
        unit_price_fen=sku.price_fen,
        amount_fen=sku.price_fen * line.quantity,
        is_selected=line.is_selected,
        can_buy=line.quantity <= left,
        left=left,
        notes=tuple(_notes(line, is_on_sale=is_on_sale)),
    )


def _notes(line: CartLine, *, is_on_sale: bool) -> Iterator[Note]:
    if not is_on_sale:
        yield Note("delisted", _("No longer on sale"))
        return
    free = line.sku.stock_free
    if free == 0:
        yield Note("sold_out", _("Sold out"))
    elif free < line.quantity:
        yield Note("not_enough", _("Only %(left)s left") % {"left": free})
    if line.sku.price_fen > line.seen_price_fen:
        yield Note("price_up", _("The price has gone up since you chose it"))
    elif line.sku.price_fen < line.seen_price_fen:
        yield Note("price_down", _("The price has come down since you chose it"))

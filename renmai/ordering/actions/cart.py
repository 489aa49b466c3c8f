"""The cart of a guest or a member.

A guest's lines hang on her visitor, a member's on herself. Signing in moves the guest's lines over, once, whatever happens twice.
"""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Least

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product, Sku
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import CartLine

MAX_QUANTITY = 999
MAX_LINES = 100


def lines_of(visitor: Visitor | None, user: User | None) -> QuerySet[CartLine]:
    """Return the lines of this person's cart."""
    if user is not None:
        return CartLine.objects.filter(user=user)
    if visitor is None:
        return CartLine.objects.none()
    return CartLine.objects.filter(visitor=visitor, user__isnull=True)


def add_to_cart(visitor: Visitor, user: User | None, *, sku_id: int, quantity: int = 1, shop_id: int = 0) -> CartLine:
    """Put ``quantity`` more pieces of a SKU into the cart, under the shop it was chosen in (0: the platform's own shelf).

    Raises ``ordering.quantity``, ``ordering.delisted``, ``ordering.sold_out``, ``ordering.not_enough``, ``ordering.cart_full``.
    """
    _check_quantity(quantity)
    sku = _sku_on_sale(sku_id)
    mine = lines_of(visitor, user).filter(sku=sku, shop_id=shop_id)
    with transaction.atomic():
        line = mine.first()
        if line is None:
            line = _begin_line(visitor, user, sku=sku, quantity=quantity, shop_id=shop_id)
            if line is not None:
                return line
        _add_pieces(mine, sku, quantity)
        return mine.get()


def change_quantity(visitor: Visitor | None, user: User | None, *, line_id: int, quantity: int) -> CartLine:
    """Set the quantity of one line of the person's own cart. Raises as ``add_to_cart`` does."""
    _check_quantity(quantity)
    line = lines_of(visitor, user).filter(pk=line_id).select_related("sku__product").first()
    if line is None:
        raise DomainError("request.not_found")
    _check_left(line.sku, quantity)
    lines_of(visitor, user).filter(pk=line_id).update(quantity=quantity, seen_price_fen=line.sku.price_fen)
    line.quantity = quantity
    line.seen_price_fen = line.sku.price_fen
    return line


def remove(visitor: Visitor | None, user: User | None, *, line_ids: Sequence[int]) -> int:
    """Take lines out of the person's own cart; return how many went."""
    return lines_of(visitor, user).filter(pk__in=list(line_ids)[:MAX_LINES]).delete()[0]


def select(visitor: Visitor | None, user: User | None, *, line_ids: Sequence[int] | None, is_selected: bool) -> int:
    """Tick or untick lines for checkout (None: all of them); return how many were touched."""
    mine = lines_of(visitor, user)
    if line_ids is not None:
        mine = mine.filter(pk__in=list(line_ids)[:MAX_LINES])
    return mine.update(is_selected=is_selected)


def merge_guest_cart(visitor: Visitor, user: User) -> int:
    """Move what the guest ``visitor`` chose into the cart of ``user``; return how many lines moved.

    The same goods in the same shop become one line with both quantities, at most ``MAX_QUANTITY``. A line moves or is deleted in one
    conditional statement, so merging twice, or twice at once, neither loses nor doubles a piece.
    """
    moved = 0
    with transaction.atomic():
        for line in lines_of(visitor, None).order_by("pk")[: MAX_LINES * 2]:
            moved += _move_line(line, user)
    return moved


def forget(user: User, *, line_ids: Sequence[int]) -> int:
    """Take the lines that became an order out of the cart."""
    return CartLine.objects.filter(user=user, pk__in=line_ids).delete()[0] if line_ids else 0


def _move_line(line: CartLine, user: User) -> int:
    """Move one guest line, or pour it into the member's line of the same goods; 0 when somebody else has just moved it."""
    guest_line = CartLine.objects.filter(pk=line.pk, user__isnull=True)
    same = CartLine.objects.filter(user=user, sku_id=line.sku_id, shop_id=line.shop_id)
    if not same.exists() and (moved := _hand_over(guest_line, user)) is not None:
        return moved
    if not guest_line.delete()[0]:
        return 0
    return same.update(quantity=Least(F("quantity") + line.quantity, Value(MAX_QUANTITY)))


def _hand_over(guest_line: QuerySet[CartLine], user: User) -> int | None:
    """Return how many rows changed hands, None when the member has got such a line from another device in this moment."""
    try:
        with transaction.atomic():
            return guest_line.update(user=user)
    except IntegrityError:
        return None


def _begin_line(visitor: Visitor, user: User | None, *, sku: Sku, quantity: int, shop_id: int) -> CartLine | None:
    if lines_of(visitor, user).count() >= MAX_LINES:
        raise DomainError("ordering.cart_full", most=MAX_LINES)
    _check_left(sku, quantity)
    try:
        with transaction.atomic():
            return CartLine.objects.create(
                visitor=visitor,
                user=user,
                sku=sku,
                shop_id=shop_id,
                quantity=quantity,
                seen_price_fen=sku.price_fen,
                added_at=clock.now(),
            )
    except IntegrityError:
        return None


def _add_pieces(mine: QuerySet[CartLine], sku: Sku, quantity: int) -> None:
    most = min(MAX_QUANTITY, sku.stock_free)
    changed = mine.filter(quantity__lte=most - quantity).update(
        quantity=F("quantity") + quantity, seen_price_fen=sku.price_fen, is_selected=True
    )
    if changed:
        return
    if most < MAX_QUANTITY:
        raise DomainError("ordering.not_enough", field="quantity", left=sku.stock_free, title=sku.product.title)
    raise DomainError("ordering.quantity", field="quantity", most=MAX_QUANTITY)


def _sku_on_sale(sku_id: int) -> Sku:
    sku = Sku.objects.select_related("product").filter(pk=sku_id).first()
    if sku is None:
        raise DomainError("request.not_found")
    if not sku.is_active or sku.product.status != Product.Status.LISTED:
        raise DomainError("ordering.delisted", title=sku.product.title)
    return sku


def _check_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise DomainError("ordering.quantity", field="quantity", most=MAX_QUANTITY)


def _check_left(sku: Sku, quantity: int) -> None:
    if sku.stock_free == 0:
        raise DomainError("ordering.sold_out", field="quantity", title=sku.product.title)
    if quantity > sku.stock_free:
        raise DomainError("ordering.not_enough", field="quantity", left=sku.stock_free, title=sku.product.title)

"""Opening and keeping a micro-shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import IntegrityError, transaction
from django.db.models import Max

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.sharing.events import ShopOpened
from renmai.sharing.models import Shop, ShopItem

MAX_GOODS = 500
NAME_LENGTH = range(2, 31)
VOICE_LIMIT = 120
ITEM_VOICE_LIMIT = 200
Move = Literal["up", "down", "top"]


@dataclass(frozen=True)
class ShopInput:
    """What an agent says of her shop. ``picture_path`` is a stored upload, empty for the drawn portrait."""

    name: str
    voice: str = ""
    picture_path: str = ""
    product_ids: tuple[int, ...] = ()


def open_shop(user: User, details: ShopInput) -> Shop:
    """Open the shop of ``user`` with its first goods and return it.

    Whether the user may have one is decided above (an active agent). Raises ``sharing.shop_exists``, ``sharing.shop_name``,
    ``sharing.shop_voice``, ``sharing.too_many_goods``.
    """
    name = _checked_name(details.name)
    voice = _checked_voice(details.voice, limit=VOICE_LIMIT)
    with transaction.atomic():
        try:
            with transaction.atomic():
                shop = Shop.objects.create(owner=user, name=name, voice=voice, picture_path=details.picture_path)
        except IntegrityError:
            raise DomainError("sharing.shop_exists") from None
        _add_goods(shop, details.product_ids)
        emit(ShopOpened(shop_id=shop.pk, owner_id=user.pk))
    return shop


def decorate_shop(shop: Shop, *, name: str, voice: str, picture_path: str | None = None) -> Shop:
    """Change name, words and, when given, the picture."""
    shop.name = _checked_name(name)
    shop.voice = _checked_voice(voice, limit=VOICE_LIMIT)
    fields = ["name", "voice"]
    if picture_path is not None:
        shop.picture_path = picture_path
        fields.append("picture_path")
    shop.save(update_fields=fields)
    return shop


def close_shop(shop: Shop) -> bool:
    """Close the shop to customers; False when it was closed already. Orders, bindings and income stay."""
    return advance(Shop, shop.pk, old=Shop.Status.OPEN, new=Shop.Status.CLOSED)


def reopen_shop(shop: Shop) -> bool:
    """Open a closed shop again; False when it was open already."""
    return advance(Shop, shop.pk, old=Shop.Status.CLOSED, new=Shop.Status.OPEN)


def choose_product(shop: Shop, product: Product, *, voice: str = "") -> ShopItem:
    """Put a listed product into the shop, or return the item that is there."""
    with transaction.atomic():
        present = ShopItem.objects.filter(shop=shop, product=product).first()
        if present:
            return present
        _add_goods(shop, (product.pk,), voice=_checked_voice(voice, limit=ITEM_VOICE_LIMIT))
        return ShopItem.objects.get(shop=shop, product=product)


def drop_product(shop: Shop, *, product_id: int) -> bool:
    """Take a product out of the shop; False when it was not there. Links that were shared keep working."""
    deleted, _by_model = ShopItem.objects.filter(shop=shop, product_id=product_id).delete()
    return bool(deleted)


def move_product(shop: Shop, *, product_id: int, move: Move) -> None:
    """Move a product one place up or down its shelf, or to the top; at the end of the shelf nothing happens.

    Goods that are not on sale now go behind the others. Raises ``sharing.not_in_shop``.
    """
    with transaction.atomic():
        items = list(shop.items.select_related("product").order_by("position", "pk"))
        shelf = [item for item in items if item.product.status == Product.Status.LISTED]
        hidden = [item for item in items if item.product.status != Product.Status.LISTED]
        place = next((index for index, item in enumerate(shelf) if item.product_id == product_id), None)
        if place is None:
            raise DomainError("sharing.not_in_shop")
        target = {"up": place - 1, "down": place + 1, "top": 0}[move]
        shelf.insert(max(target, 0), shelf.pop(place))
        for position, item in enumerate([*shelf, *hidden], start=1):
            item.position = position
        ShopItem.objects.bulk_update(items, ["position"])


def write_voice(shop: Shop, *, product_id: int, voice: str) -> None:
    """Say why this product, in the agent's own words. Raises ``sharing.not_in_shop``."""
    text = _checked_voice(voice, limit=ITEM_VOICE_LIMIT)
    if not ShopItem.objects.filter(shop=shop, product_id=product_id).update(voice=text):
        raise DomainError("sharing.not_in_shop")


def _add_goods(shop: Shop, product_ids: Sequence[int], *, voice: str = "") -> None:
    wanted = list(dict.fromkeys(product_ids))
    listed = set(
        Product.objects.filter(pk__in=wanted, status=Product.Status.LISTED).values_list("pk", flat=True)[: MAX_GOODS + 1]
    )
    present = shop.items.count()
    if present + len(listed) > MAX_GOODS:
        raise DomainError("sharing.too_many_goods", limit=MAX_GOODS)
    after = shop.items.aggregate(last=Max("position"))["last"] or 0
    ShopItem.objects.bulk_create(
        [
            ShopItem(shop=shop, product_id=product_id, voice=voice, position=after + offset)
            for offset, product_id in enumerate((pk for pk in wanted if pk in listed), start=1)
        ],
        ignore_conflicts=True,
    )


def _checked_name(name: str) -> str:
    name = name.strip()
    if len(name) not in NAME_LENGTH:
        raise DomainError("sharing.shop_name", field="name")
    return name


def _checked_voice(voice: str, *, limit: int) -> str:
    voice = voice.strip()
    if len(voice) > limit:
        raise DomainError("sharing.shop_voice", field="voice", limit=limit)
    return voice

"""The staff: products, their variants, prices, pictures and stock."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, listed, whole
from renmai.api.callers import Staff, person
from renmai.api.keys import once
from renmai.api.parsing import Id, PageNumber, Plain, Words, pictures_of
from renmai.api.schemas.staff_goods import (
    DelistIn,
    MatrixIn,
    MovementOut,
    PictureOrderIn,
    PicturesIn,
    PriceIn,
    PricePointOut,
    ProductIn,
    RateIn,
    RateOut,
    StaffPictureOut,
    StaffProductOut,
    StaffSkuOut,
    StockIn,
    WholesaleIn,
)
from renmai.catalogue import actions
from renmai.catalogue import queries as catalogue
from renmai.catalogue.actions import OptionInput, ProductInput, SkuInput, ValueInput
from renmai.catalogue.models import Product, ProductPicture, Sku
from renmai.catalogue.queries import desk
from renmai.distribution import actions as distribution
from renmai.distribution.models import ProductRate

EDIT, FEED = Staff(Permission.PRODUCTS_EDIT), Staff(Permission.STOCK_FEED)
HISTORY = Staff(Permission.PRODUCTS_EDIT, Permission.STOCK_FEED)
RATES = Staff(Permission.SETTINGS_CHANGE)
router = Router(tags=["Staff: goods"], auth=EDIT)


@router.get("/staff/products", response=Paged[StaffProductOut])
def list_staff_products(
    request: HttpRequest,
    *,
    text: Words = "",
    status: Annotated[Plain, Field(max_length=20)] = "",
    category_id: Id | None = None,
    page: PageNumber = 1,
) -> Listed[Any]:
    """Products in any state. Newest first; ``text`` is part of a title or a code."""
    return listed(catalogue.products_for_staff(person(request), text=text, status=status, category_id=category_id, page=page))


@router.post("/staff/products", response={201: StaffProductOut})
def create_product(request: HttpRequest, given: ProductIn) -> Product:
    """Create a draft. Its variants make it something that can be sold."""
    return actions.create_product(person(request), ProductInput(**given.model_dump()))


@router.get("/staff/products/{product_id}", response=StaffProductOut)
def get_staff_product(request: HttpRequest, product_id: Id) -> Product:
    """A product in any state."""
    return desk.product_for_staff(person(request), product_id)


@router.put("/staff/products/{product_id}", response=StaffProductOut)
def change_product(request: HttpRequest, product_id: Id, given: ProductIn) -> Product:
    """Change what a product says. Its code and currency stay once it has variants."""
    return actions.update_product(person(request), product_id, ProductInput(**given.model_dump()))


@router.post("/staff/products/{product_id}/list", response=StaffProductOut)
def list_product(request: HttpRequest, product_id: Id) -> Product:
    """Put a product on sale."""
    return actions.list_product(person(request), product_id)


@router.post("/staff/products/{product_id}/delist", response=StaffProductOut)
def delist_product(request: HttpRequest, product_id: Id, given: DelistIn) -> Product:
    """Take a product off sale. What is ordered stays ordered."""
    return actions.delist_product(person(request), product_id, reason=given.reason)


@router.get("/staff/products/{product_id}/skus", response=Paged[StaffSkuOut])
def list_skus(request: HttpRequest, product_id: Id) -> Listed[Any]:
    """The variants of a product with their stock. Those switched off come last."""
    return whole(desk.skus_of(desk.product_for_staff(person(request), product_id).pk))


@router.put("/staff/products/{product_id}/skus", response=Paged[StaffSkuOut])
def set_skus(request: HttpRequest, product_id: Id, given: MatrixIn) -> Listed[Any]:
    """Give a product these options and variants. What is kept keeps its stock and its history; new ones wait for stock."""
    options = [
        OptionInput(option.name_zh, tuple(ValueInput(value.value_zh, value.value_en) for value in option.values), option.name_en)
        for option in given.options
    ]
    skus = [SkuInput(**(sku.model_dump() | {"values": tuple(sku.values)})) for sku in given.skus]
    return whole(actions.set_skus(person(request), product_id, options, skus))


@router.put("/staff/skus/{sku_id}/price", response=StaffSkuOut)
def set_price(request: HttpRequest, sku_id: Id, given: PriceIn) -> Sku:
    """Set a price from now on. A reduction shows the lowest price of the 30 days before, for 30 days."""
    return actions.set_price(person(request), sku_id, price_fen=given.price_fen)


@router.put("/staff/skus/{sku_id}/wholesale", response=StaffSkuOut)
def set_wholesale(request: HttpRequest, sku_id: Id, given: WholesaleIn) -> Sku:
    """Set or take away the price from a number of pieces on."""
    return actions.set_wholesale(person(request), sku_id, price_fen=given.price_fen, minimum=given.minimum)


@router.put("/staff/skus/{sku_id}/stock", response=StaffSkuOut, auth=FEED)
def count_stock(request: HttpRequest, sku_id: Id, given: StockIn) -> Sku:
    """Count by hand how many pieces lie there. Needs an Idempotency-Key; reserved and sold pieces stay what they are."""
    actor = person(request)
    once(request, lambda: actions.count_stock(actor, sku_id, on_hand=given.on_hand, reason=given.reason), given.on_hand)
    return desk.access_sku(actor, sku_id)


@router.get("/staff/stock/short", response=Paged[StaffSkuOut], auth=FEED)
def list_short_skus(request: HttpRequest, *, below: Annotated[int, Field(ge=1, le=100_000)] = 5) -> Listed[Any]:
    """Variants on sale with few free pieces. Scarcest first."""
    return whole(catalogue.skus_short_of_stock(person(request), below=below, limit=100))


@router.get("/staff/stock", response=Paged[StaffSkuOut], auth=FEED)
def list_stock(request: HttpRequest, *, text: Words = "", supplier_id: Id | None = None, page: PageNumber = 1) -> Listed[Any]:
    """Variants that are switched on, with their stock. Scarcest first."""
    return listed(desk.stock(person(request), desk.GoodsFilter(text=text, supplier_id=supplier_id), page=page))


@router.get("/staff/skus/{sku_id}/movements", response=Paged[MovementOut], auth=HISTORY)
def list_movements(request: HttpRequest, sku_id: Id, *, page: PageNumber = 1) -> Listed[Any]:
    """The moves of a variant's pieces between free, reserved and sold. Newest first."""
    return listed(desk.movements(desk.access_sku(person(request), sku_id).pk, page=page))


@router.get("/staff/skus/{sku_id}/prices", response=Paged[PricePointOut], auth=HISTORY)
def list_prices(request: HttpRequest, sku_id: Id) -> Listed[Any]:
    """The prices of a variant, with the moment from which each held. Newest first."""
    return whole(desk.price_points(desk.access_sku(person(request), sku_id).pk))


@router.get("/staff/products/{product_id}/pictures", response=Paged[StaffPictureOut])
def list_pictures(request: HttpRequest, product_id: Id) -> Listed[Any]:
    """The uploaded pictures of a product in order."""
    return whole(desk.pictures_of(desk.product_for_staff(person(request), product_id).pk))


@router.post("/staff/products/{product_id}/pictures", response={201: StaffPictureOut})
def add_picture(request: HttpRequest, product_id: Id, given: PicturesIn) -> ProductPicture:
    """Add a picture behind those a product has. It is decoded and written anew."""
    (upload,) = pictures_of([given.picture])
    return actions.add_picture(person(request), product_id, upload)


@router.put("/staff/products/{product_id}/pictures/order", response=Paged[StaffPictureOut])
def order_pictures(request: HttpRequest, product_id: Id, given: PictureOrderIn) -> Listed[Any]:
    """Show the pictures of a product in this order. Those not named follow as they were."""
    actions.order_pictures(person(request), product_id, list(given.picture_ids))
    return whole(desk.pictures_of(product_id))


@router.delete("/staff/pictures/{picture_id}", response={204: None})
def remove_picture(request: HttpRequest, picture_id: Id) -> None:
    """Take a picture off its product."""
    actions.remove_picture(person(request), picture_id)


@router.put("/staff/products/{product_id}/rate", response=RateOut, auth=RATES)
def set_rate(request: HttpRequest, product_id: Id, given: RateIn) -> ProductRate:
    """Set what a product pays its agents. Refused over the legal limit, with the rule and its source; orders placed keep theirs."""
    return distribution.set_product_rate(
        person(request), product_id, basis_points=given.basis_points, second_basis_points=given.second_basis_points
    )


@router.delete("/staff/products/{product_id}/rate", response={204: None}, auth=RATES)
def clear_rate(request: HttpRequest, product_id: Id) -> None:
    """Let a product pay the default rate again."""
    distribution.clear_product_rate(person(request), product_id)

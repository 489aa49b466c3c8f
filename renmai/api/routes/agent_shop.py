"""An agent's own shop: its face, its goods, its links and what came of them."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.api.answers import Listed, Paged, cut
from renmai.api.callers import person
from renmai.api.parsing import Code, Id, PageNumber, pictures_of
from renmai.api.routes.shops import shop_goods
from renmai.api.schemas.people import DoneOut
from renmai.api.schemas.shops import (
    CascadeOut,
    MoveIn,
    PictureIn,
    ShareFigureOut,
    ShareOut,
    ShareStoryOut,
    ShopChangeIn,
    ShopItemOut,
    ShopOut,
    VoiceIn,
)
from renmai.api.seats import SELLER, seat
from renmai.catalogue import queries as catalogue
from renmai.catalogue.actions import store_picture
from renmai.insight import queries as insight
from renmai.insight.spread.openings import reach_of
from renmai.sharing import actions, queries
from renmai.sharing.models import Share, Shop

router = Router(tags=["Agent's shop"], auth=SELLER)
LINKS_PER_PAGE = 20


@router.get("/agent/shop", response=ShopOut)
def get_own_shop(request: HttpRequest) -> Shop:
    """One's own shop, open or closed."""
    return seat(request).shop


@router.put("/agent/shop", response=ShopOut)
def change_own_shop(request: HttpRequest, given: ShopChangeIn) -> Shop:
    """Change the name and the words of one's shop."""
    return actions.decorate_shop(seat(request).shop, name=given.name, voice=given.voice)


@router.put("/agent/shop/picture", response=ShopOut)
def change_shop_picture(request: HttpRequest, given: PictureIn) -> Shop:
    """Change the picture of one's shop. It is decoded and written anew; nothing of the upload itself is kept."""
    shop = seat(request).shop
    (upload,) = pictures_of([given.picture])
    return actions.decorate_shop(shop, name=shop.name, voice=shop.voice, picture_path=store_picture(upload).path)


@router.post("/agent/shop/close", response=ShopOut)
def close_own_shop(request: HttpRequest) -> Shop:
    """Close one's shop to customers. Orders, customers and income stay."""
    actions.close_shop(seat(request).shop)
    return _fresh(request)


@router.post("/agent/shop/reopen", response=ShopOut)
def reopen_own_shop(request: HttpRequest) -> Shop:
    """Open one's shop again."""
    actions.reopen_shop(seat(request).shop)
    return _fresh(request)


@router.get("/agent/shop/goods", response=Paged[ShopItemOut])
def list_own_goods(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """The goods of one's shop that are on sale, in one's own order."""
    return shop_goods(seat(request).shop, page=page)


@router.put("/agent/shop/goods/{product_id}", response=DoneOut)
def choose_product(request: HttpRequest, product_id: Id, given: VoiceIn) -> dict[str, int]:
    """Stand behind a product, in one's own words. Answers how many goods the shop has now."""
    shop = seat(request).shop
    actions.choose_product(shop, catalogue.access_product(None, product_id), voice=given.voice)
    actions.write_voice(shop, product_id=product_id, voice=given.voice)
    return {"count": queries.item_count(shop)}


@router.delete("/agent/shop/goods/{product_id}", response=DoneOut)
def drop_product(request: HttpRequest, product_id: Id) -> dict[str, int]:
    """Take a product out of one's shop. Links that were shared keep working."""
    shop = seat(request).shop
    actions.drop_product(shop, product_id=product_id)
    return {"count": queries.item_count(shop)}


@router.post("/agent/shop/goods/{product_id}/move", response=Paged[ShopItemOut])
def move_product(request: HttpRequest, product_id: Id, given: MoveIn) -> Listed[Any]:
    """Move a product up, down, or to the top of one's shelf."""
    actions.move_product(seat(request).shop, product_id=product_id, move=given.move)
    return shop_goods(seat(request).shop, page=1)


@router.get("/agent/shares", response=Paged[ShareFigureOut])
def list_shares(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """The links that lead to one's shop, whoever passed them on, and what each brought. Newest first."""
    shop = seat(request).shop
    figures = queries.share_figures(shop, page=page)
    known = insight.bound_ids(shop.pk, [figure.share.sharer_id for figure in figures]) | {shop.owner_id}
    shown = [{**vars(figure), "share": _link(figure.share, known)} for figure in figures]
    return cut(shown, page=page, size=LINKS_PER_PAGE)


@router.get("/agent/shares/{code}", response=ShareStoryOut)
def get_share_story(request: HttpRequest, code: Code) -> dict[str, object]:
    """What came of one link: openings that count and that do not, people, orders, money; and what was to be expected."""
    shop = seat(request).shop
    link = queries.access_share(shop, code)
    known = insight.bound_ids(shop.pk, [link.sharer_id]) | {shop.owner_id}
    return {**vars(insight.share_story(link)), "share": _link(link, known), "reach": reach_of(link)}


@router.get("/agent/shares/{code}/cascade", response=CascadeOut)
def get_cascade(request: HttpRequest, code: Code) -> dict[str, object]:
    """Who came through whom below a link's sharer. Names in full for one's own customers, their beginning for others."""
    shop = seat(request).shop
    link = queries.access_share(shop, code)
    tree = queries.branch(queries.cascade(link), link.sharer)
    people = {node.key: int(node.key[1:]) for node in tree.nodes if node.key.startswith("u")}
    known = insight.bound_ids(shop.pk, people.values()) | {shop.owner_id}
    nodes = [replace(node, name=_name(node.name, is_known=people.get(node.key) in known)) for node in tree.nodes]
    return {**vars(tree), "root": _link(link, known), "nodes": nodes}


def _link(link: Share, known: frozenset[int]) -> ShareOut:
    """Return a link with its sharer's name as far as the agent may see it."""
    shown = ShareOut.model_validate(link)
    return shown.model_copy(update={"sharer_name": _name(shown.sharer_name, is_known=link.sharer_id in known)})


def _name(name: str, *, is_known: bool) -> str:
    return name if is_known or not name else f"{name[:1]}**"


def _fresh(request: HttpRequest) -> Shop:
    return queries.access_shop(person(request), seat(request).shop.pk)

"""Picking goods, and the shop as she arranges it."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from renmai.catalogue.models import Product
from renmai.catalogue.tests.factories import make_category
from renmai.distribution.models import ProductRate
from renmai.sharing.models import Shop, ShopItem
from renmai.web.workbench.tests.world import Desk, desk, goods, picked

pytestmark = pytest.mark.django_db
GOODS = reverse("workbench:shop_goods")
SHOP = reverse("workbench:shop")


@pytest.fixture
def mine() -> Desk:
    return desk()


def order_of(shop: Shop) -> list[int]:
    return list(shop.items.order_by("position").values_list("product_id", flat=True))


def test_each_product_says_what_it_would_earn(mine: Desk) -> None:
    plain, own_rate = goods(10_000), goods(19_999)
    ProductRate.objects.create(product=own_rate, basis_points=1250)
    shown = {product.id: product for product in mine.client.get(GOODS).context["goods"]}
    assert (shown[plain.pk].earn_fen, shown[own_rate.pk].earn_fen) == (500, 2499)
    page = mine.client.get(GOODS).content.decode()
    assert "Earns you ¥5.00" in page
    assert "Earns you ¥24.99" in page


def test_goods_are_found_by_words_and_by_category(mine: Desk) -> None:
    tea = make_category("茶", "Tea")
    peach = goods(title_zh="阳山水蜜桃", indexed=True)
    oolong = goods(title_zh="冻顶乌龙", indexed=True, category=tea)
    found = mine.client.get(GOODS, {"q": "水蜜桃"}).context["goods"]
    assert [product.id for product in found] == [peach.pk]
    found = mine.client.get(GOODS, {"category": tea.slug}).context["goods"]
    assert [product.id for product in found] == [oolong.pk]
    assert "Nothing found" in mine.client.get(GOODS, {"q": "没有这个"}).content.decode()


@pytest.mark.parametrize(
    "query", ["page=0", "page=-3", "page=x", "page=99999999999", "category=none", "q=" + "好" * 5000, "q=%00"]
)
def test_odd_questions_get_a_page(mine: Desk, query: str) -> None:
    goods()
    assert mine.client.get(f"{GOODS}?{query}").status_code == HTTPStatus.OK


def test_a_product_is_put_in_once_and_taken_out(mine: Desk) -> None:
    product = goods()
    address = reverse("workbench:shop_choose", args=[product.pk])
    for _twice in range(2):
        answer = mine.client.post(address, {"next": f"{GOODS}?page=1"})
        assert answer.headers["Location"] == f"{GOODS}?page=1#p{product.pk}"
    assert order_of(mine.shop) == [product.pk]
    mine.client.post(reverse("workbench:shop_drop", args=[product.pk]))
    assert order_of(mine.shop) == []


def test_it_does_not_lead_to_other_sites(mine: Desk) -> None:
    product = goods()
    answer = mine.client.post(reverse("workbench:shop_choose", args=[product.pk]), {"next": "https://evil.example/"})
    assert answer.headers["Location"] == f"{SHOP}#p{product.pk}"


def test_htmx_gets_the_tile_and_the_count(mine: Desk) -> None:
    product = goods()
    answer = mine.client.post(reverse("workbench:shop_choose", args=[product.pk]), headers={"hx-request": "true"})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert f'id="p{product.pk}"' in page
    assert 'id="pick-count" hx-swap-oob="true"' in page
    assert "1 product in your shop" in page
    assert "<html" not in page


def test_what_is_not_on_sale_cannot_be_put_in(mine: Desk) -> None:
    hidden = goods(status=Product.Status.DELISTED)
    answer = mine.client.post(reverse("workbench:shop_choose", args=[hidden.pk]))
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert mine.client.post(reverse("workbench:shop_choose", args=[10**9])).status_code == HTTPStatus.NOT_FOUND
    assert not ShopItem.objects.exists()


@pytest.mark.parametrize(
    ("which", "move", "after"),
    [(2, "up", [0, 2, 1]), (0, "down", [1, 0, 2]), (2, "top", [2, 0, 1]), (0, "up", [0, 1, 2]), (2, "down", [0, 1, 2])],
)
def test_goods_are_put_in_her_order(mine: Desk, which: int, move: str, after: list[int]) -> None:
    products = [picked(mine) for _number in range(3)]
    answer = mine.client.post(reverse("workbench:shop_move", args=[products[which].pk]), {"move": move})
    assert answer.status_code == HTTPStatus.FOUND
    assert order_of(mine.shop) == [products[index].pk for index in after]
    shown = mine.client.get(SHOP).context["goods"]
    assert [product.id for product in shown] == order_of(mine.shop)


def test_goods_that_are_not_on_sale_do_not_stand_in_the_way(mine: Desk) -> None:
    first, hidden, last = [picked(mine) for _number in range(3)]
    Product.objects.filter(pk=hidden.pk).update(status=Product.Status.DELISTED)
    mine.client.post(reverse("workbench:shop_move", args=[last.pk]), {"move": "up"})
    assert order_of(mine.shop) == [last.pk, first.pk, hidden.pk]


@pytest.mark.parametrize("move", ["", "sideways"])
def test_there_are_three_ways_to_move(mine: Desk, move: str) -> None:
    product = picked(mine)
    answer = mine.client.post(reverse("workbench:shop_move", args=[product.pk]), {"move": move})
    assert answer.status_code == HTTPStatus.BAD_REQUEST


def test_her_words_stand_beside_the_product(mine: Desk) -> None:
    product = picked(mine)
    address = reverse("workbench:shop_words", args=[product.pk])
    answer = mine.client.post(address, {"voice": "Sweet <i>and</i> juicy"})
    assert answer.headers["Location"] == f"{SHOP}#p{product.pk}"
    assert ShopItem.objects.get().voice == "Sweet <i>and</i> juicy"
    assert "Sweet &lt;i&gt;and&lt;/i&gt; juicy" in mine.client.get(SHOP).content.decode()


def test_too_many_words_are_refused_and_kept_in_the_form(mine: Desk) -> None:
    product = picked(mine)
    answer = mine.client.post(reverse("workbench:shop_words", args=[product.pk]), {"voice": "话" * 10_000})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert list(answer.context["form"].errors) == ["voice"]
    assert answer.context["form"]["voice"].value() == "话" * 10_000
    assert ShopItem.objects.get().voice == ""


def test_words_need_a_product_of_the_shop(mine: Desk) -> None:
    address = reverse("workbench:shop_words", args=[goods().pk])
    assert mine.client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert mine.client.post(address, {"voice": "x"}).status_code == HTTPStatus.NOT_FOUND


def test_the_shop_gets_a_new_look(mine: Desk) -> None:
    answer = mine.client.post(reverse("workbench:shop_look"), {"name": "New name", "voice": "New words"})
    assert answer.headers["Location"] == SHOP
    mine.shop.refresh_from_db()
    assert (mine.shop.name, mine.shop.voice, mine.shop.picture_path) == ("New name", "New words", "")


def test_the_shop_keeps_its_picture_until_it_is_taken_away(mine: Desk) -> None:
    Shop.objects.filter(pk=mine.shop.pk).update(picture_path="pictures/ab/photo-480.webp")
    address = reverse("workbench:shop_look")
    token = mine.client.get(address).context["form"]["kept_picture"].value()
    mine.client.post(address, {"name": "Still me", "kept_picture": token})
    mine.shop.refresh_from_db()
    assert mine.shop.picture_path == "pictures/ab/photo-480.webp"
    mine.client.post(address, {"name": "Drawn", "kept_picture": token, "drawn": "1"})
    mine.shop.refresh_from_db()
    assert mine.shop.picture_path == ""


def test_the_shop_is_closed_and_opened_again(mine: Desk) -> None:
    address = reverse("workbench:shop_status")
    for status in ("closed", "closed", "open", "open"):
        assert mine.client.post(address, {"status": status}).status_code == HTTPStatus.FOUND
        mine.shop.refresh_from_db()
        assert mine.shop.status == status
    assert mine.client.post(address, {"status": "sold"}).status_code == HTTPStatus.BAD_REQUEST


def test_a_closed_shop_shares_nothing_and_says_so(mine: Desk) -> None:
    product = picked(mine)
    mine.client.post(reverse("workbench:shop_status"), {"status": "closed"})
    answer = mine.client.post(reverse("workbench:share_new"), {"product": str(product.pk)})
    assert answer.status_code == HTTPStatus.GONE
    assert "Your shop is closed: links to it do not open." in mine.client.get(reverse("workbench:today")).content.decode()

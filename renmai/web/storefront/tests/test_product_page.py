"""A product's page: prices, variants, stock, reviews, keeping it for later."""

from datetime import timedelta

import pytest
from django.urls import reverse

from renmai.catalogue.actions.prices import apply_price, refresh_price_range
from renmai.catalogue.models import Favourite, PricePoint, Product, ProductPicture, Sku
from renmai.insight.models import View
from renmai.kernel import clock
from renmai.ordering.models import Review
from renmai.ordering.tests.making import paid
from renmai.web.storefront.tests.shelves import agent, browser, goods, make_member, with_options
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "funnel"), [("", ""), ("?way=search", "search"), ("?way=content", "content"), ("?way=<script>", "")]
)
def test_a_look_is_recorded_with_the_way_that_led_there(query: str, funnel: str) -> None:
    (peach,) = goods(1)
    page = browser().get(f"/p/{peach.pk}/{query}")
    assert page.status_code == 200
    assert View.objects.get().funnel == funnel
    assert f'name="way" value="{funnel}"' in page.content.decode()


def test_a_product_with_one_variant_is_bought_without_choosing() -> None:
    (peach,) = goods(1)
    page = browser().get(f"/p/{peach.pk}/").content.decode()
    sku = peach.skus.get()
    assert f'action="{reverse("storefront:cart_add")}"' in page
    assert page.count(f'name="sku_id" value="{sku.pk}"') == 2
    assert 'name="next" value="checkout"' in page


def test_prices_are_a_range_until_a_variant_is_chosen() -> None:
    product, skus, values = with_options()
    client = browser()
    assert "–" in client.get(f"/p/{product.pk}/").content.decode()
    chosen = client.get(f"/p/{product.pk}/", {f"o{values[1].option_id}": values[1].pk})
    assert chosen.context["choice"].sku.id == skus[1].pk
    assert "Only 3 left" in chosen.content.decode()
    assert f'name="sku_id" value="{skus[1].pk}"' in chosen.content.decode()


def test_the_sheet_answers_with_price_and_stock_of_the_choice() -> None:
    product, _skus, values = with_options()
    piece = browser().get(f"/p/{product.pk}/choice/", {f"o{values[2].option_id}": values[2].pk}).content.decode()
    assert "<html" not in piece
    assert "Sold out" in piece
    assert 'name="sku_id"' not in piece
    assert 'name="next"' not in piece


def test_plenty_is_not_said_to_be_scarce() -> None:
    product, _skus, values = with_options((20, 6, 5))
    client = browser()
    key = f"o{values[0].option_id}"
    assert "left</span>" not in client.get(f"/p/{product.pk}/choice/", {key: values[1].pk}).content.decode()
    assert "Only 5 left" in client.get(f"/p/{product.pk}/choice/", {key: values[2].pk}).content.decode()


@pytest.mark.parametrize("query", [{"o1": "x"}, {"sku": "9" * 30}, {"sku": "-1"}, {"o999": "1"}])
def test_a_choice_that_does_not_exist_is_the_first_one(query: dict[str, str]) -> None:
    product, skus, _values = with_options()
    assert browser().get(f"/p/{product.pk}/choice/", query).context["choice"].sku.id == skus[0].pk


def test_all_sold_out_cannot_be_bought() -> None:
    product, _skus, _values = with_options((0, 0, 0))
    page = browser().get(f"/p/{product.pk}/").content.decode()
    assert 'name="next"' not in page
    assert "disabled>Sold out" in page


def test_the_reference_price_is_the_true_one_and_says_what_it_is() -> None:
    (peach,) = goods(1)
    sku = Sku.objects.get()
    PricePoint.objects.filter(sku=sku).update(at=clock.now() - timedelta(days=40))
    assert "30-day low" not in browser().get(f"/p/{peach.pk}/").content.decode()
    apply_price(sku, 990)
    refresh_price_range(peach.pk)
    page = browser().get(f"/p/{peach.pk}/").content.decode()
    assert "<del>¥12.80</del>" in page
    assert "the lowest price of the 30 days before it was reduced" in page


def test_wholesale_freight_and_promises_are_told() -> None:
    (peach,) = goods(1)
    Sku.objects.update(wholesale_price_fen=1000, wholesale_minimum=20)
    page = browser().get(f"/p/{peach.pk}/").content.decode()
    assert "¥10.00 each from 20 pieces" in page
    assert "Delivery ¥8.00" in page
    assert "7 days to return" in page
    assert "Leaves within 48 hours" in page


def test_uploaded_pictures_make_the_gallery() -> None:
    (peach,) = goods(1)
    for position in range(2):
        ProductPicture.objects.create(
            product=peach, path=f"products/{position}-1200.webp", width=1200, height=1200, position=position
        )
    page = browser().get(f"/p/{peach.pk}/").content.decode()
    assert "products/0-1200.webp" in page
    assert "products/1-1200.webp" in page


@pytest.mark.parametrize(("stock", "most"), [(1, 1), (99, 99), (100, 100), (857, 850), (1234, 1200), (1_000_000, 1_000_000)])
def test_a_page_offers_what_there_is_or_a_little_less(stock: int, most: int) -> None:
    (peach,) = goods(1, stock=stock)
    assert f'max="{most}"' in browser().get(f"/p/{peach.pk}/").content.decode()


@pytest.mark.parametrize("status", [Product.Status.DRAFT, Product.Status.DELISTED])
def test_a_product_that_is_not_on_sale_gets_a_way_on(status: str) -> None:
    (peach,) = goods(1)
    Product.objects.update(status=status)
    page = browser().get(f"/p/{peach.pk}/")
    assert page.status_code == 404
    assert b"This product is not on sale, or not any more." in page.content
    assert b'href="/search/"' in page.content
    assert View.objects.count() == 0
    assert browser().get(f"/p/{10**30}/").status_code == 404


def test_reviews_hide_the_names_and_show_the_mean() -> None:
    (peach,) = goods(1)
    order = paid()
    line = order.lines.get()
    Review.objects.create(order_line=line, author=make_member("王小明"), product_id_reviewed=peach.pk, rating=4, text="甜")
    Product.objects.update(rating_sum=9, rating_count=2)
    page = browser().get(f"/p/{peach.pk}/").content.decode()
    assert "4.5" in page
    assert "王**" in page
    assert "王小明" not in page
    assert "甜" in browser().get(f"/p/{peach.pk}/reviews/").content.decode()
    assert browser().get(f"/p/{peach.pk}/reviews/?page=99999").status_code == 200


def test_favourites_are_kept_and_taken_out() -> None:
    (peach,) = goods(1)
    member = make_member()
    client = browser(member)
    address = reverse("storefront:favourite", args=[peach.pk])
    assert client.post(address).headers["Location"] == f"/p/{peach.pk}/"
    assert Favourite.objects.get().user == member
    assert "Peach 0" in client.get("/favourites/").content.decode()
    piece = client.post(address, headers={"HX-Request": "true"})
    assert b'aria-pressed="false"' in piece.content
    assert Favourite.objects.count() == 0


def test_favourites_of_a_guest_lead_to_the_sign_in_and_back() -> None:
    (peach,) = goods(1)
    address = reverse("storefront:favourite", args=[peach.pk])
    response = browser().post(address, headers={"Referer": f"http://testserver/p/{peach.pk}/"})
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/?next=")
    assert Favourite.objects.count() == 0


def test_a_favourite_leads_nowhere_else() -> None:
    (peach,) = goods(1)
    address = reverse("storefront:favourite", args=[peach.pk])
    response = browser(make_member()).post(address, {"next": "https://evil.example/"})
    assert response.headers["Location"] == f"/p/{peach.pk}/"


def test_other_agents_words_stand_below() -> None:
    (peach,) = goods(1)
    agent(peach, voice="From my own village.", name="Ann")
    page = browser().get(f"/p/{peach.pk}/").content.decode()
    assert "What agents say" in page
    assert "From my own village." in page


@pytest.mark.parametrize(("signed_in", "sent"), [(False, 8), (True, 13)])
@pytest.mark.parametrize("count", [1, 20])
def test_statements_of_the_product_page(count: int, signed_in: bool, sent: int) -> None:
    products = goods(count)
    agent(*products)
    client = browser(make_member() if signed_in else None)
    client.get(f"/p/{products[0].pk}/")
    with exactly(sent):
        assert client.get(f"/p/{products[0].pk}/").status_code == 200

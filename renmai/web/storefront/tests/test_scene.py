"""Scenes as customers meet them: the page, what is counted, passing it on, and orders that come from it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from renmai.accounts.models import Role, Visitor
from renmai.accounts.tests.factories import Statements, make_staff
from renmai.campaigns.models import Campaign
from renmai.campaigns.scenes import actions, queries
from renmai.campaigns.scenes.actions import SceneInput
from renmai.campaigns.scenes.models import Scene, SceneVisit
from renmai.campaigns.tests.fakes import KEY, FakePlay, installed, running_campaign
from renmai.catalogue.models import Product
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.journeys.tests import world
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.sharing.models import Share

pytestmark = pytest.mark.django_db
HEADLINE = {"kind": "headline", "text_zh": "秋天的茶", "text_en": "Autumn tea"}
ADDRESS = reverse("storefront:scene", args=["autumn"])


def published(*blocks: object) -> Scene:
    owner = make_staff(Role.OWNER)
    given = SceneInput(slug="autumn", title_zh="秋茶节", title_en="Tea days", blocks=blocks)
    return actions.publish_scene(owner, actions.compose_scene(owner, given))


def browser(language: str = "en") -> Client:
    return Client(headers={"accept-language": language})


def about(product: Product) -> Campaign:
    campaign = running_campaign(KEY)
    campaign.products.create(product=product)
    return campaign


def on_sale() -> Product:
    product = make_product(lowest_price_fen=5000, highest_price_fen=5000)
    make_sku(product, stock=20, price_fen=5000)
    return product


def test_it_speaks_both_languages() -> None:
    published(HEADLINE, {"kind": "divider"})
    assert "Autumn tea" in browser().get(ADDRESS).content.decode()
    assert "秋天的茶" in browser("zh-hans").get(ADDRESS).content.decode()


def test_it_shows_its_goods_with_the_way_they_were_found() -> None:
    product, gone = on_sale(), on_sale()
    published(HEADLINE, {"kind": "products", "product_ids": [product.pk, gone.pk]})
    Product.objects.filter(pk=gone.pk).update(status="delisted")
    page = browser().get(ADDRESS).content.decode()
    assert f"/p/{product.pk}/?way=content" in page
    assert f"/p/{gone.pk}/" not in page


def test_a_countdown_is_true_or_not_there() -> None:
    with installed(FakePlay()):
        campaign = running_campaign(KEY, ends_at=clock.now() + timedelta(days=2))
        published({"kind": "countdown", "campaign_id": campaign.pk}, {"kind": "campaign", "campaign_id": campaign.pk})
        page = browser().get(ADDRESS).content.decode()
        assert f'datetime="{localtime(campaign.ends_at).isoformat()}" data-countdown' in page
        assert "Ends in" in page
        type(campaign).objects.update(status="paused")
        paused = browser().get(ADDRESS).content.decode()
        assert "data-countdown" not in paused
        assert "Paused for now." in paused
        type(campaign).objects.update(status="ended")
        assert "It is over." in browser().get(ADDRESS).content.decode()


def test_what_is_not_published_is_not_there() -> None:
    owner = make_staff(Role.OWNER)
    actions.compose_scene(owner, SceneInput(slug="autumn", title_zh="秋茶节", blocks=[HEADLINE]))
    assert browser().get(ADDRESS).status_code == 404


def test_a_browser_counts_once_a_day_and_one_that_only_asks_for_headers_never() -> None:
    scene = published(HEADLINE)
    one = browser()
    for _time in range(3):
        one.get(ADDRESS)
    browser().get(ADDRESS)
    browser().head(ADDRESS)
    assert SceneVisit.objects.filter(scene=scene).count() == 2


def bought(client: Client, buyer: world.Customer, product: Product, key: str) -> Order:
    sku = product.skus.get()
    form = {
        "act": "place",
        "sku_id": sku.pk,
        "quantity": 1,
        "address_id": buyer.address_id,
        "delivery": "parcel",
        "style": "personal",
        "idempotency_key": key,
    }
    answer = client.post(reverse("storefront:checkout"), form)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Order.objects.latest("pk")


def test_orders_within_a_day_carry_it_as_their_source() -> None:
    product, buyer = on_sale(), world.customer()
    scene = published({"kind": "products", "product_ids": [product.pk]})
    client = browser()
    client.force_login(buyer.user)
    assert bought(client, buyer, product, "before-it-1").source == "shop"
    client.get(ADDRESS)
    assert bought(client, buyer, product, "through-it-1").source == f"scene-{scene.pk}"
    with clock.shift(timedelta(days=1, minutes=5)):
        assert bought(client, buyer, product, "a-day-later-1").source == "shop"
    client.cookies["scene"] = "7.9999999999:forged"
    assert bought(client, buyer, product, "forged-one-1").source == "shop"


def test_what_she_paid_is_a_figure_of_the_scene() -> None:
    product, buyer = on_sale(), world.customer()
    scene = published({"kind": "products", "product_ids": [product.pk]})
    client = browser()
    client.force_login(buyer.user)
    client.get(ADDRESS)
    order = bought(client, buyer, product, "through-it-2")
    assert queries.figures_of_scenes([scene.pk])[scene.pk].orders == 0
    world.at_cashier(world.begin_payment(buyer, order))
    order.refresh_from_db()
    found = queries.figures_of_scenes([scene.pk])[scene.pk]
    assert (found.visits, found.orders, found.net_fen) == (1, 1, order.payable_fen)


def test_everybody_passes_it_on_with_a_link_of_her_own() -> None:
    product, buyer = on_sale(), world.customer()
    published({"kind": "products", "product_ids": [product.pk]})
    client = browser()
    client.force_login(buyer.user)
    page = client.get(reverse("storefront:scene_share", args=["autumn"])).content.decode()
    link = Share.objects.get()
    assert (link.kind, link.page, link.campaign_id, link.product) == ("page", ADDRESS, None, product)
    assert "Tea days" in page
    assert browser().get(reverse("storefront:share", args=[link.code])).headers["Location"] == f"{ADDRESS}?by={link.code}"
    assert client.get(reverse("storefront:poster", args=[link.code])).headers["Content-Type"] == "image/png"


def test_without_goods_there_is_a_link_and_no_poster() -> None:
    buyer = world.customer()
    published(HEADLINE)
    client = browser()
    client.force_login(buyer.user)
    page = client.get(reverse("storefront:scene_share", args=["autumn"])).content.decode()
    assert 'class="qr"' in page
    assert "poster.png" not in page


def test_a_campaign_shows_its_goods_and_its_icon_without_any() -> None:
    product = on_sale()
    with installed(FakePlay()):
        one, whole = about(product), running_campaign(KEY)
        published({"kind": "campaign", "campaign_id": one.pk}, {"kind": "campaign", "campaign_id": whole.pk})
        page = browser().get(ADDRESS).content.decode()
        assert (page.count('<img class="thumb"'), page.count("scene-offer-icon")) == (1, 1)
        Product.objects.update(status="delisted")
        assert browser().get(ADDRESS).content.decode().count("scene-offer-icon") == 2


@pytest.mark.parametrize("number", [1, 12])
def test_it_sends_the_same_statements_for_one_product_and_for_twelve(statements: Statements, number: int) -> None:
    blocks: list[object] = [{"kind": "products", "product_ids": [on_sale().pk for _number in range(number)]}]
    with installed(FakePlay()):
        blocks += [{"kind": "campaign", "campaign_id": about(on_sale()).pk} for _number in range(number)]
        published(*blocks)
        client = browser()
        client.get(ADDRESS)
        assert Visitor.objects.count() == 1
        with statements(9):
            shown = client.get(ADDRESS).content.decode()
        assert shown.count('<img class="thumb"') == number

"""The page of recommended goods, and the requirements behind it."""

import pytest
from django.urls import reverse

from renmai.accounts.actions import withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.tests.factories import Statements, make_member
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.matching import actions, queries, selections
from renmai.matching.models import Verdict
from renmai.matching.selections import Entry, Why
from renmai.matching.tests.town import bought
from renmai.matching.wishes import Wishes
from renmai.sharing.models import Binding, Mute, Share, ShopItem
from renmai.web.workbench.tests.world import Desk, agreed, bound, desk, goods, picked
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
ADVICE, REQUIREMENTS = "/agent/shop/advice/", "/agent/shop/requirements/"


def advised(mine: Desk, number: int = 3) -> list[int]:
    """A desk with customers, goods and a list; the ids on it."""
    made = [goods(title_zh=f"茶{each}", title_en=f"Tea {each}", keywords="绿茶") for each in range(number)]
    who = bound(mine)
    bought(who, made[0], shop=mine.shop)
    actions.refresh_selections(10)
    found = queries.for_agent(mine.user)
    assert found is not None
    return [entry.product_id for entry in found.entries]


def test_the_list_shows_goods_with_their_reasons_and_what_opens_them() -> None:
    mine = desk()
    first, *_others = advised(mine)
    page = mine.client.get(ADVICE).content.decode()
    assert f'id="p{first}"' in page
    assert "1 of your customers takes to" in page
    assert "From what 1 customer of yours bought" in page


def test_before_the_first_list_and_with_nothing_that_fits_she_is_told_what_to_do() -> None:
    mine = desk()
    assert "Your list is being made" in mine.client.get(ADVICE).content.decode()
    goods()
    actions.require_goods(mine.user, Wishes(commission_points=10_000))
    actions.refresh_selections(10)
    assert "Nothing meets your requirements" in mine.client.get(ADVICE).content.decode()


def test_she_takes_a_product_in_and_undoes_it() -> None:
    mine = desk()
    first, *_others = advised(mine)
    answer = mine.client.post(reverse("workbench:advice_accept", args=[first]), headers={"HX-Request": "true"})
    assert "It is in your shop now." in answer.content.decode()
    assert ShopItem.objects.filter(shop=mine.shop, product=first).exists()
    mine.client.post(reverse("workbench:advice_back", args=[first]), {"drop": "1"})
    assert not ShopItem.objects.filter(shop=mine.shop, product=first).exists()
    assert not Verdict.objects.exists()


def test_what_is_not_for_her_leaves_the_list_with_its_reason() -> None:
    mine = desk()
    first, *_others = advised(mine)
    mine.client.post(reverse("workbench:advice_reject", args=[first]), {"reason": "price"})
    assert Verdict.objects.get().reason == "price"
    assert f'id="p{first}"' not in mine.client.get(ADVICE).content.decode()
    refused = mine.client.post(reverse("workbench:advice_reject", args=[first]), {"reason": "mood"})
    assert refused.status_code == 400


def test_requirements_are_saved_shown_and_corrected_beside_their_field() -> None:
    mine = desk()
    product = goods()
    sent = {"categories": [product.category_id], "minimum": "20", "maximum": "150.50", "commission": "5", "returns": "10"}
    assert mine.client.post(REQUIREMENTS, sent).status_code == 302
    assert queries.requirements_of(mine.user) == Wishes(
        categories=frozenset({product.category_id}),
        minimum_fen=2000,
        maximum_fen=15_050,
        commission_points=500,
        return_points=1000,
    )
    page = mine.client.get(ADVICE).content.decode()
    assert "commission of at least 5%" in page
    assert "at most 10% returned" in page
    assert 'value="150.50"' in mine.client.get(REQUIREMENTS).content.decode()
    wrong = mine.client.post(REQUIREMENTS, {"minimum": "50", "maximum": "20"})
    assert wrong.status_code == 400
    assert "The highest price is below the lowest." in wrong.content.decode()


def test_a_price_that_left_her_band_since_the_list_was_made_is_not_shown() -> None:
    mine = desk()
    first, *_others = advised(mine)
    actions.require_goods(mine.user, Wishes(maximum_fen=10_000))
    actions.refresh_selections(10)
    assert f'id="p{first}"' in mine.client.get(ADVICE).content.decode()
    Product.objects.filter(pk=first).update(highest_price_fen=10_001)
    assert f'id="p{first}"' not in mine.client.get(ADVICE).content.decode()


@pytest.mark.parametrize("address", [ADVICE, "/agent/"])
def test_what_to_share_today_names_customers_while_trust_lets_a_share_through(address: str, moving_clock: MovingClock) -> None:
    moving_clock.travel(moving_clock.now.replace(hour=4))
    mine = desk()
    one, two, three, four = (agreed(bound(mine, make_member(name))) for name in ("Lin Mei", "Zhao Yun", "Wu Na", "Qian Bo"))
    silent = bound(mine, make_member("Sun Li"))
    product = picked(mine, 100_000)
    people = tuple(each.pk for each in (one, two, three, four, silent))
    selections.keep("share", mine.user.pk, [Entry(product.pk, (Why("popular", 0, 5),), people)], strategy="personal")

    def named() -> set[str]:
        page = mine.client.get(address).content.decode()
        assert "Earns you ¥" in page
        assert "5 sold in the last 30 days" in page
        return {name for name in ("Lin Mei", "Zhao Yun", "Wu Na", "Qian Bo", "Sun Li") if name in page}

    assert named() == {"Lin Mei", "Zhao Yun", "Wu Na", "Qian Bo"}, "who does not want offers is not named"
    Mute.objects.create(receiver=one, sharer=mine.user)
    withdraw_consent(two, Purpose.MARKETING)
    Binding.objects.filter(customer=three).update(status=Binding.Status.ENDED, ended_at=clock.now())
    assert named() == {"Qian Bo"}
    moving_clock.advance(hours=12)
    assert named() == set(), "nobody is named at night"


def test_one_tap_on_today_leads_to_the_link_of_the_product() -> None:
    mine = desk()
    product = picked(mine)
    selections.keep("share", mine.user.pk, [Entry(product.pk)], strategy="personal")
    page = mine.client.get("/agent/").content.decode()
    assert f'name="product" value="{product.pk}"' in page
    assert "Worth sharing again" not in page
    answer = mine.client.post(reverse("workbench:share_new"), {"product": product.pk})
    assert answer.headers["Location"].endswith(f"/{Share.objects.get(product=product).code}/")


def test_what_is_recommended_is_marked_with_where_it_stands_and_what_chose_it() -> None:
    mine = desk()
    product, other = picked(mine), goods()
    selections.keep("share", mine.user.pk, [Entry(product.pk)], strategy="personal")
    selections.keep("agent", mine.user.pk, [Entry(other.pk)], strategy="tail")
    marks = 'data-stream-product="{}" data-text-surface="{}" data-whole-rank="1" data-text-model="{}"'
    today, page = (mine.client.get(address).content.decode() for address in ("/agent/", ADVICE))
    assert f'data-stream-shown="recommendation_shown" {marks.format(product.pk, "today", "personal")}' in today
    assert f'data-stream-chosen="recommendation_chosen" {marks.format(product.pk, "share", "personal")}' in page
    assert f'data-stream-shown="recommendation_shown" {marks.format(other.pk, "advice", "tail")}' in page
    assert f'data-stream-chosen="recommendation_chosen" {marks.format(other.pk, "advice", "tail")}' in page


@pytest.mark.parametrize("number", [2, 20])
def test_the_page_sends_the_same_statements_for_two_goods_and_for_twenty(statements: Statements, number: int) -> None:
    mine = desk()
    made = [goods() for _each in range(number)]
    why = (Why("taste", made[0].category_id, 3), Why("together", made[1].pk))
    selections.keep("agent", mine.user.pk, [Entry(product.pk, why) for product in made], strategy="personal", people=3)
    mine.client.get(ADVICE)  # what is kept for seconds, such as settings, is read now
    with statements(14):
        mine.client.get(ADVICE)

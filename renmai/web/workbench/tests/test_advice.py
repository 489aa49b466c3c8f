"""The page of recommended goods, and the requirements behind it."""

import pytest
from django.urls import reverse

from renmai.accounts.tests.factories import Statements, make_member
from renmai.catalogue.models import Product
from renmai.matching import actions, queries, selections
from renmai.matching.models import Verdict
from renmai.matching.selections import Entry, Why
from renmai.matching.tests.town import bought
from renmai.matching.wishes import Wishes
from renmai.sharing.models import Mute, ShopItem
from renmai.web.workbench.tests.world import Desk, bound, desk, goods, picked

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


def test_what_to_share_today_names_bound_customers_but_none_who_muted_her() -> None:
    mine = desk()
    one, other = bound(mine, make_member("Lin Mei")), bound(mine, make_member("Zhao Yun"))
    product = picked(mine)
    selections.keep("share", mine.user.pk, [Entry(product.pk, (), (one.pk, other.pk))], strategy="personal")
    page = mine.client.get(ADVICE).content.decode()
    assert "Lin Mei, Zhao Yun" in page
    Mute.objects.create(receiver=one, sharer=mine.user)
    page = mine.client.get(ADVICE).content.decode()
    assert "Lin Mei" not in page
    assert "Zhao Yun" in page


@pytest.mark.parametrize("number", [2, 20])
def test_the_page_sends_the_same_statements_for_two_goods_and_for_twenty(statements: Statements, number: int) -> None:
    mine = desk()
    made = [goods() for _each in range(number)]
    why = (Why("taste", made[0].category_id, 3), Why("together", made[1].pk))
    selections.keep("agent", mine.user.pk, [Entry(product.pk, why) for product in made], strategy="personal", people=3)
    mine.client.get(ADVICE)  # what is kept for seconds, such as settings, is read now
    with statements(14):
        mine.client.get(ADVICE)

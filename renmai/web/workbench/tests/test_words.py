"""What is offered to be said: fitting, true, in both languages, past the linter; and never that somebody was watched."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from renmai.accounts.tests.factories import make_staff
from renmai.alerts.actions import share_it
from renmai.alerts.models import BrowseAlert
from renmai.alerts.tests.floor import Floor
from renmai.catalogue.actions import count_stock, set_price
from renmai.catalogue.models import Sku
from renmai.catalogue.queries import is_back_on_shelf
from renmai.kernel import clock
from renmai.policy.linting import Copy, lint
from renmai.web.workbench.goods import Goods
from renmai.web.workbench.tests.world import Desk, desk, goods, link_to, picked, signed_in
from renmai.web.workbench.words_to_say import MOST, SITUATIONS, Shown, disclosure, sayings
from tools.testing.moving_clock import MovingClock

LANGUAGES = ["en", "zh-hans"]
WATCHED = (
    "look at",
    "looked",
    "looking at",
    "saw",
    "seen",
    "noticed",
    "stayed",
    "看到",
    "看过",
    "浏览",
    "停留",
    "关注到",
    "发现你",
)
EARNS = {"en": "earn a commission", "zh-hans": "佣金"}


def a_product(title: str) -> Goods:
    """A product as an agent sees it."""
    return Goods(
        id=1, title=title, motif="", picture_seed=1, picture_path="", price_fen=5990, reference_price_fen=7990, currency="CNY",
        earn_fen=500, rate_basis_points=800, sold_count=3, is_sold_out=False, is_chosen=True, voice="", url="/p/1/",
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.key)
def test_words_name_the_goods_keep_the_rules_and_tell_of_no_watching(situation: object, language: str) -> None:
    title = "阳山水蜜桃 5斤装" if language == "zh-hans" else "Yangshan peaches, 2.5 kg"
    with override(language):
        fact = situation.fact  # type: ignore[attr-defined]
        (said,) = [one for one in sayings(Shown(title, a_product(title)), {fact: 1}) if one.key == situation.key]  # type: ignore[attr-defined]
        along = disclosure(Shown(title, a_product(title)))
    assert title in said.text
    assert len(said.text) < MOST
    assert [word for word in WATCHED if word in said.text] == []
    assert EARNS[language] in along
    assert lint(Copy(texts=(said.text, f"{said.text}\n{along}"))) == ()


def test_what_earns_nothing_is_not_said_to_earn() -> None:
    product = replace(a_product("Tea"), earn_fen=0)
    with override("en"):
        assert disclosure(Shown("Tea", product)) == "I earn nothing when you buy it."


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"cart_additions": 1, "views": 2, "goods": 1}, "cart"),
        ({"earlier_days": 1, "views": 2, "goods": 1}, "came_back"),
        ({"back_on_shelf": 1, "reduced": 7990, "goods": 1}, "back_in_stock"),
        ({"reduced": 7990, "views": 1, "goods": 1}, "price"),
        ({"views": 3, "goods": 1, "reduced": 0, "back_on_shelf": 0}, "lingers"),
        ({"goods": 1}, "plain"),
    ],
)
def test_the_most_telling_case_comes_first_and_what_is_not_so_is_not_offered(facts: dict[str, int], first: str) -> None:
    found = sayings(Shown("Tea", a_product("Tea")), facts)
    assert found[0].key == first
    assert {one.key for one in found} == {each.key for each in SITUATIONS if facts.get(each.fact)}


@pytest.mark.django_db
def test_goods_are_back_when_they_were_sold_out_before_the_delivery(moving_clock: MovingClock) -> None:

    staff, product = make_staff(), goods()
    sku = Sku.objects.get(product=product)
    day = timedelta(days=1)
    count_stock(staff, sku.pk, on_hand=20, reason="begin")
    count_stock(staff, sku.pk, on_hand=25, reason="some more")
    assert not is_back_on_shelf(product.pk, since=clock.now() - day)
    moving_clock.advance(days=2)
    count_stock(staff, sku.pk, on_hand=0, reason="gone")
    assert not is_back_on_shelf(product.pk, since=clock.now() - day)
    count_stock(staff, sku.pk, on_hand=7, reason="delivered")
    assert is_back_on_shelf(product.pk, since=clock.now() - day)
    moving_clock.advance(days=2)
    assert not is_back_on_shelf(product.pk, since=clock.now() - day)


@pytest.fixture
def mine() -> Desk:
    return desk()


@pytest.mark.django_db
def test_a_reduced_price_is_said_with_what_it_was(mine: Desk, moving_clock: MovingClock) -> None:

    product = picked(mine)
    moving_clock.advance(days=40)
    set_price(make_staff(), Sku.objects.get(product=product).pk, price_fen=8000)
    page = mine.client.get(reverse("workbench:share_detail", args=[link_to(mine, product).code]))
    assert page.context["saying"].key == "price"
    assert "¥80.00" in page.context["saying"].text
    assert "¥100.00" in page.context["saying"].text


@pytest.mark.django_db
def test_an_alert_brings_its_case_along_to_her_alone(moving_clock: MovingClock) -> None:
    moving_clock.travel(moving_clock.now.replace(hour=4, minute=0))
    floor = Floor()
    (alert,) = floor.tell()
    BrowseAlert.objects.filter(pk=alert.pk).update(evidence={"cart_additions": 1, "views": 2})
    link = share_it(floor.agent, alert.pk)
    address = reverse("workbench:share_detail", args=[link.code])
    hers = signed_in(floor.agent)
    told = hers.get(address, {"alert": alert.pk})
    assert told.context["saying"].key == "cart"
    assert f"What to say to {floor.customer.display_name}" in told.content.decode()
    assert hers.get(address, {"alert": str(alert.pk), "say": "plain"}).context["saying"].key == "plain"
    nonsense: tuple[str, ...] = ("", "x", "999999", str(alert.pk + 1))
    for other in nonsense:
        assert hers.get(address, {"alert": other}).context["saying"].key == "plain"
    other_link = link_to(Desk(None, floor.shop, hers), None)  # type: ignore[arg-type]
    page = hers.get(reverse("workbench:share_detail", args=[other_link.code]), {"alert": alert.pk})
    assert page.context["alert"] is None

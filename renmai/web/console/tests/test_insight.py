"""The pages of lifetime value, funnels and coming back: what they say, what they cost, and their files."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import Statements, make_staff
from renmai.catalogue.actions import reindex
from renmai.catalogue.models import Synonym
from renmai.catalogue.queries import ShelfQuery, shelf
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.insight.portraits.actions import refresh
from renmai.insight.queries import Period
from renmai.insight.value.actions import count_funnels
from renmai.insight.value.models import FittedModel, HeldOutGroup, Worth
from renmai.insight.value.queries import coming_back
from renmai.insight.value.tests.shop import DAY, NOW, START, TODAY, Town, people, worked_out
from renmai.insight.value.tests.test_funnels import buy, look, search, see, tell
from renmai.kernel import clock
from renmai.web.console import value_charts, value_words
from renmai.web.console.tests import scene as scenes
from renmai.web.console.value_charts import percent_text

pytestmark = pytest.mark.django_db
PERIOD = f"?from={START:%Y-%m-%d}&to={NOW:%Y-%m-%d}"


@pytest.fixture
def english(owner: Client) -> Client:
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return owner


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def shown(client: Client, name: str, query: str = "") -> str:
    return shown_at(client, reverse(f"console:{name}") + query)


def shown_at(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def goes_on_selling(town: Town) -> None:
    """Somebody bought yesterday: the shop does not stand still."""
    town.order(town.user(), (clock.now() - START) / DAY - 1)


def test_before_anything_is_known_each_page_says_what_to_do(english: Client) -> None:
    assert "Nothing is worked out yet" in shown(english, "value")
    assert "The steps of this period are not counted yet" in shown(english, "funnels", "?from=2020-01-01&to=2020-01-31")
    assert "Nobody bought for the first time in this period" in shown(english, "retention", "?from=2020-01-01&to=2020-01-31")


def test_the_page_of_value_shows_what_was_worked_out(english: Client) -> None:
    town = Town()
    people(town, 60)
    model = worked_out()
    page = shown(english, "value")
    best = Worth.objects.order_by("-value_fen").first()
    assert best is not None
    assert best.user.display_name in page
    assert f"¥{best.value_fen / 100:,.2f}" in page
    assert value_words.quality_sentence(model) == "" or "the model expected" in page
    assert "Of each yuan that customers keep paying, 100.0% is left" in page
    assert "is the worker running?" in page, "the model of the spring is old by now"
    for each in model.parameters.all():
        assert f">{each.name}<" in page


def test_customers_of_one_month_and_models_of_other_days(english: Client) -> None:
    town = Town()
    people(town, 60)
    model = worked_out()
    early = Worth.objects.order_by("first_paid_at")[:20]
    last = max((row.first_paid_at + timedelta(hours=8)).date() for row in early)
    query = f"?from={START:%Y-%m-%d}&to={last:%Y-%m-%d}"
    came = [row for row in Worth.objects.all() if START.date() <= (row.first_paid_at + timedelta(hours=8)).date() <= last]
    assert 20 <= len(came) < 60
    page = shown(english, "value", query)
    assert f">{len(came)}<" in page
    assert f"value/customers.csv{query.replace('&', '&amp;')}" in page
    rows = rows_of(english.get(reverse("console:value_file") + query).content)
    assert sorted(int(row["customer"]) for row in rows) == sorted(row.user_id for row in came)
    older = FittedModel.objects.get(pk=model.pk)
    older.pk, older.fitted_at, older.mean_rate = None, older.fitted_at - DAY, 7.0
    older.until -= DAY
    older.save()
    described = shown(english, "value", f"?model={older.pk}")
    assert "is described below; what each customer is worth is always by the newest." in described
    assert "365.00 further orders" in described
    assert "is described below" not in shown(english, "value", f"?model={model.pk}")
    assert "is described below" not in shown(english, "value", "?model=999999")


def test_her_portrait_says_what_a_customer_is_worth(english: Client) -> None:
    town = Town()
    users = people(town, 60)
    worked_out()
    found = Worth.objects.get(user=users[0])
    refresh([users[0].pk])
    page = shown_at(english, reverse("console:customer", args=[users[0].pk]))
    assert "What she is worth" in page
    assert f"¥{found.value_fen / 100:,.2f}" in page
    Worth.objects.all().delete()
    assert "She is not worked out yet" in shown_at(english, reverse("console:customer", args=[users[0].pk]))


def test_names_are_for_whoever_may_see_customers() -> None:
    town = Town()
    users = people(town, 30)
    worked_out()
    analyst = scenes.browser_of(make_staff(Role.ANALYST, username="analyst"))
    page = shown(analyst, "value")
    assert not any(f">{user.display_name}<" in page for user in users)
    answer = analyst.get(reverse("console:value_file"))
    assert not any(user.display_name in answer.content.decode() for user in users)
    shipper = scenes.browser_of(make_staff(Role.SERVICE, username="service"))
    for name in ("value", "value_file", "funnels", "funnels_file", "retention", "retention_file"):
        assert shipper.get(reverse(f"console:{name}")).status_code == 403


def test_files_hold_the_rows_behind(english: Client) -> None:
    town = Town()
    people(town, 30)
    worked_out()
    found = rows_of(english.get(reverse("console:value_file")).content)
    assert [int(row["value_fen"]) for row in found] == list(
        Worth.objects.order_by("-value_fen", "pk").values_list("value_fen", flat=True)
    )
    back = rows_of(english.get(reverse("console:retention_file") + PERIOD).content)
    assert len(back) == 30
    assert sum(int(row["purchases"]) for row in back) == FittedModel.objects.get().orders
    buyer = town.user()
    look(town, buyer, 3, "search")
    buy(town, buyer, 3.5, "search")
    orders = rows_of(english.get(reverse("console:funnels_file") + PERIOD).content)
    mine = [row for row in orders if row["customer"] == str(buyer.pk)]
    assert [(row["channel"], row["minutes"], row["paid_fen"]) for row in mine] == [("search", "720.0", "1000")]


def test_funnels_and_cohorts_say_their_figures(english: Client, settings: Settings, tmp_path: Path) -> None:
    settings.RENMAI_HOME = tmp_path
    town = Town()
    for number in range(6):
        buyer = town.user()
        look(town, buyer, number, "search")
        search(town, buyer, number)
        see(town, buyer, number + 0.1, "search")
        order = buy(town, buyer, number + 0.5, "search")
        assert order.paid_at is not None
        town.order(buyer, number + 20)
    search(town, None, 3)
    goes_on_selling(town)
    asked = english.post(reverse("console:funnels_count") + PERIOD)
    assert asked.headers["Location"] == reverse("console:funnels") + PERIOD
    assert "The worker is counting this period" in shown(english, "funnels", PERIOD)
    assert count_funnels(1) == 1
    page = shown(english, "funnels", PERIOD)
    assert "Of 6 people who came this way 100% bought and kept something (61% – 100%)." in page
    assert "+ 1 time by somebody who is not followed" in page
    assert "12.0 h" in page
    cohorts = shown(english, "retention", PERIOD)
    assert "6 customers came in this period; of those who had thirty days 100% bought again within them." in cohorts
    assert 'class="heat-' in cohorts


def test_searches_say_what_found_nothing_and_never_what_few_people_typed(
    english: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.RENMAI_HOME = tmp_path
    town = Town()
    assert "The searches of this period are not counted yet" in shown(english, "searches", PERIOD)
    for number in range(6):
        tell("searched", town.user(), number, town, query="西红柿", found=0)
    tell("searched", town.user(), 1, town, query="王小姐的电话", found=0)
    asked = english.post(reverse("console:searches_count") + PERIOD)
    assert asked.headers["Location"] == reverse("console:searches") + PERIOD
    assert count_funnels(1) == 1
    page = shown(english, "searches", PERIOD + "&only=empty")
    assert "7 searches; 100% found nothing, 0.0% only something like it." in page
    assert "西红柿" in page
    assert "王小姐" not in page
    assert "1 search of fewer than five people is not listed; 1 found nothing." in page
    (row,) = rows_of(english.get(reverse("console:searches_file") + PERIOD).content)
    assert (row["search"], row["times"], row["people"], row["found_nothing"], row["opened_part"]) == (
        "西红柿",
        "6",
        "6",
        "6",
        "0.0",
    )
    assert 'class="link small"' not in shown(english, "searches", PERIOD + "&only=loosened")


def test_a_search_that_found_nothing_leads_to_a_synonym_and_searches_know_it(
    english: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.RENMAI_HOME = tmp_path
    town = Town()
    for _one in range(5):
        tell("searched", town.user(), 1, town, query="西红柿", found=0)
    english.post(reverse("console:searches_count") + PERIOD)
    assert count_funnels(1) == 1
    word = "&only=&amp;word=%E8%A5%BF%E7%BA%A2%E6%9F%BF#synonyms"
    assert word.replace("&only", "&amp;only") in shown(english, "searches", PERIOD)
    product = make_product("番茄 5斤")
    make_sku(product)
    reindex(product)
    assert 'value="西红柿"' in shown(english, "searches", "?word=西红柿")
    added = english.post(reverse("console:synonym_add") + PERIOD, {"word": "西红柿", "other": "番茄", "is_both_ways": "on"})
    assert added.headers["Location"] == f"{reverse('console:searches')}{PERIOD}&only=#synonyms"
    assert [card.id for card in shelf(ShelfQuery(text="西红柿")).items] == [product.pk]
    again = english.post(reverse("console:synonym_add"), {"word": "番茄", "other": "西红柿"})
    assert (again.status_code, "These two are synonyms already." in again.content.decode()) == (409, True)
    english.post(reverse("console:synonym_remove", args=[Synonym.objects.get().pk]))
    assert shelf(ShelfQuery(text="西红柿")).items == ()


@pytest.mark.parametrize(("name", "most"), [("searches", 15), ("value", 26), ("funnels", 24), ("retention", 16)])
def test_pages_cost_the_same_for_few_and_for_many(
    english: Client, django_assert_max_num_queries: Statements, name: str, most: int
) -> None:
    town = Town()
    people(town, 12)
    worked_out()
    with django_assert_max_num_queries(most):
        shown(english, name, PERIOD)
    people(town, 40, seed=2)
    worked_out_again()
    with django_assert_max_num_queries(most):
        shown(english, name, PERIOD)


def worked_out_again() -> None:
    Worth.objects.all().delete()
    FittedModel.objects.all().delete()
    worked_out()


def test_everything_is_said_in_chinese_too(owner: Client) -> None:
    town = Town()
    people(town, 60)
    worked_out()
    goes_on_selling(town)
    with translation.override("zh-hans"):
        assert "终身价值" in shown(owner, "value")
        assert "这段时间的步骤还没有统计" in shown(owner, "funnels", PERIOD)
        assert "首单月份" in shown(owner, "retention", PERIOD)


def test_the_quality_is_always_said_where_something_was_held_out() -> None:
    with translation.override("en"):
        asleep = FittedModel(held_out_days=90, held_out_expected=12.4, held_out_actual=0)
        assert value_words.quality_sentence(asleep).endswith("the model expected 12 orders in them; none was placed.")
        awake = FittedModel(held_out_days=90, held_out_expected=9.0, held_out_actual=10, held_out_by_rate=12.0)
        assert "(−10.0%)" in value_words.quality_sentence(awake)
        assert value_words.quality_sentence(FittedModel(held_out_days=0)) == ""


def test_the_chart_of_quality_draws_what_was_held_out() -> None:
    groups = [
        HeldOutGroup(repeated=0, customers=10, expected=5.0, actual=4),
        HeldOutGroup(repeated=7, customers=2, expected=6.0, actual=8),
    ]
    assert value_charts.calibration(groups[:1]) is None
    chart = value_charts.calibration(groups)
    assert chart is not None
    assert [(pair.label, pair.actual, pair.expected) for pair in chart.pairs] == [("0", "0.40", "0.50"), ("7+", "4.00", "3.00")]
    assert chart.pairs[1].top == pytest.approx(chart.height * (1 - 4 / 4.4))
    assert chart.pairs[1].expected_y == pytest.approx(chart.height * (1 - 3 / 4.4))


def test_the_darkest_cell_is_the_largest_share() -> None:
    town = Town()
    people(town, 40)
    town.order(town.user(), 110)
    with clock.travel(TODAY + 60 * DAY):
        found = coming_back(Period(START.date(), NOW.date()))
    rows, steps = value_charts.heat(found.cohorts)
    cells = [cell for row in rows for cell in row.cells if cell]
    assert steps == max(len(cohort.cells) for cohort in found.cohorts)
    assert max(cells, key=lambda cell: cell.active / cell.customers).shade == 9
    assert all(0 <= cell.shade <= 9 for cell in cells)
    assert percent_text(0.0994) == "9.9%"
    assert percent_text(0.0996) == "10%"

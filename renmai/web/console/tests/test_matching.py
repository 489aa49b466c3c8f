"""The console's page of matching: how each way of choosing would have done, and goods that are recommended to nobody."""

from pathlib import Path

import pytest
from django.test import Client

from renmai.accounts.models import ActLog, Role
from renmai.insight.stream.tests.happenings import happened
from renmai.kernel import clock
from renmai.matching import actions, comparing, showing
from renmai.matching.fitted import files, serving
from renmai.matching.fitted.tests.circles import circles, home
from renmai.matching.models import Comparison, Demotion
from renmai.matching.tests.town import bought, customer, kinds, seller
from renmai.web.console.tests import scene as scenes
from renmai.web.console.views.matching import SURFACES

pytestmark = pytest.mark.django_db
PAGE = "/console/matching/"
__all__ = ["home"]


def clerk(role: Role) -> Client:
    """A browser of somebody of the staff who reads English."""
    found = scenes.browser_of(scenes.member_of_staff(role))
    found.cookies["django_language"] = "en"
    return found


def test_before_there_is_anything_the_page_says_what_will_come() -> None:
    page = clerk(Role.MERCHANDISER).get(PAGE).content.decode()
    assert "Nothing to measure on yet" in page
    assert "No list yet" in page
    assert "Nothing is demoted" in page


def test_strategies_are_measured_on_orders_they_have_not_seen() -> None:
    fruit, shoes, _tea = kinds(10)
    for number in range(6):
        for shelf in (fruit, shoes):
            who = customer()
            for product in (shelf[number], shelf[number + 1], shelf[number + 2]):
                bought(who, product, days_ago=60)
            bought(who, shelf[number + 3], days_ago=10)
    found = {result.strategy: result for result in comparing.compare().results}
    assert found["personal"].recall >= found["popular"].recall
    assert found["personal"].low <= found["personal"].recall <= found["personal"].high
    assert actions.compare_strategies(1) == 1
    assert actions.compare_strategies(1) == 0
    assert Comparison.objects.get().people == 12
    page = clerk(Role.MERCHANDISER).get(PAGE).content.decode()
    assert "On 12 members who bought" in page
    assert "For each her own" in page


def test_what_was_shown_and_opened_stands_by_surface_and_by_what_chose_it() -> None:
    assert "Nothing was shown yet" in clerk(Role.MERCHANDISER).get(PAGE).content.decode()
    told = [happened(f"recommendation_{name}", surface="home", rank=1, model="tail") for name in ("shown", "shown", "chosen")]
    showing.count([*told, happened("recommendation_shown", surface="with", rank=2, model="together")])
    answer = clerk(Role.MERCHANDISER).get(PAGE)
    rows = [(row.surface, row.model, row.shown, row.chosen, row.share) for row in answer.context["opened"]]
    assert rows == [
        ("Home page", "What lies in the warehouse", 2, 1, "50.0%"),
        ("Goes with a product", "Bought together, or alike", 1, 0, "0.0%"),
    ]


def test_every_surface_has_its_words() -> None:
    assert set(SURFACES) == set(showing.Surface)


def test_the_page_says_which_model_serves_since_when_and_why(home: Path) -> None:
    circles()
    browser = clerk(Role.MERCHANDISER)
    assert "No model has been fitted yet." in browser.get(PAGE).content.decode()
    actions.refit(1)
    page = browser.get(PAGE).content.decode()
    assert "The lists ask a model: Same buyers" in page
    assert "from 180 bought and 0 wished by 36 people, on 27 goods" in page
    assert "asked for the 36 new goods that 36 people bought in them" in page
    assert "know" not in page.partition("The lists ask a model")[2].partition("<table")[0]
    said = files.manifest()
    (home / "models" / said.file).write_bytes(b"no model")
    serving._read.clear()
    actions.refresh_selections(10)
    page = browser.get(PAGE).content.decode()
    assert "No model serves the lists" in page
    assert "The model&#x27;s file is damaged." in page
    (home / "models" / said.file).unlink()
    assert "The model&#x27;s file is gone." in browser.get(PAGE).content.decode()
    actions.refit(1)
    actions.refresh_selections(10)
    assert "The lists ask a model" in browser.get(PAGE).content.decode()


def test_a_young_shop_is_told_that_no_model_serves_and_not_warned(home: Path) -> None:
    kinds(2)
    actions.refit(1)
    page = clerk(Role.MERCHANDISER).get(PAGE).content.decode()
    assert "No model serves: none is better than what sells most, or too few people can be asked yet." in page
    assert "notice-warn" not in page


def test_the_lists_are_counted_and_their_overlap_said() -> None:
    kinds(2)
    seller("One")
    seller("Two")
    actions.refresh_selections(10)
    page = clerk(Role.OWNER).get(PAGE).content.decode()
    assert "2 agents have a list" in page
    assert "Two agents share" in page


def test_a_demotion_is_lifted_with_a_reason_that_stands_in_the_log() -> None:
    (product, *_others), *_kinds = kinds(1)
    row = Demotion.objects.create(product=product, judged=20, bad=12, tolerated_points=800, times=5000, at=clock.now())
    browser = clerk(Role.MERCHANDISER)
    assert product.title_zh in browser.get(PAGE).content.decode()
    refused = browser.post(f"{PAGE}{row.pk}/lift/", {"why": "?"})
    assert refused.status_code == 400
    assert "at least 2 characters" in refused.content.decode()
    assert browser.post(f"{PAGE}{row.pk}/lift/", {"why": "a new batch"}).status_code == 302
    row.refresh_from_db()
    assert row.status == Demotion.Status.LIFTED
    assert ActLog.objects.get(act="matching.lifted").detail == {"why": "a new batch"}
    assert "a new batch" in browser.get(f"{PAGE}?status=lifted").content.decode()

"""Every play's editor in a real browser, in both languages: composed from what it asks, judged, and launched."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import play, plays
from renmai.web.console.campaign_form import PREFIX
from renmai.web.console.tests import house as houses
from renmai.web.console.tests.house import House
from renmai.web.console.tests.test_campaigns_browser import LARGE, day, fits, in_language
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.browser import shoot
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Filled:
    """What somebody types into the editor of a play, beside what stands there already; and what the campaign must have kept of it."""

    typed: dict[str, str] = field(default_factory=dict)
    kept: dict[str, object] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)


PLAYS: Final = {
    "bargain": Filled({"floor_fen": "9.90", "helpers": "5"}, {"floor_fen": 990, "helpers": 5}),
    "coupon": Filled({"off_fen": "10", "threshold_fen": "59"}, {"off_fen": 1000, "threshold_fen": 5900}),
    "flash": Filled({"price_fen": "29.90", "pieces": "10"}, {"price_fen": 2990, "pieces": 10}),
    "invitation": Filled({"least_fen": "20"}, {"least_fen": 2000}),
    "levels": Filled({"silver_fen": "500"}, {"silver_fen": 50_000}),
    "points": Filled(),
    "presale": Filled({"price_fen": "48", "deposit_fen": "10"}, {"price_fen": 4800, "deposit_fen": 1000}),
    # Packets of random size would need a second person's look.
    "red_packet": Filled({"packets": "50", "total_fen": "100"}, {"packets": 50, "split": "equal"}, {"split": "equal"}),
}


def test_every_play_is_composed_here_or_beside() -> None:
    """A group buy is composed, judged and changed in ``test_campaigns_browser``."""
    assert {*PLAYS, "groupbuy"} == set(plays())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_play_is_composed_and_launched(open_page: Callable[..., Page], site: str, language: str) -> None:
    house, page, say = houses.build(), open_page(**LARGE), in_language(language)
    page.set_default_timeout(30_000)
    signed_in(page, site)
    for key, filled in PLAYS.items():
        page.goto(f"/console/campaigns/new/{key}/")
        fill(page, house, key, filled, say)
        shoot(page, f"editor-{key}-{language}")
        assert serious(page) == [], key
        assert fits(page), key
        page.set_viewport_size({"width": 390, "height": 844})
        assert fits(page), key
        page.set_viewport_size(LARGE["viewport"])  # type: ignore[arg-type]
        page.get_by_role("button", name=say("Save and launch")).click()
        page.get_by_role("dialog").get_by_role("button", name=say("Launch", "campaign")).click()
        title = "Tea days" if language == "en" else "好茶节"
        expect(page.get_by_text(say("“%(title)s” is launched.") % {"title": title})).to_be_visible()
        campaign = Campaign.objects.get(play=key, title_en="Tea days")
        assert campaign.status == Campaign.Status.LAUNCHED, key
        assert {name: campaign.terms[name] for name in filled.kept} == filled.kept
        assert serious(page) == [], key
        shoot(page, f"launched-{key}-{language}")


def fill(page: Page, house: House, key: str, filled: Filled, say: Callable[..., str]) -> None:
    """Fill the editor in: titles, goods where it is about some, what is typed, and a few days."""
    page.get_by_label(say("Title, Chinese")).fill("好茶节")
    page.get_by_label(say("Title, English")).fill("Tea days")
    if any(each.kind == "sku" for each in play(key).fields):
        page.get_by_role("searchbox").nth(1).fill(house.sku.code)
        page.locator(".sku-option", has_text=house.sku.code).click()
    for name, text in filled.typed.items():
        page.locator(f"input[name='{PREFIX}{name}']").fill(text)
    for name, option in filled.chosen.items():
        page.locator(f"select[name='{PREFIX}{name}']").select_option(option)
    page.get_by_label(say("Begins"), exact=True).fill(day(0))
    page.get_by_label(say("Ends"), exact=True).fill(day(5))
    expect(page.locator("#look")).to_contain_text(say("The rules have nothing against it."))

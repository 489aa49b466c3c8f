"""Saying what one thinks of something shared, in a real browser: one tap, undo, mute, and the page of who shares to me."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.sharing.models import Share
from renmai.web.storefront.tests.shelves import agent, link_to, with_options
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def language() -> str:
    """These tests read English."""
    return "en"


def _enter(page: Page, site: str, user: User) -> None:
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def _lands(page: Page, site: str) -> Share:
    """Let a member open an agent's link in her browser."""
    oranges, _skus, _values = with_options((20, 3, 0))
    _agent, shop = agent(oranges, name="Lin")
    _enter(page, site, make_member())
    link = link_to(oranges, shop)
    page.goto(f"/s/{link.code}")
    return link


def test_one_tap_is_thanked_for_in_place_and_taken_back(page_phone: Page, site: str) -> None:
    page = page_phone
    _lands(page, site)
    page.get_by_role("button", name="Useful", exact=True).click()
    expect(page.get_by_text("Lin gains some of your trust by it.")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("button", name="Not useful")).to_be_visible()
    assert serious(page) == []


def test_a_mute_empties_her_lists_until_she_hears_again(page_phone: Page, site: str) -> None:
    page = page_phone
    _lands(page, site)
    page.get_by_role("button", name="Mute").click()
    expect(page.get_by_text("You hear nothing more of Lin")).to_be_visible()
    page.goto("/discover/")
    expect(page.get_by_text("I eat these myself.")).to_have_count(0)
    page.goto("/me/trust/")
    assert serious(page) == []
    page.get_by_role("button", name="Hear of Lin again").click()
    expect(page.get_by_text("You hear of Lin again.")).to_be_visible()
    page.goto("/discover/")
    expect(page.get_by_text("I eat these myself.")).to_have_count(1)


def test_a_complaint_is_sent_from_the_page_that_was_shared(page_phone: Page, site: str) -> None:
    page = page_phone
    _lands(page, site)
    page.get_by_role("link", name="Complain").click()
    page.get_by_label("What is wrong?").fill("Not what the words said")
    assert serious(page) == []
    page.get_by_role("button", name="Send the complaint").click()
    expect(page.get_by_text("It counts at once")).to_be_visible()

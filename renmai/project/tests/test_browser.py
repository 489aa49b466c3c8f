"""The fixtures of the browser tests themselves: a page opens, in the language asked for, and its errors do not pass unseen."""

import pytest
from playwright.sync_api import Page

from tools.testing.browser import RESULTS, shoot


def test_a_phone_opens_a_page_of_the_running_server(page_phone: Page) -> None:
    answer = page_phone.goto("/healthz")
    assert answer is not None
    assert answer.json() == {"status": "serving"}
    assert page_phone.viewport_size == {"width": 390, "height": 844}
    assert page_phone.evaluate("navigator.maxTouchPoints > 0") is True
    assert page_phone.evaluate("navigator.language") == "zh-CN"


@pytest.mark.parametrize("language", ["en"])
def test_the_language_can_be_chosen(page_desktop: Page, language: str) -> None:
    page_desktop.goto("/healthz")
    assert page_desktop.evaluate("navigator.language") == "en-US"
    assert page_desktop.viewport_size == {"width": 1360, "height": 900}


def test_a_picture_is_kept(page_desktop: Page) -> None:
    page_desktop.goto("/healthz")
    path = shoot(page_desktop, "a name/with signs")
    assert path == RESULTS / "a-name-with-signs.png"
    assert path.read_bytes().startswith(b"\x89PNG")
    path.unlink()


def test_expected_errors_are_let_through(page_desktop: Page, expected_console: list[str]) -> None:
    expected_console.append("404")
    page_desktop.goto("/no-such-page")

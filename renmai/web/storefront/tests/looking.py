"""Looking at a phone's page as a person would: it fits, nothing stands in anybody's way, and whoever wants gets its picture."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tools.testing.seeing import serious

PICTURES = os.environ.get("TEST_PICTURES", "")
"""A folder for pictures of each page, for whoever wants to look."""

PHONE_WIDTH = 390


def look(page: Page, name: str) -> None:
    """No page is wider than the screen, and nothing serious is found on it. Waits until it is there: a click may still be on its way."""
    page.wait_for_load_state()
    assert page.locator("html").evaluate("html => html.scrollWidth") <= PHONE_WIDTH
    assert serious(page) == []
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

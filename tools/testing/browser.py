"""Fixtures that drive a real browser against a running server.

``page_phone`` and ``page_desktop`` are Playwright pages; relative addresses lead to the live server. A test fails when the page
wrote an error to its console or a script threw, unless ``expected_console`` names a part of the text. The language is Chinese;
``@pytest.mark.parametrize("language", ["en"])`` changes it. A failed test leaves a picture in ``test-results/``.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tools.testing.chromium import ARGUMENTS, MISSING, find_chromium

if TYPE_CHECKING:
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

RESULTS = Path(__file__).resolve().parents[2] / "test-results"
TIMEOUT_MS = 10_000
LONGEST_BEACON = 2.0
LAST_WORDS = "() => { navigator.sendBeacon = () => true; window.fetch = () => new Promise(() => {}); }"
LOCALES = {"zh-hans": "zh-CN", "en": "en-US"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1360, "height": 900}}
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the body of a test failed, for the picture."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that asks for a page."""
    for item in items:
        if {"page_phone", "page_desktop", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once per process."""
    path = find_chromium()
    if path is None:
        pytest.skip(MISSING)
    # Playwright keeps an event loop running on this thread; without this Django would refuse to touch the database on it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def language() -> str:
    """The language that the browser asks for."""
    return "zh-hans"


@pytest.fixture
def expected_console() -> list[str]:
    """Parts of console errors that the test provokes on purpose; append to it."""
    return []


@pytest.fixture
def site(live_server: "LiveServer", settings: "Settings") -> str:
    """The address of the running server; links that the pages make lead there too."""
    settings.RENMAI_BASE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def open_page(
    browser: Browser, site: str, language: str, expected_console: list[str], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """A function that opens a further window with its own cookies: ``open_page(**PHONE)``."""
    errors: list[str] = []
    pages: list[Page] = []
    beacons = _Beacons()

    def open_one(**options: Any) -> Page:
        context = browser.new_context(base_url=site, locale=LOCALES[language], **options)
        context.set_default_timeout(TIMEOUT_MS)
        page = context.new_page()
        page.on("console", lambda message: _note(message, errors))
        page.on("pageerror", lambda error: errors.append(f"script: {error}"))
        pages.append(page)
        return page

    yield open_one
    if request.node.stash.get(FAILED, False):
        for number, page in enumerate(pages, 1):
            shoot(page, f"failed-{request.node.name}-{number}")
    _silence(pages, beacons)
    unexpected = [error for error in errors if not any(part in error for part in expected_console)]
    assert not unexpected, unexpected


@pytest.fixture
def page_phone(open_page: Callable[..., Page]) -> Page:
    """A phone of 390 × 844 with a touch screen."""
    return open_page(**PHONE)


@pytest.fixture
def page_desktop(open_page: Callable[..., Page]) -> Page:
    """A window of 1360 × 900."""
    return open_page(**DESKTOP)


def shoot(page: Page, name: str) -> Path:
    """Save a picture of the whole page as ``test-results/<name>.png`` and return its path."""
    RESULTS.mkdir(exist_ok=True)
    plain_name = re.sub(r"[^\w.-]+", "-", name)
    path = RESULTS / f"{plain_name}.png"
    with _closed_pages_are_left_alone():
        page.screenshot(path=path, full_page=True)
    return path


class _Beacons:
    """What pages are telling the running server at this moment, by the thread that answers it."""

    def __init__(self) -> None:
        self.heard: set[int] = set()
        request_started.connect(self._began)
        request_finished.connect(self._ended)

    def settle(self) -> None:
        """Wait until the server has done with whatever it was told."""
        until = time.monotonic() + LONGEST_BEACON
        while self.heard and time.monotonic() < until:
            time.sleep(0.01)
        request_started.disconnect(self._began)
        request_finished.disconnect(self._ended)

    def _began(self, environ: dict[str, Any] | None = None, **_more: object) -> None:
        if environ is not None and str(environ.get("PATH_INFO")).endswith("/beacon/"):
            self.heard.add(threading.get_ident())

    def _ended(self, **_more: object) -> None:
        self.heard.discard(threading.get_ident())


def _silence(pages: list[Page], beacons: _Beacons) -> None:
    """Close pages without their last words, and wait for what they said before.

    A page tells how long it was looked at while it is being closed. The server would hear of it when the tables are empty already, in the
    middle of the next test, and set it aside there as about goods that do not exist.
    """
    for page in pages:
        with _closed_pages_are_left_alone():
            page.wait_for_load_state("domcontentloaded")
            page.evaluate(LAST_WORDS)
    beacons.settle()
    for page in pages:
        page.context.close()


def _note(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type == "error":
        errors.append(f"console: {message.text} ({message.location.get('url', '')})")


@contextmanager
def _closed_pages_are_left_alone() -> Iterator[None]:
    try:
        yield
    except Error as error:
        # A page that was just being left has no context to work in: what it had to say is said.
        if not any(word in str(error) for word in ("closed", "context was destroyed")):
            raise

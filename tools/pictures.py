"""Takes the README's pictures from a running demo: ``python -m tools.pictures http://localhost:8000/ --language en``.

Phone pages as an iPhone-sized screen shows them, console pages as a small desktop does; WebP of at most ``MAX_BYTES`` each in
``docs/pictures/``, named after the language. The pages are found by following the demo's own links, so that no number or code of one
world is written here.
"""

import argparse
import io
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.testing.browser import DESKTOP, LOCALES, PHONE
from tools.testing.chromium import ARGUMENTS, MISSING, find_chromium

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
MAX_BYTES = 200_000
QUALITIES = (88, 80, 72, 64, 56, 48)
TIMEOUT_MS = 20_000
GUEST = ""
FIGURES = re.compile(r"^(\d+)$", re.MULTILINE)
# A headless browser says so in its name, and the shop counts machines apart from people.
PHONE_AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, who looks (a door of the demo, or a guest), where it is taken, and on what."""

    name: str
    door: str
    go: Callable[[Page], None]
    on_phone: bool = True


def _at(path: str) -> Callable[[Page], None]:
    return lambda page: _open(page, path)


def _first(path: str, link: str) -> Callable[[Page], None]:
    """Go to ``path`` and on to the first link there that the CSS attribute selector ``link`` matches."""

    def go(page: Page) -> None:
        _open(page, path)
        _open(page, str(page.locator(f"main a[{link}]").first.get_attribute("href")))

    return go


def _shared_link(page: Page) -> None:
    """Open a shop of the discover page, take one of its goods: what a friend sees who opens a link."""
    _first("/discover/", 'href^="/shop/"')(page)
    _open(page, str(page.locator('main a[href^="/p/"]').first.get_attribute("href")))


def _busiest_share(page: Page) -> None:
    """Open the agent's link that brought the most orders; its row says opened, people, orders."""
    _open(page, "/agent/share/")
    rows = page.locator('main a[href^="/agent/share/"]:not([href$="/new/"])').all()
    orders = [int([*FIGURES.findall(row.inner_text()), "0", "0", "0"][2]) for row in rows]
    _open(page, str(rows[orders.index(max(orders))].get_attribute("href")))


SHOTS = (
    Shot("home", GUEST, _at("/")),
    Shot("product", GUEST, _shared_link),
    Shot("order", "customer", _first("/orders/?status=shipped", 'href^="/orders/R"')),
    Shot("agent-share", "agent", _busiest_share),
    Shot("agent-income", "agent", _at("/agent/income/")),
    Shot("console", "owner", _at("/console/"), on_phone=False),
    Shot("console-audit", "owner", _at("/console/audit/?run=1"), on_phone=False),
    Shot("console-order", "owner", _first("/console/orders/?status=settled", 'href^="/console/orders/R"'), on_phone=False),
)


def main(arguments: list[str]) -> int:
    """Take every picture, or those whose name contains ``--only``; 1 when a page could not be taken."""
    parser = argparse.ArgumentParser(description="Take the README's pictures from a running demo.")
    parser.add_argument("address", help="address of the demo, such as http://localhost:8000/")
    parser.add_argument("--language", choices=("en", "zh"), required=True)
    parser.add_argument("--only", default="", help="part of a picture's name")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go (default: docs/pictures)")
    options = parser.parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        print(MISSING, file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for shot in SHOTS:
            if options.only in shot.name:
                path = options.folder / f"{options.language}-{shot.name}.webp"
                size = _take(browser, shot, path, address=options.address, language=options.language)
                print(f"{path.name}: {size // 1000} kB")
        browser.close()
    return 0


def _take(browser: Browser, shot: Shot, path: Path, *, address: str, language: str) -> int:
    locale = LOCALES["zh-hans" if language == "zh" else "en"]
    with _page(browser, address=address, locale=locale, on_phone=shot.on_phone) as page:
        if shot.door != GUEST:
            _open(page, "/demo/")
            page.locator(f'form[action$="/{shot.door}/"] button').click()
            page.wait_for_load_state("networkidle")
        shot.go(page)
        content = _small_enough(page.screenshot(animations="disabled"))
    path.write_bytes(content)
    return len(content)


@contextmanager
def _page(browser: Browser, *, address: str, locale: str, on_phone: bool) -> Iterator[Page]:
    options: dict[str, Any] = {**PHONE, "user_agent": PHONE_AGENT} if on_phone else dict(DESKTOP)
    context = browser.new_context(base_url=address, locale=locale, reduced_motion="reduce", **options)
    context.set_default_timeout(TIMEOUT_MS)
    try:
        yield context.new_page()
    finally:
        context.close()


def _open(page: Page, path: str) -> None:
    """Go to ``path`` and wait for its pictures. Raises ``RuntimeError`` for a page that does not answer well."""
    answer = page.goto(path, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{path} answered {answer.status if answer else 'nothing'}")


def _small_enough(png: bytes) -> bytes:
    """Return a picture as WebP of at most ``MAX_BYTES``, as good as that allows. Raises ``ValueError`` when nothing helps."""
    with Image.open(io.BytesIO(png)) as image:
        plain = image.convert("RGB")
        for quality in QUALITIES:
            out = io.BytesIO()
            plain.save(out, "WEBP", quality=quality, method=6)
            if out.tell() <= MAX_BYTES:
                return out.getvalue()
    raise ValueError(f"the picture stays above {MAX_BYTES} bytes")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

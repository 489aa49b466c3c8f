"""Names, titles, words and reasons that are no words but markup: on every page they stay text, and in every file for spreadsheets too."""

import csv
import io
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.http import HttpResponse

from renmai.insight.queries import last_days
from renmai.insight.value.models import FunnelCount, SearchCount
from renmai.kernel import clock
from renmai.policy.queries import clear_cache
from renmai.project.tests.endpoints import town as towns
from renmai.project.tests.endpoints.requests import body_of, knocks, whoever_may
from renmai.project.tests.endpoints.town import Town
from renmai.web.console import periods
from tools.testing.changes import taken_back
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

WORDS = frozenset(
    {
        *(
            "display_name",
            "recipient",
            "street",
            "address",
            "note",
            "answer",
            "invoice_title",
            "close_reason",
            "reason",
            "detail",
        ),
        *("title_zh", "title_en", "subtitle_zh", "subtitle_en", "description_zh", "description_en", "brand", "keywords"),
        *("name_zh", "name_en", "value_zh", "value_en", "options_zh", "options_en", "label_zh", "label_en"),
        *("voice", "text", "real_name", "payout_account", "payee", "tracking_number", "return_tracking", "subject", "last_error"),
        *("invoice_tax_number", "phone", "name", "body"),
    }
)
"""Columns that somebody fills with words."""

NOT_WORDS = frozenset({"kernel.OutboxEvent", "kernel.Heartbeat", "kernel.Receipt", "accounts.PhoneCode", "accounts.Region"})
NOT_TOUCHED = frozenset({"ledger", "sessions", "auth", "contenttypes"})
TAG, ATTRIBUTE = "xss-k7", "onk7"
MARKUP = f"'\"><{TAG} {ATTRIBUTE}=1>"
ADDRESS = "javascript:onk7(1)"
FORMULA = "=cmd|'/C calc'!A1"
URL_ATTRIBUTES = frozenset({"href", "src", "action", "formaction", "srcset", "poster", "data", "hx-get", "hx-post"})


class Found(HTMLParser):
    """Elements and attributes that arose from a text, and addresses that would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        for name, value in attrs:
            is_handler = name.startswith("on")
            runs = name in URL_ATTRIBUTES and (value or "").strip().lower().startswith(("javascript:", "data:text", "vbscript:"))
            if is_handler or runs or name in {TAG, "style", "srcdoc"}:
                self.wrong.append(f"<{tag} {name}={value!r}>")
        if tag in {TAG, "iframe", "object", "embed", "base"}:
            self.wrong.append(f"<{tag}>")


@pytest.fixture
def town(moving_clock: MovingClock) -> Town:
    return towns.build(moving_clock)


def write_everywhere(text: str) -> int:
    """Put ``text`` into every column of words; return how many columns there are."""
    columns = 0
    for model in apps.get_models():
        if model._meta.app_label in NOT_TOUCHED or model._meta.label in NOT_WORDS:
            continue
        for column in model._meta.concrete_fields:
            is_text = isinstance(column, CharField | TextField) and not column.choices and not column.unique
            if is_text and column.name in WORDS and (column.max_length or 999) >= len(text):
                model._default_manager.update(**{column.name: text})
                columns += 1
    clear_cache()
    return columns


def pages(town: Town) -> Iterator[tuple[str, HttpResponse, bytes]]:
    """Ask for every page as somebody who may open it."""
    for knock in knocks(town):
        if knock.method != "GET":
            continue
        with taken_back():
            answer = whoever_may(town, knock).client.get(knock.address)
            content = body_of(answer)
        clear_cache()
        yield knock.endpoint.name, answer, content  # type: ignore[misc]


@pytest.mark.parametrize("text", [MARKUP, ADDRESS])
def test_on_no_page_words_become_markup(town: Town, text: str) -> None:
    assert write_everywhere(text) > 50
    wrong, shown = [], 0
    for name, answer, content in pages(town):
        kind = answer["Content-Type"]
        assert answer.status_code < 500 or name == "readyz", name
        if kind.startswith("image/svg"):
            assert TAG.encode() not in content, name
        if not kind.startswith("text/html"):
            continue
        page = content.decode()
        shown += TAG in page or ADDRESS in page
        found = Found()
        found.feed(page)
        wrong += [f"{name}: {what}" for what in found.wrong]
    assert not wrong, "\n".join(wrong)
    # The words really are there: a page that shows none of them proves nothing.
    assert shown > 40


def test_the_reader_of_these_tests_sees_markup() -> None:
    found = Found()
    found.feed(f"<a href='{ADDRESS}'>a</a><p title='{MARKUP}'>")
    assert len(found.wrong) == 3


WITHOUT_WORDS = frozenset({"console:supplier_template", "console:value_file", "console:funnels_file", "console:retention_file"})
"""Files in which nobody's words stand: numbers of orders and customers, days and amounts."""


def searched_by_enough(text: str) -> None:
    """So many people searched for it that the file of searches names it. Its column has a key, so nothing else writes there."""
    period = last_days(periods.DEFAULT)
    count = FunnelCount.objects.create(first=period.first, last=period.last, counted_at=clock.now())
    for query in ("", text):
        SearchCount.objects.create(count=count, query=query, times=9, people=9, known=9, empty=9, loosened=0, opened=0)


def test_no_cell_of_a_file_is_a_formula(town: Town) -> None:
    assert write_everywhere(FORMULA) > 50
    searched_by_enough(FORMULA)
    rows = 0
    for name, answer, content in pages(town):
        if not answer["Content-Type"].startswith("text/csv"):
            continue
        text = content.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text)):
            rows += 1
            assert not any(cell.lstrip().startswith(("=", "+", "@", "\t", "\r")) for cell in row), (name, row)
        assert FORMULA in text or name in WITHOUT_WORDS, name
    assert rows >= 4

"""Whatever is put into the fields of a form and the questions of a page: a page with a sentence, never a broken one, and the books agree."""

from copy import copy
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from renmai.journeys.tests.world import violations
from renmai.policy.queries import clear_cache
from renmai.project.tests.endpoints import absurd
from renmai.project.tests.endpoints import town as towns
from renmai.project.tests.endpoints.requests import LOOKS, Knock, body_of, knocks, whoever_may
from renmai.project.tests.endpoints.town import Actor, Town
from tools.testing.changes import Change, noted, taken_back
from tools.testing.moving_clock import MovingClock
from tools.testing.rows import HIDDEN

pytestmark = pytest.mark.django_db

QUERY = (
    *("q", "page", "sort", "category", "min", "max", "stock", "view", "funnel", "style", "status", "rule", "where", "thing"),
    *("part", "act", "days", "from", "to", "supplier", "shop", "feed", "actor", "id", "kind", "group", "run", "seed", "step"),
    *("next", "on", "over", "owner", "phone", "code", "state", "undo", "again", "value", "sku_id", "quantity", "line"),
    *("address_id", "product", "province", "city", "tab", "size", "reason", "way", "by", "post"),
)
"""What the pages ask their address for."""

FIELDS, PAGES = 80, 60
BOOKS = ("ordering_", "payments_", "catalogue_", "ledger_", "distribution_", "sharing_", "accounts_", "policy_")
ANSWERS = frozenset({200, 204, 301, 302, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429})


@pytest.fixture
def town(moving_clock: MovingClock) -> Town:
    return towns.build(moving_clock)


def test_every_field_of_every_form(town: Town) -> None:
    wrong: list[str] = []
    before = set(violations())
    forms = [knock for knock in knocks(town) if knock.method == "POST" and knock.who != HIDDEN]
    fields = [(knock, name) for knock in forms for name in sorted(set(town.good_form(knock.endpoint.name)) | knock.row.takes)]
    for knock, name in absurd.some(fields, FIELDS):
        for value in absurd.some(absurd.EVERYTHING, 1):
            said = _tried(town, knock, name, value, before)
            if said:
                wrong.append(f"{knock.endpoint.name}: {name}={value[:40]!r}: {said}")
    assert not wrong, "\n".join(wrong)


def _tried(town: Town, knock: Knock, name: str, value: str, before: set[str]) -> str:
    actor = whoever_may(town, knock)
    cookies = copy(actor.client.cookies)
    said = ""
    try:
        with taken_back(), noted(but=LOOKS) as changes:
            answer = _sent(actor, knock, town.good_form(knock.endpoint.name) | {name: value})
            if answer.status_code not in ANSWERS:
                said = f"answered {answer.status_code}"
            elif any(change.table.startswith(BOOKS) for change in changes):
                said = _spoilt(changes) or "; ".join(sorted(set(violations()) - before))
    except Exception as error:  # noqa: BLE001  whatever it is, it is what we look for
        said = f"{type(error).__name__}: {error}"[:300]
    finally:
        clear_cache()
        actor.client.cookies = cookies
    return said


def _sent(actor: Actor, knock: Knock, form: dict[str, Any]) -> HttpResponse:
    """Send a form as bytes of our own making, so that what is no character goes out too; one with files as browsers do."""
    if any(isinstance(value, UploadedFile) for value in form.values()):
        return actor.client.post(knock.address, {name: _sendable(value) for name, value in form.items()})  # type: ignore[return-value]
    body = urlencode(form, doseq=True, errors="surrogatepass")
    return actor.client.generic("POST", knock.address, body, content_type="application/x-www-form-urlencoded")  # type: ignore[return-value]


def _sendable(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _spoilt(changes: list[Change]) -> str:
    """Say what was written that no text should hold."""
    for change in changes:
        for value in change.values:
            if isinstance(value, str) and ("\x00" in value or any("\ud800" <= char <= "\udfff" for char in value)):
                return f"{change.table} now holds {value[:60]!r}"
    return ""


def test_every_question_of_every_page(town: Town) -> None:
    wrong: list[str] = []
    for knock in absurd.some([knock for knock in knocks(town) if knock.method == "GET"], PAGES):
        actor = whoever_may(town, knock)
        for value in absurd.some(absurd.EVERYTHING, 1):
            for names in _together_or_alone():
                try:
                    with taken_back():
                        query = urlencode(dict.fromkeys(names, value), errors="surrogatepass")
                        answer = actor.client.get(f"{knock.address.partition('?')[0]}?{query}")
                        body_of(answer)
                    said = "" if answer.status_code in ANSWERS else f"answered {answer.status_code}"
                except Exception as error:  # noqa: BLE001  as above
                    said = f"{type(error).__name__}: {error}"[:300]
                if said and "503" not in said:
                    wrong.append(f"{knock.endpoint.name}: {names if len(names) < 3 else 'all'}={value[:40]!r}: {said}")
    assert not wrong, "\n".join(wrong)


def _together_or_alone() -> list[tuple[str, ...]]:
    """All questions at once, and a few of them alone: the first bad one must not hide the others."""
    return [QUERY, *((name,) for name in absurd.some(QUERY, 1))]


SEARCHES = (
    "/search/?q=",
    "/discover/?q=",
    "/category/{slug}/?q=",
    "/shop/{shop}/?q=",
    "/api/v1/products?q=",
    "/search/?sort=",
    "/search/?category=",
)
DESKS = (
    *("/console/products/?q=", "/console/orders/?q=", "/console/stock/?q=", "/console/agents/?q=", "/console/suppliers/?q="),
    *(
        "/console/log/?id=",
        "/console/withdrawals/?q=",
        "/console/people/?q=",
        "/console/attribution/?q=",
        "/console/shipments/?q=",
    ),
)


def test_every_search_takes_every_text(town: Town) -> None:
    """Quotation marks, brackets, operators and wild cards of every search language are words like others."""
    wrong = []
    for client, addresses in ((town.actors["guest"].client, SEARCHES), (town.actors["owner"].client, DESKS)):
        for text in (*absurd.SQL, *absurd.some(absurd.TEXTS, 6)):
            for address in absurd.some(addresses, 3):
                asked = town.filled(address) + quote(text, errors="surrogatepass")
                try:
                    status: int | str = client.get(asked).status_code
                except Exception as error:  # noqa: BLE001  whatever it is, it is what we look for
                    status = f"{type(error).__name__}: {error}"[:200]
                if status not in {200, 400, 404}:
                    wrong.append(f"{asked[:90]}: {status}")
    assert not wrong, "\n".join(wrong)


def test_a_wild_card_finds_what_it_says_and_not_everything(town: Town) -> None:
    owner, page = town.actors["owner"].client, f"/console/products/{town.names['product']}/"
    assert page in owner.get("/console/products/").content.decode()
    for wild in ("%", "_", "%%", "_%", "*", "?", ".*", "'", '"', "\\"):
        for text in (wild, f"{wild}zz{wild}"):
            found = owner.get("/console/products/?q=" + quote(text)).content.decode()
            assert page not in found, text

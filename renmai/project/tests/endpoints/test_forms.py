"""Every form and every page once more: without the token, by the wrong method, merely looked at, and with fields that nobody asked for."""

from copy import copy
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from renmai.policy.queries import clear_cache
from renmai.project.tests.endpoints import town as towns
from renmai.project.tests.endpoints.requests import (
    LOOKS,
    OTHERWISE,
    Knock,
    body_of,
    knocks,
    send,
    sent_and_taken_back,
    whoever_may,
)
from renmai.project.tests.endpoints.town import Town, text_of
from tools.testing.changes import noted, taken_back
from tools.testing.moving_clock import MovingClock
from tools.testing.rows import HIDDEN

pytestmark = pytest.mark.django_db

WITHOUT_A_TOKEN = frozenset({"payment_notification", "answers.unknown_address", "api-v1:api-root"})
"""A provider signs what it sends, and the API asks for the token itself when a session is all there is; both are tested as such."""

UNSAFE = ("DELETE", "TRACE")
MARK, NUMBER = "smuggled-in", 77_777_777


@pytest.fixture
def town(moving_clock: MovingClock) -> Town:
    return towns.build(moving_clock)


def test_a_form_of_another_site_changes_nothing(town: Town) -> None:
    wrong = []
    for knock in knocks(town):
        if knock.method != "POST" or knock.endpoint.name in WITHOUT_A_TOKEN:
            continue
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = copy(whoever_may(town, knock).client.cookies)
        with noted() as changes:
            answer = strict.post(knock.address, town.good_form(knock.endpoint.name))
        if answer.status_code != 403 or changes:
            wrong.append(f"{knock.endpoint.name}: {answer.status_code} {[str(change) for change in changes]}")
    assert not wrong, "\n".join(wrong)


def test_a_head_is_a_look_without_its_page(town: Town) -> None:
    for knock in knocks(town):
        if knock.method != "GET" or knock.who == HIDDEN:
            continue
        with taken_back(), noted(but=LOOKS | knock.row.writes) as changes:
            answer = whoever_may(town, knock).client.head(knock.address)
        body_of(answer)
        assert answer.status_code in OTHERWISE.get(knock.endpoint.name, {200, 302}), knock.endpoint.name
        assert changes == [], knock.endpoint.name
        assert answer.streaming or answer.content == b"", knock.endpoint.name


def test_a_method_that_is_not_taken_is_refused_with_a_page_and_changes_nothing(town: Town) -> None:
    wrong = []
    for knock in knocks(town):
        actor = whoever_may(town, knock)
        methods = [*UNSAFE, *(() if knock.row.sees else ("GET", "HEAD")), *(() if knock.row.acts else ("POST",))]
        for method in methods:
            with taken_back(), noted() as changes:
                answer = actor.client.generic(method, knock.address, headers={"X-HTTP-Method-Override": "POST"})
            said = _wrong_about(answer, knock, method)  # type: ignore[arg-type]
            if said or changes:
                wrong.append(f"{method} {knock.endpoint.name}: {said} {[str(change) for change in changes]}")
    assert not wrong, "\n".join(wrong)


def _wrong_about(answer: HttpResponse, knock: Knock, method: str) -> str:
    if answer.status_code in {302, 403, 404}:
        return ""  # who may not come in is told that first
    if knock.endpoint.name in {"set_language", "answers.unknown_address"}:
        return "" if answer.status_code < 500 else f"{answer.status_code}"
    if answer.status_code != 405 or not answer.headers.get("Allow"):
        return f"{answer.status_code} {answer.headers.get('Allow')}"
    if method != "HEAD" and "request.method" not in text_of(answer) and "api.method" not in text_of(answer):
        return f"without a sentence: {text_of(answer)[:100]}"
    return ""


@dataclass(frozen=True)
class Smuggled:
    """Fields that no form should take, as a form sends them."""

    fields: dict[str, object]

    def is_in(self, value: object) -> bool:
        """Whether ``value``, which went into the database, came from here."""
        return value == NUMBER or (isinstance(value, str) and (MARK in value or value == str(NUMBER)))


def smuggled(knock: Knock, town: Town) -> Smuggled:
    """Every column of every table that the form does not know, with a value that is found again wherever it ends up."""
    known = set(town.good_form(knock.endpoint.name)) | knock.row.takes
    fields: dict[str, object] = {}
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            is_text = column.get_internal_type() in {"CharField", "TextField", "JSONField"}
            value = MARK if is_text else "on" if column.get_internal_type() == "BooleanField" else NUMBER
            for name in {column.name, column.attname} - known:
                fields[name] = value
    return Smuggled(fields | {name: "on" for name in ("is_superuser", "is_staff", "is_admin") if name not in known})


def test_no_form_takes_what_it_does_not_ask_for(town: Town) -> None:
    """Prices, states, owners, rights: what is not in the form's own row never reaches the database."""
    wrong = []
    for knock in knocks(town):
        if knock.method != "POST" or knock.who == HIDDEN:
            continue
        actor, extra = whoever_may(town, knock), smuggled(knock, town)
        plain, _changes = sent_and_taken_back(actor, knock, town)
        cookies = copy(actor.client.cookies)
        with taken_back(), noted(but=LOOKS) as changes:
            answer = send(actor, knock, town, more=extra.fields)
        clear_cache()
        actor.client.cookies = cookies
        found = [f"{change} {change.values}" for change in changes if any(extra.is_in(value) for value in change.values)]
        rights = [str(change) for change in changes if "staff_role" in change.table or '"is_staff" = 1' in change.sql]
        if found or rights or answer.status_code != plain.status_code:
            wrong.append(f"{knock.endpoint.name}: {plain.status_code} → {answer.status_code} {found} {rights}")
    assert not wrong, "\n".join(wrong)


def test_addresses_that_answer_otherwise_are_in_the_table(town: Town) -> None:
    assert set(OTHERWISE) <= {knock.endpoint.name for knock in knocks(town)}

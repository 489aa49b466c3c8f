"""What answers tell browsers and what stands in between: who may keep them, and that nothing else may be made of them."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from renmai.accounts.tests.factories import make_member, make_staff
from renmai.project.middleware import CONTENT_SECURITY_POLICY
from renmai.project.tests.endpoints import town as towns
from renmai.project.tests.endpoints.requests import knocks, sent_and_taken_back, whoever_may
from renmai.project.tests.endpoints.town import Town
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

FOR_EVERYBODY = frozenset({"media", "ui:product_svg", "ui:product_webp", "ui:avatar", "ui:tile", "ui:illustration"})
"""Pictures under names that say what is in them: anybody may keep them for ever."""

TO_BE_GIVEN_AWAY = frozenset({"storefront:poster", "workbench:poster"})
"""Posters, which their owner is about to hand out: the browser alone keeps them, for minutes."""


@pytest.fixture
def town(moving_clock: MovingClock) -> Town:
    return towns.build(moving_clock)


def _parts(answer: HttpResponse, name: str) -> set[str]:
    return {part.strip().lower() for part in answer.headers.get(name, "").split(",")}


def test_nothing_that_a_signed_in_person_sees_is_kept_anywhere(town: Town) -> None:
    wrong = []
    for knock in knocks(town):
        answer = sent_and_taken_back(whoever_may(town, knock), knock, town)
        kept = _parts(answer, "Cache-Control")
        if knock.endpoint.name in FOR_EVERYBODY:
            assert "public" in kept, knock.endpoint.name
        elif knock.endpoint.name in TO_BE_GIVEN_AWAY:
            assert "private" in kept, knock.endpoint.name
        elif "no-store" not in kept:
            wrong.append(f"{knock.method} {knock.endpoint.name}: {kept}")
    assert not wrong, "\n".join(wrong)


def test_no_answer_to_anybody_may_be_guessed_at_framed_or_shared(town: Town) -> None:
    wrong = []
    for knock in knocks(town):
        for actor in (town.actors["guest"], whoever_may(town, knock)):
            answer = sent_and_taken_back(actor, knock, town)
            is_picture = knock.endpoint.name in FOR_EVERYBODY
            has_all = (
                answer.headers["X-Content-Type-Options"] == "nosniff"
                and answer.headers["X-Frame-Options"] == "DENY"
                and answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
                and answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
                and (is_picture or _parts(answer, "Cache-Control") & {"private", "no-store"})
            )
            if not has_all:
                wrong.append(f"{actor.name}: {knock.method} {knock.endpoint.name}: {dict(answer.headers)}")
            kind = answer.headers.get("Content-Type", "")
            if answer.status_code == 200 and not kind:
                wrong.append(f"{knock.endpoint.name} says of no kind what it is")
    assert not wrong, "\n".join(wrong)


def test_pages_differ_by_language_and_by_person_and_say_so() -> None:
    client = Client()
    client.force_login(make_member())
    for address in ("/me/", "/cart/", "/orders/", "/"):
        assert {"cookie", "accept-language"} <= _parts(client.get(address), "Vary"), address  # type: ignore[arg-type]


@pytest.mark.parametrize(("way_out", "page"), [("storefront:sign_out", "/orders/"), ("console:sign_out", "/console/orders/")])
def test_going_back_after_signing_out_shows_nothing(way_out: str, page: str) -> None:
    client = Client()
    client.force_login(make_staff())
    seen = client.get(page)
    assert seen.status_code == 200
    assert "no-store" in seen.headers["Cache-Control"]  # so that the browser asks again
    client.post(reverse(way_out))
    assert client.get(page).status_code == 302


def test_guests_keep_their_pages_to_themselves() -> None:
    kept = Client().get("/").headers["Cache-Control"]
    assert kept == "private, no-cache"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_method_that_is_not_taken_is_explained_in_both_languages(language: str) -> None:
    client = Client(headers={"accept-language": language})
    client.force_login(make_member())
    answer = client.get("/cart/add/")
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert {"zh-hans": "要点页面上的按钮才能打开", "en": "is opened by a button on a page"}[language] in page
    assert re.search(r'<html lang="([^"]+)"', page)[1].lower().startswith(language[:2])  # type: ignore[index]
    assert 'href="/"' in page
    fragment = client.get("/cart/add/", headers={"HX-Request": "true"})
    assert fragment.status_code == 405

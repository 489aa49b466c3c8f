"""What answers tell browsers: who may keep them, in which language they are, and why a method is not taken; the rest is in ``judging``."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.tests.factories import make_member, make_staff
from renmai.project.tests.endpoints.judging import parts_of

pytestmark = pytest.mark.django_db


def test_pages_differ_by_language_and_by_person_and_say_so() -> None:
    client = Client()
    client.force_login(make_member())
    for address in ("/me/", "/cart/", "/orders/", "/"):
        assert {"cookie", "accept-language"} <= parts_of(client.get(address), "Vary"), address  # type: ignore[arg-type]


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

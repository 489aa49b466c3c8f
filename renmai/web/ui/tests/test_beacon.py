"""The beacon: like every form it needs its token, it believes nobody's word about who she is, and it heeds who wants not to be followed."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.actions import give_consent, visitor
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.tests.factories import make_product
from renmai.insight.stream.models import Aside, EventRow
from renmai.insight.stream.tests.batches import body, raw
from renmai.web.ui.people import VISITOR_COOKIE

pytestmark = pytest.mark.django_db
BROWSER = {"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"}


def send(client: Client, *events: dict[str, Any], **headers: str) -> int:
    answer = client.post(reverse("ui:beacon"), {"batch": body(*events).decode()}, headers=BROWSER | headers)
    return answer.status_code


def member_in(client: Client) -> User:
    member = make_member()
    give_consent(member, Purpose.BROWSING)
    client.force_login(member)
    return member


def test_a_batch_belongs_to_whoever_is_signed_in(client: Client) -> None:
    member, product = member_in(client), make_product()
    assert send(client, raw(product=product.pk)) == 204
    assert list(EventRow.objects.values_list("user_id", "product_id")) == [(member.pk, product.pk)]


def test_a_guests_batch_belongs_to_the_browser_in_the_signed_cookie_and_a_forged_one_to_nobody(client: Client) -> None:
    browser, product = visitor(None), make_product()
    client.get(reverse("storefront:product", args=[product.pk]))
    ours = client.cookies[VISITOR_COOKIE].value
    send(client, raw(product=product.pk))
    client.cookies[VISITOR_COOKIE] = f"{browser.pk}{ours[36:]}"
    send(client, raw(product=product.pk))
    kept = list(EventRow.objects.order_by("position").values_list("visitor_id", flat=True))
    assert kept[0] is not None
    assert kept[1] is None
    assert browser.pk not in kept


def test_another_site_cannot_send_one() -> None:
    strict = Client(enforce_csrf_checks=True)
    member_in(strict)
    assert send(strict, raw(product=make_product().pk)) == 403
    assert EventRow.objects.count() == 0


def test_who_asks_not_to_be_followed_is_not(client: Client) -> None:
    member_in(client)
    assert send(client, raw(product=make_product().pk), **{"sec-gpc": "1"}) == 204
    assert EventRow.objects.count() == Aside.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{",
        "[]",
        "null",
        '{"sent": 1, "events": {}}',
        '{"sent": "now", "events": [{}]}',
        '{"sent": 1e400, "events": [{}]}',
        '{"sent": 1, "events": []}',
        '{"sent": 1, "events": [7]}',
        json.dumps({"sent": 1, "events": [{}] * 51}),
        json.dumps({"sent": 1, "events": [{"name": "x" * 33_000}]}),
        "[" * 30_000,
        '{"sent": 99999999999999999999999, "events": [{}]}',
    ],
)
def test_what_is_no_batch_is_counted_and_refused(client: Client, sent: str) -> None:
    answer = client.post(reverse("ui:beacon"), {"batch": sent}, headers=BROWSER)
    assert answer.status_code == 400
    assert [(row.reason, row.count) for row in Aside.objects.all()] == [("unreadable", 1)]


def test_the_address_is_posted_to_only(client: Client) -> None:
    assert client.get(reverse("ui:beacon")).status_code == 405

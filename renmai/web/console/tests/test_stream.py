"""The page of events: what came, what was set aside without saying whom it was about, who is behind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.tests.factories import make_member
from renmai.insight.stream import delivery
from renmai.insight.stream.actions import ingest
from renmai.insight.stream.delivery import Consumer
from renmai.insight.stream.figures import stream_figures
from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.registry import REGISTRY
from renmai.insight.stream.tests.batches import batch, raw
from renmai.insight.stream.tests.happenings import happened
from renmai.web.console.stream_words import REASONS
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == set(Reason)


def test_figures_count_a_day_back_and_know_who_is_behind(moving_clock: MovingClock) -> None:
    happened("searched", query="茶", found=1, at=moving_clock.now - timedelta(hours=25))
    happened("searched", query="茶", found=1)
    reader = Consumer("portraits", lambda _events: None)
    delivery.deliver([reader], limit=1)
    happened("cart_opened", lines=1)
    ingest(batch(raw(product=999_999), raw("x", p={"phone": "13800138000"})), visitor=None, user=None)
    found = stream_figures()
    assert {each.schema.name: each.count for each in found.told if each.count} == {"searched": 1, "cart_opened": 1}
    assert (found.total, found.most, found.hot, found.set_aside) == (2, 1, 3, 2)
    assert [(reader.name, reader.waiting, reader.failures) for reader in found.readers] == [("portraits", 2, 0)]
    assert {each.reason for each in found.aside} == {Reason.UNKNOWN_PRODUCT, Reason.UNKNOWN_NAME}


def test_the_page_shows_it_in_words_and_names_nobody(owner: Client) -> None:
    happened("searched", user=make_member("赵不见"), query="不该出现的词", found=1)
    ingest(batch(raw("x", p={"phone": "13800138000"})), visitor=None, user=None)
    page = owner.get(reverse("console:stream"), headers={"accept-language": "en"}).content.decode()
    assert "1 event in the last 24 hours" in page
    assert "Unknown event" in page
    assert all(name in page for name in REGISTRY.names())
    assert "13800138000" not in page
    assert "不该出现的词" not in page
    assert "赵不见" not in page


def test_an_empty_stream_says_so(owner: Client) -> None:
    page = owner.get(reverse("console:stream"), headers={"accept-language": "en"}).content.decode()
    assert "Nothing has come yet." in page
    assert "Nothing was set aside" in page

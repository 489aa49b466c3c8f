"""The stream over HTTP: it goes on where the browser says it was, with her own numbers alone."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.tests.factories import make_member
from renmai.alerts.live import Streams
from renmai.alerts.models import BrowseAlert
from renmai.alerts.tests.floor import Floor, agrees, belongs
from renmai.web.workbench.tests.world import desk, signed_in
from renmai.web.workbench.views import live as view
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
LIVE = reverse("live:alerts")


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[Streams]:
    """Streams to which nothing comes: what they send is what was missed."""
    found = Streams(ask=lambda _after: [], newest=lambda: 0)
    monkeypatch.setattr(view, "streams", found)
    yield found
    found.close()


@pytest.fixture
def floor(moving_clock: MovingClock) -> Floor:
    moving_clock.travel(moving_clock.now.replace(hour=4, minute=0))
    return Floor()


def missed(client: Client, streams: Streams, **asked: str) -> list[int]:
    """Return the numbers that a browser is sent which comes with ``last`` in its header, ``after`` in its address."""
    headers = {"Last-Event-ID": asked["last"]} if "last" in asked else {}
    answer = client.get(LIVE, {"after": asked["after"]} if "after" in asked else {}, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/event-stream")
    for waiting in list(streams._by_person.values()):
        waiting[-1].waiting.put("later")
    lines = b"".join(answer.streaming_content).decode().split("\n\n")  # type: ignore[attr-defined]
    assert lines[0].startswith("retry: ")
    events = [line.split("\n") for line in lines if line.startswith("id: ")]
    assert all(event[0].removeprefix("id: ") == str(json.loads(event[2].removeprefix("data: "))["id"]) for event in events)
    return [int(event[0].removeprefix("id: ")) for event in events]


def test_after_a_break_she_is_sent_what_came_behind_the_last_she_has(floor: Floor, streams: Streams) -> None:
    for name in ("李雷", "韩梅"):
        friend = make_member(name)
        agrees(friend)
        belongs(friend, floor.shop)
        floor.tell(friend)
    numbers = [alert.pk for alert in floor.tell()]
    assert len(numbers) == 3
    hers = signed_in(floor.agent)
    assert missed(hers, streams) == numbers
    assert missed(hers, streams, last=str(numbers[0])) == numbers[1:]
    assert missed(hers, streams, after=str(numbers[0])) == numbers[1:]
    # The browser's own word is newer than the address that the page was opened with.
    assert missed(hers, streams, after=str(numbers[0]), last=str(numbers[1])) == numbers[2:]
    assert missed(hers, streams, last=str(numbers[2])) == []
    for nonsense in ("x", "-1", "9" * 30, "１"):
        assert missed(hers, streams, last=nonsense, after=str(numbers[1])) == numbers[2:]
    BrowseAlert.objects.filter(pk=numbers[1]).update(status="dismissed")
    assert missed(hers, streams, last=str(numbers[0])) == numbers[2:]
    assert missed(desk().client, streams) == []

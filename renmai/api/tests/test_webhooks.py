"""Webhooks: asked for, written once, signed, retried, given up, repeated; and no way into our own network."""

import hashlib
import hmac
import importlib.util
import re
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from django.db import transaction
from django.utils.module_loading import import_string

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.api.tests.world import program_of
from renmai.kernel import outbox
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent, Receipt
from renmai.ordering.events import OrderCancelled
from renmai.programs.actions import MAX_WEBHOOKS, add_webhook, repeat_delivery, stop_webhook
from renmai.programs.deliveries import PAUSES_SECONDS, deliver_webhooks
from renmai.programs.models import WebhookDelivery, WebhookEndpoint
from renmai.programs.reactions import queue_webhooks
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
URL = "https://erp.example/hooks"
CANCELLED = OrderCancelled.NAME
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "webhooks.md"


class Receiver:
    """Another company's server: it keeps what comes and answers what it is told to."""

    def __init__(self, *answers: int | Exception) -> None:
        self.requests: list[httpx.Request] = []
        self.answers = list(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer)

    def deliver(self, limit: int = 20) -> int:
        return deliver_webhooks(limit, transport=httpx.MockTransport(self))


def endpoint(*events: str, url: str = URL) -> WebhookEndpoint:
    return add_webhook(make_staff(), url=url, events=events or [CANCELLED])


def happened(order_id: int = 7) -> OrderCancelled:
    """An event that nobody but webhooks reacts to in this test: its order does not exist."""
    return OrderCancelled(order_id=order_id, reason="timeout")


def queued(count: int = 1) -> list[WebhookDelivery]:
    for number in range(count):
        queue_webhooks(happened(number))
    return list(WebhookDelivery.objects.order_by("created_at", "pk"))


def test_one_delivery_per_event_and_address_through_the_table_of_reactions() -> None:
    first, second, other = endpoint(), endpoint(), endpoint("ordering.OrderPaid")
    stopped = endpoint()
    stop_webhook(make_staff(), endpoint_id=stopped.pk)
    reactions: outbox.Reactions = import_string("renmai.project.reactions.REACTIONS")
    only_webhooks = {event: tuple(act for act in acts if act is queue_webhooks) for event, acts in reactions.items()}
    with transaction.atomic():
        outbox.emit(happened())
    outbox.drain(only_webhooks)
    OutboxEvent.objects.update(status=OutboxEvent.Status.PENDING, attempts=1)
    outbox.drain(only_webhooks)
    assert Receipt.objects.filter(reaction="programs.reactions.queue_webhooks").count() == 1
    assert sorted(WebhookDelivery.objects.values_list("endpoint_id", flat=True)) == sorted([first.pk, second.pk])
    assert not other.deliveries.exists()


def test_every_declared_event_reaches_webhooks() -> None:
    reactions: outbox.Reactions = import_string("renmai.project.reactions.REACTIONS")
    declared = {name for name in import_string("renmai.kernel.events.declared")() if ".tests." not in name}
    assert {event.NAME for event in reactions if ".tests." not in event.NAME} == declared
    assert all(acts[-1] is queue_webhooks and acts.count(queue_webhooks) == 1 for acts in reactions.values())


def test_a_delivery_is_signed_over_time_id_and_body(moving_clock: MovingClock) -> None:
    hook = endpoint()
    (delivery,) = queued()
    receiver = Receiver()
    assert receiver.deliver() == 1
    (request,) = receiver.requests
    timestamp = request.headers["Renmai-Timestamp"]
    assert timestamp == str(int(moving_clock.now.timestamp()))
    assert request.headers["Renmai-Delivery"] == str(delivery.pk)
    assert request.headers["Renmai-Event"] == CANCELLED
    signed = timestamp.encode() + b"." + str(delivery.pk).encode() + b"." + request.content
    expected = hmac.new(hook.secret.encode(), signed, hashlib.sha256).hexdigest()
    assert request.headers["Renmai-Signature"] == f"v1={expected}"
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.last_status_code) == ("delivered", 1, 200)
    assert receiver.deliver() == 0


def _documented() -> ModuleType:
    """The receiver's code as the document prints it."""
    code = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[0]
    spec = importlib.util.spec_from_loader("receiver", loader=None)
    if spec is None:
        raise AssertionError("no module")
    module = importlib.util.module_from_spec(spec)
    exec(compile(code, str(DOCUMENT), "exec"), module.__dict__)  # noqa: S102  our own document  # nosec B102
    return module


def test_the_code_of_the_document_accepts_ours_and_nothing_else(moving_clock: MovingClock) -> None:
    hook = endpoint()
    queued()
    receiver = Receiver()
    receiver.deliver()
    (request,) = receiver.requests
    verified: Callable[..., Any] = _documented().verified
    now = int(moving_clock.now.timestamp())
    seen: set[str] = set()
    content = verified(hook.secret, request.headers, request.content, now=now, seen=seen)
    assert content["event"] == CANCELLED
    assert content["data"]["order_id"] == 0
    assert seen == {str(WebhookDelivery.objects.get().pk)}
    assert verified(hook.secret, request.headers, request.content, now=now + 300, seen=seen) is None, "a replay does nothing"
    other_id = dict(request.headers) | {"renmai-delivery": "0" * 36}
    changed = dict(request.headers) | {"renmai-timestamp": str(now - 1)}
    for secret, headers, body, moment in (
        ("other", request.headers, request.content, now),
        (hook.secret, request.headers, request.content + b" ", now),
        (hook.secret, changed, request.content, now),
        (hook.secret, {}, request.content, now),
        (hook.secret, other_id, request.content, now),
        (hook.secret, request.headers, request.content, now + 301),
        (hook.secret, request.headers, request.content, now - 301),
    ):
        with pytest.raises(ValueError, match="webhook"):
            verified(secret, headers, body, now=moment, seen=set())


def test_a_repeated_try_is_signed_anew_and_known_again_by_its_id(moving_clock: MovingClock) -> None:
    """The receiver took it, but its answer was lost: the second try has another time and signature, and the same id."""
    hook = endpoint()
    queued()
    receiver = Receiver(httpx.ReadTimeout("lost"), 200)
    receiver.deliver()
    moving_clock.advance(seconds=PAUSES_SECONDS[0])
    receiver.deliver()
    first, second = receiver.requests
    assert first.headers["Renmai-Signature"] != second.headers["Renmai-Signature"]
    verified: Callable[..., Any] = _documented().verified
    seen: set[str] = set()
    assert verified(hook.secret, first.headers, first.content, now=int(moving_clock.now.timestamp()), seen=seen) is not None
    assert verified(hook.secret, second.headers, second.content, now=int(moving_clock.now.timestamp()), seen=seen) is None


def test_a_failure_is_tried_again_with_growing_pauses_and_then_given_up(moving_clock: MovingClock) -> None:
    endpoint()
    (delivery,) = queued()
    receiver = Receiver(*[500] * 20)
    for attempt, pause in enumerate(PAUSES_SECONDS, start=1):
        assert receiver.deliver() == 1
        delivery.refresh_from_db()
        assert (delivery.status, delivery.attempts, delivery.last_status_code) == ("pending", attempt, 500)
        assert delivery.due_at == moving_clock.now + timedelta(seconds=pause)
        moving_clock.advance(seconds=pause - 1)
        assert receiver.deliver() == 0
        moving_clock.advance(seconds=1)
    assert receiver.deliver() == 1
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("dead", len(PAUSES_SECONDS) + 1)
    moving_clock.advance(days=30)
    assert receiver.deliver() == 0
    assert len(receiver.requests) == len(PAUSES_SECONDS) + 1


@pytest.mark.parametrize(
    "answer", [301, 404, 199, httpx.ConnectTimeout("slow"), httpx.ConnectError("no such host"), httpx.ReadError("cut off")]
)
def test_whatever_is_no_success_comes_again(answer: int | Exception, moving_clock: MovingClock) -> None:
    endpoint()
    (delivery,) = queued()
    receiver = Receiver(answer)
    receiver.deliver()
    delivery.refresh_from_db()
    assert delivery.status == "pending"
    assert delivery.last_error != ""
    moving_clock.advance(seconds=PAUSES_SECONDS[0])
    receiver.deliver()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("delivered", 2)
    assert receiver.requests[0].content == receiver.requests[1].content


def test_one_bad_address_does_not_stop_the_others() -> None:
    endpoint(url="https://bad.example/")
    endpoint(url="https://good.example/")
    queued()
    receiver = Receiver(httpx.ConnectError("gone"))
    assert receiver.deliver() == 2
    assert sorted(WebhookDelivery.objects.values_list("status", flat=True)) == ["delivered", "pending"]


def test_a_dead_delivery_can_be_repeated_by_those_who_may() -> None:
    endpoint()
    (delivery,) = queued()
    WebhookDelivery.objects.update(status="dead", attempts=8)
    with pytest.raises(DomainError, match=r"request\.forbidden"):
        repeat_delivery(make_staff(Role.AUDITOR), delivery_id=str(delivery.pk))
    repeat_delivery(make_staff(), delivery_id=str(delivery.pk))
    with pytest.raises(DomainError, match=r"request\.conflict"):
        repeat_delivery(make_staff(), delivery_id=str(delivery.pk))
    receiver = Receiver()
    assert receiver.deliver() == 1
    assert receiver.requests[0].headers["Renmai-Delivery"] == str(delivery.pk)


def test_stopping_an_address_gives_up_what_waits() -> None:
    hook, owner = endpoint(), make_staff()
    queued(3)
    stop_webhook(owner, endpoint_id=hook.pk)
    assert set(WebhookDelivery.objects.values_list("status", flat=True)) == {"dead"}
    assert Receiver().deliver() == 0
    with pytest.raises(DomainError, match=r"request\.not_found"):
        stop_webhook(owner, endpoint_id=hook.pk)


def test_two_workers_never_send_one_delivery_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint()
    queued()
    second = Receiver()

    def while_sending(request: httpx.Request) -> httpx.Response:
        assert second.deliver() == 0
        return httpx.Response(200)

    assert deliver_webhooks(20, transport=httpx.MockTransport(while_sending)) == 1
    assert second.requests == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "192.168.1.1",
        "172.16.3.4",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104  nothing listens there  # nosec B104
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:8",
        "2002:a00:8::1",
        "224.0.0.1",
    ],
)
def test_no_way_into_our_own_network(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_args: object, **_options: object) -> list[tuple[object, ...]]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443)), (family, socket.SOCK_STREAM, 6, "", (address, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr("httpx.Client", _no_client)
    endpoint()
    (delivery,) = queued()
    assert deliver_webhooks(20) == 1
    delivery.refresh_from_db()
    assert delivery.status == "pending"
    assert "private network" in delivery.last_error


def test_the_address_that_was_checked_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere when it is asked again, a moment later, gains nothing."""
    called: list[httpx.Request] = []

    def handle(_transport: object, request: httpx.Request) -> httpx.Response:
        called.append(request)
        return httpx.Response(200)

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: [(2, 1, 6, "", ("93.184.215.14", 443))])
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    endpoint(url="https://erp.example:8443/hooks?from=shop")
    queued()
    assert deliver_webhooks(20) == 1
    (request,) = called
    assert str(request.url) == "https://93.184.215.14:8443/hooks?from=shop"
    assert request.headers["Host"] == "erp.example:8443"
    assert request.extensions["sni_hostname"] == "erp.example"


def _no_client(**_options: object) -> None:
    raise AssertionError("nothing may be sent")


@pytest.mark.parametrize(
    "url",
    ["http://erp.example/", "ftp://erp.example/", "https://", "https://user:pass@erp.example/", "erp.example", "", "https:// x/"],
)
def test_addresses_that_are_refused(url: str) -> None:
    assert program_of(make_staff()).refused("POST", "/webhooks", {"url": url, "events": [CANCELLED]}) == (400, "programs.url")
    assert not WebhookEndpoint.objects.exists()


def test_events_that_are_refused() -> None:
    program = program_of(make_staff())
    assert program.refused("POST", "/webhooks", {"url": URL, "events": ["ordering.Nothing"]}) == (400, "programs.events")
    assert program.refused("POST", "/webhooks", {"url": URL, "events": []}) == (400, "request.invalid")


def test_there_are_so_many_addresses_at_most() -> None:
    owner = make_staff()
    for number in range(MAX_WEBHOOKS):
        WebhookEndpoint.objects.create(url=f"{URL}/{number}", events=[CANCELLED], secret="s", created_by=owner)
    assert program_of(owner).refused("POST", "/webhooks", {"url": URL, "events": [CANCELLED]}) == (
        409,
        "programs.too_many_webhooks",
    )


def test_the_secret_is_shown_once() -> None:
    program = program_of(make_staff())
    made = program.post("/webhooks", {"url": URL, "events": [CANCELLED]})
    assert made["secret"] == WebhookEndpoint.objects.get().secret
    assert made["secret"] not in str(program.get("/webhooks"))

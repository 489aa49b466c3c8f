"""Agents whose pages are open, and customers of theirs who linger: what the bench of alerts lets happen.

The streams are real: sockets to the served shop, each with an agent's session. Browsing goes into the same database through the action
that the beacon's view calls; from there the shop's own worker and web processes do the rest.
"""

import json
import selectors
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

from renmai.project.bench import machine, stage

LISTENERS_FILE: Final = "listeners.json"
PHONE_BASE: Final = 15_000_000_000
SECONDS_TO_OPEN: Final = 60.0
SECONDS_TO_ARRIVE: Final = 15.0
LONG: Final = {"seconds": 180, "scroll": 95, "pictures": 5}


@dataclass
class Listener:
    """An open stream: which agent's, and what has come."""

    agent_id: int
    connection: socket.socket
    arrived: list[float] = field(default_factory=list)
    heard: bytes = b""

    def read(self, now: float) -> None:
        """Note when whole alerts arrive."""
        self.heard += self.connection.recv(65536)
        while b"event: alert" in self.heard:
            _before, _found, self.heard = self.heard.partition(b"event: alert")
            self.arrived.append(now)


def build_listeners(*, agents: int) -> int:
    """Make ``agents`` with a shop, a session and a customer each, who agreed and is bound; nobody sleeps. Return how many."""
    from django.conf import settings
    from django.db import transaction

    from renmai.accounts.actions import create_member, give_consent
    from renmai.accounts.consents import Purpose
    from renmai.accounts.models import User
    from renmai.policy.actions import change_setting
    from renmai.sharing.actions import bind

    owner = User.objects.get(username="bench")
    quiet = {"trust.quiet_from": 0, "trust.quiet_until": 0}
    caps = {"trust.receiver_cap": 10, "trust.tie_cap": 20, "alerts.customer_daily": 50}
    for key, value in (quiet | caps).items():
        change_setting(owner, key, value=value, reason="the bench never sleeps")
    made = []
    with transaction.atomic():
        for number in range(agents):
            shop = _shop(f"{PHONE_BASE + 2 * number}")
            customer = create_member(f"{PHONE_BASE + 2 * number + 1}", display_name=f"顾客{number}")
            for purpose in (Purpose.BROWSING, Purpose.AGENT_ALERTS):
                give_consent(customer, purpose)
            bind(customer_id=customer.pk, shop_id=shop.pk, reason="bench", evidence={})
            made.append({"agent": shop.owner_id, "customer": customer.pk, "session": _session(shop.owner)})
    Path(settings.RENMAI_HOME, LISTENERS_FILE).write_text(json.dumps(made), encoding="utf-8")
    return len(made)


def listen(*, port: int, pid: int, alerts: int, per_second: float) -> dict[str, Any]:
    """Open the streams of all agents, let customers linger evenly, and return how long each took until it was on the wire, in milliseconds.

    Counted from just before the event is taken in. ``doubled`` are alerts that came twice, ``lost`` those that never came.
    """
    from django.conf import settings

    home = Path(settings.RENMAI_HOME)
    people, goods = json.loads((home / LISTENERS_FILE).read_text(encoding="utf-8")), stage.load(home).goods
    alone = _web_mib(pid)
    with ExitStack() as opened:
        began = time.perf_counter()
        listeners = [opened.enter_context(_Open(port, each["session"], each["agent"])).listener for each in people]
        chooser = opened.enter_context(selectors.DefaultSelector())
        for listener in listeners:
            chooser.register(listener.connection, selectors.EVENT_READ, listener)
        _until(chooser, lambda: all(b"retry: " in each.heard for each in listeners), seconds=SECONDS_TO_OPEN)
        seconds_to_open, with_streams = time.perf_counter() - began, _web_mib(pid)
        sent: dict[int, list[float]] = {each["agent"]: [] for each in people}
        began = time.perf_counter()
        for number in range(alerts):
            _until(chooser, partial(_is_past, began + number / per_second), seconds=1 / per_second + 1)
            person = people[number % len(people)]
            sent[person["agent"]].append(time.perf_counter())
            _linger(person["customer"], goods, turn=number // len(people), number=number)
        _until(chooser, lambda: sum(len(each.arrived) for each in listeners) >= alerts, seconds=SECONDS_TO_ARRIVE)
    taken, doubled = [], 0
    for listener in listeners:
        starts = sent[listener.agent_id]
        taken += [(there - start) * 1000 for start, there in zip(starts, listener.arrived, strict=False)]
        doubled += max(0, len(listener.arrived) - len(starts))
    return {
        "opened": len(listeners),
        "seconds_to_open": seconds_to_open,
        "mib": with_streams - alone,
        "taken_ms": taken,
        "doubled": doubled,
        "lost": alerts - len(taken),
    }


class _Open:
    """A stream that is open for the length of a block."""

    def __init__(self, port: int, session: str, agent_id: int) -> None:
        self.listener = Listener(agent_id, socket.create_connection(("127.0.0.1", port), timeout=SECONDS_TO_OPEN))
        head = f"GET /live/alerts HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (bench)\r\nCookie: {session}\r\n\r\n"
        self.listener.connection.sendall(head.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.listener.connection.close()


def _is_past(moment: float) -> bool:
    return time.perf_counter() >= moment


def _until(chooser: selectors.BaseSelector, is_over: Callable[[], bool], *, seconds: float) -> None:
    """Read what comes until ``is_over``, or until so much time has passed."""
    ends = time.perf_counter() + seconds
    while not is_over() and time.perf_counter() < ends:
        for key, _events in chooser.select(timeout=0.005):
            key.data.read(time.perf_counter())


def _linger(customer_id: int, goods: Sequence[stage.Good], *, turn: int, number: int) -> None:
    """Take in that a customer stays long at a product that she has not looked at today, and chooses a variant."""
    from renmai.accounts.models import User
    from renmai.insight.stream.actions import ingest
    from renmai.insight.stream.wire import read_batch
    from renmai.kernel import clock, ids

    good = goods[turn % len(goods)]
    now = int(clock.now().timestamp() * 1000)
    shared = {"v": 1, "at": now, "session": str(ids.derived("bench", number)), "product": good.product_id}
    events = [
        {**shared, "id": str(ids.new_uuid()), "name": "sku_chosen", "p": {"sku": good.sku_id}},
        {**shared, "id": str(ids.new_uuid()), "name": "product_lingered", "p": LONG},
    ]
    batch = read_batch(json.dumps({"sent": now, "events": events}).encode())
    receipt = ingest(batch, visitor=None, user=User(pk=customer_id), user_agent="Mozilla/5.0 (bench)")
    if receipt.accepted != len(events):
        raise RuntimeError(f"{receipt} of {len(events)} events")


def _web_mib(pid: int) -> float:
    """Return the memory of the web processes below ``pid``, shared parts shared fairly; 0 where Linux does not say."""
    return sum(process.pss_mib for process in machine.processes_below(pid) if process.name == "web")


def _shop(phone: str) -> Any:
    from renmai.accounts.actions import create_member
    from renmai.distribution.actions import AgentApplication
    from renmai.journeys import joining
    from renmai.policy.rules import Occupation
    from renmai.sharing.actions import ShopInput

    agent = create_member(phone, display_name="店主")
    application = AgentApplication(date(1990, 5, 17), Occupation.OTHER, "", has_agreed=True, payout_account="bench@example")
    return joining.join(agent, application, ShopInput("小店一间", "")).shop


def _session(user: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import login
    from django.http import HttpRequest

    from renmai.accounts.session_store import SessionStore

    request = HttpRequest()
    request.session = SessionStore()
    login(request, user)
    request.session.save()
    return f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}"


TASKS: Final[tuple[Callable[..., Any], ...]] = (build_listeners, listen)

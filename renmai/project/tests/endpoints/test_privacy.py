"""What an agent learns of her customers, and what leaves the shop in events, webhooks, logs of acts and messages: nobody's phone or address."""

import json
from collections.abc import Iterator
from dataclasses import fields

import pytest
from django.test import Client

from renmai.accounts.actions import create_member, save_address
from renmai.accounts.inputs import AddressInput
from renmai.accounts.models import ActLog, User, Visitor
from renmai.accounts.tests.factories import NANSHAN, make_member, make_staff
from renmai.api.tests.access import ACCESS
from renmai.api.tests.street import AGENT
from renmai.api.tests.test_access import filled
from renmai.api.tests.world import fresh_key, settle_down
from renmai.care.models import Message
from renmai.journeys import after_sale, receiving
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests import world
from renmai.journeys.tests.world import Customer
from renmai.kernel.events import declared
from renmai.kernel.models import Alert, IdempotencyKey, OutboxEvent
from renmai.ordering.models import Order, OrderLine
from renmai.policy.queries import clear_cache
from renmai.programs.actions import add_webhook
from renmai.programs.models import WebhookDelivery
from renmai.project.tests.endpoints import town as towns
from renmai.project.tests.endpoints.requests import knocks, sent_and_taken_back
from renmai.project.tests.endpoints.town import Town, text_of
from tools.testing.changes import taken_back
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

PHONE, OTHER_PHONE, NAME, STREET = "13845678901", "15912345678", "欧阳纳兰性德", "翠竹北街八百八十八号"
NICKNAME, NOTE = "小满", "请放在蓝色的门口"


def private_words(town: Town) -> list[str]:
    """What the agent of the town may never read of her customer."""
    member = town.actors["member"].user
    assert member is not None
    order = Order.objects.filter(buyer=member)[0]
    words = [str(member.phone), order.phone, order.recipient, order.address]
    assert set(words) <= set(town.marks)
    return words


def answers_to_the_agent(town: Town) -> Iterator[tuple[str, str, str]]:
    """Yield name, request and text of every page and every operation, as the agent of the town gets them."""
    agent = town.actors["agent"]
    for knock in knocks(town):
        asked = f"{knock.address} {town.good_form(knock.endpoint.name)}"
        yield f"{knock.method} {knock.endpoint.name}", asked, text_of(sent_and_taken_back(agent, knock, town)[0])
    program = town.street.programs[AGENT]
    for name, case in ACCESS.items():
        path, body = filled(case.path, town.street), filled(case.body, town.street)
        with taken_back():
            answer = program.send(case.method, path, body, **{"Idempotency-Key": fresh_key()})
        clear_cache()
        yield name, f"{path} {body}", text_of(answer)


def test_an_agent_never_reads_the_phone_the_name_or_the_street_of_a_customer(moving_clock: MovingClock) -> None:
    town = towns.build(moving_clock)
    words = private_words(town)
    found, seen = [], 0
    for name, asked, text in answers_to_the_agent(town):
        seen += bool(text)
        found += [f"{name} shows {word}" for word in words if word in text and word not in asked]
    assert not found, "\n".join(found)
    assert seen > 200
    # Without this, the test would also pass where agents see nothing at all.
    member = town.actors["member"].user
    assert member is not None
    assert member.display_name in town.actors["agent"].client.get("/agent/customers/").content.decode()


def lived_through(moving_clock: MovingClock) -> User:
    """A life of one customer from her first link to her last claim, told to webhooks, messages and logs; returns the agent."""
    owner = make_staff()
    add_webhook(owner, url="https://erp.example/all", events=sorted(declared()))
    member = create_member(PHONE, display_name=NICKNAME)
    address = save_address(member, AddressInput(NAME, OTHER_PHONE, NANSHAN, STREET, is_default=True))
    buyer = Customer(member, Visitor.objects.create(user=member, joined_at=member.created_at), address.pk)
    agent, shop = world.agent_with_shop()
    world.comes_through(buyer, shop)
    (sku,) = world.goods()
    kept = world.ship_all(owner, world.buy(buyer, [(sku, 2)], note=NOTE))
    receiving.confirm(member, kept.number)
    settle_down()
    moving_clock.advance(days=12)
    settle_down()
    returned = world.ship_all(owner, world.buy(buyer, [(sku, 1)], note=NOTE))
    receiving.confirm(member, returned.number)
    line = OrderLine.objects.get(order=returned)
    claim = after_sale.request(
        member,
        AfterSaleDraft(returned.number, line.pk, "return", 1, "damaged", note="scratched"),
        idempotency_key="claim-of-hers",
    )
    after_sale.approve(owner, claim.number)
    after_sale.send_back(member, claim.number, carrier="sf", tracking_number="SF00000001")
    after_sale.receive_back(owner, claim.number, is_resaleable=True)
    world.place(buyer, [(sku, 1)])
    settle_down()
    moving_clock.advance(days=1)
    settle_down()
    return agent.user


def test_nothing_that_is_told_further_holds_a_phone_a_name_or_a_street(
    moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("renmai.programs.deliveries._send", lambda _delivery, _transport: None)  # nobody is there
    agent = lived_through(moving_clock)
    told = {
        "events": list(OutboxEvent.objects.values_list("payload", flat=True)),
        "webhooks": list(WebhookDelivery.objects.values_list("payload", flat=True)),
        "acts": list(ActLog.objects.values_list("detail", flat=True)),
        "alerts": list(Alert.objects.values_list("detail", flat=True)),
        "messages": list(Message.objects.filter(user=agent).values_list("details", flat=True)),
        "keys": list(IdempotencyKey.objects.values_list("fingerprint", "result")),
    }
    assert len(told["events"]) > 10
    assert len(told["webhooks"]) > 10
    assert told["acts"]
    assert told["messages"]
    text = json.dumps(told, ensure_ascii=False, default=str)
    for word in (PHONE, OTHER_PHONE, NAME, STREET, NOTE):
        assert word not in text, word


PLAIN = {"int", "str", "bool", "int | None", "str | None", "tuple[int, ...]"}
TELLING = ("phone", "name", "recipient", "street", "address", "note", "text", "code", "openid", "ip")


def test_no_event_has_a_field_for_what_gives_people_away() -> None:
    ours = {name: event for name, event in declared().items() if ".tests." not in event.__module__}
    assert len(ours) > 10
    for name, event in ours.items():
        for field in fields(event):
            kind = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
            assert kind in PLAIN, (name, field.name, kind)
            parts = field.name.split("_")
            assert not set(parts) & set(TELLING), (name, field.name)


def test_an_error_page_repeats_nothing_that_was_sent() -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_member())
    asked = f"?phone={PHONE}&name={NAME}"
    pages = [
        client.get(f"/nothing/{asked}"),
        client.get(f"/orders/nothing/{asked}"),
        client.post("/cart/add/", {"sku_id": NAME, "quantity": PHONE}),
        client.get(f"/api/v1/orders/nothing{asked}"),
        client.post("/api/v1/addresses", json.dumps({"recipient": NAME, "phone": 1}), content_type="application/json"),
        Client(enforce_csrf_checks=True).post("/sign-in/", {"phone": PHONE}),
    ]
    for page in pages:
        assert page.status_code >= 400
        text = page.content.decode()
        assert PHONE not in text
        assert NAME not in text

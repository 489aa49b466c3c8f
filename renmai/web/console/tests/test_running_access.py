"""Every address of the pages that run the house, for everybody: who may, may; for everybody else nothing changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Role, User
from renmai.accounts.policies import PERMISSIONS, Permission
from renmai.catalogue.tests.factories import make_member
from renmai.distribution.models import Agent
from renmai.web.console.routes import running
from renmai.web.console.tests import house as houses
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.house import House

pytestmark = pytest.mark.django_db

P = Permission
Fields = Callable[[House], dict[str, Any]]
OUTSIDE = frozenset(
    {"sign_in", "enrolment", "sign_out", "confirm", "own", "own_recovery_codes", "own_password", "own_everywhere"}
)
"""They are for people who are not in yet, or about one's own way in; ``test_sign_in`` and ``test_account`` are about them."""


@dataclass(frozen=True)
class Door:
    """One address: what it takes to look (``sees``, any of them) and to act (``acts``), what stands in it, and what is sent."""

    sees: tuple[Permission, ...] = ()
    acts: tuple[Permission, ...] = ()
    arguments: Callable[[House], tuple[object, ...]] = lambda _house: ()
    fields: Fields | None = None

    def address(self, name: str, house: House) -> str:
        """Where it is."""
        return reverse(f"console:{name}", args=self.arguments(house))

    def post(self, client: Client, name: str, house: House) -> Any:
        """Send the request that acts."""
        assert self.fields is not None
        return client.post(self.address(name, house), self.fields(house))


def _may(permissions: tuple[Permission, ...]) -> frozenset[Role]:
    return frozenset(role for permission in permissions for role in PERMISSIONS[permission])


def _product(house: House) -> tuple[object, ...]:
    return (house.product.pk,)


def _picture(house: House) -> tuple[object, ...]:
    return (house.product.pk, house.picture.pk)


def _sku(house: House) -> tuple[object, ...]:
    return (house.sku.pk,)


def _supplier(house: House) -> tuple[object, ...]:
    return (house.supplier_id,)


def _clerk(house: House) -> tuple[object, ...]:
    return (house.clerk.pk,)


def _category(house: House) -> tuple[object, ...]:
    return (house.product.category_id,)


def _endpoint(house: House) -> tuple[object, ...]:
    return (house.endpoint.pk,)


def _supplier_fields(house: House) -> dict[str, Any]:
    return {"name_zh": "新名", "name_en": "New", "code": house.product.supplier.code, "ship_within_hours": 24}


CATEGORY = {"name_zh": "咖啡", "name_en": "Coffee", "slug": "coffee", "parent_id": "", "motif": ""}
NEW_STAFF = {"display_name": "新人", "username": "newcomer", "password": "long enough for a test 42", "roles": ["service"]}
EDIT, FEED = (P.PRODUCTS_EDIT,), (P.STOCK_FEED,)
STAFF, API, OWNER = (P.STAFF_MANAGE,), (P.API_MANAGE,), (P.SETTINGS_CHANGE,)
MATCHING = (P.MATCHING_MANAGE,)
ALERTS = (P.AUDIT_VIEW, P.STOCK_FEED, P.ORDERS_SHIP, P.AFTER_SALES_DECIDE, P.WITHDRAWALS_REVIEW)

DOORS: dict[str, Door] = {
    "stream": Door((P.FIGURES_VIEW,)),
    "matching": Door(MATCHING),
    "demotion_lift": Door((), MATCHING, lambda house: (house.demotion.pk,), lambda _house: {"why": "a new batch"}),
    "products": Door(EDIT),
    "product_new": Door(EDIT, EDIT, fields=lambda house: houses.product_fields(house.product, code="another")),
    "product_preview": Door((), EDIT, fields=lambda _house: {"title_zh": "预览"}),
    "product": Door(EDIT, EDIT, _product, lambda house: houses.product_fields(house.product, title_zh="新标题")),
    "product_list": Door((), EDIT, _product, lambda _house: {}),
    "product_delist": Door((), EDIT, _product, lambda _house: {"reason": "season"}),
    "product_variants": Door(EDIT, EDIT, _product, lambda house: houses.matrix_fields(house.product, price=["1.00", "2.00"])),
    "product_pictures": Door(
        EDIT, EDIT, _product, lambda _house: {"pictures": SimpleUploadedFile("a.png", houses.png(9, 9), "image/png")}
    ),
    "picture_move": Door((), EDIT, _picture, lambda _house: {"to": "front"}),
    "picture_remove": Door((), EDIT, _picture, lambda _house: {}),
    "product_commission": Door(EDIT, OWNER, _product, lambda _house: {"basis_points": "8"}),
    "sku": Door((*EDIT, *FEED), (), _sku),
    "sku_price": Door((), EDIT, _sku, lambda _house: {"price_fen": "66.00"}),
    "sku_count": Door((), FEED, _sku, lambda _house: {"on_hand": "12", "reason": "counted"}),
    "categories": Door(EDIT, EDIT, fields=lambda _house: CATEGORY),
    "category": Door(EDIT, EDIT, _category, lambda _house: CATEGORY),
    "category_move": Door((), EDIT, _category, lambda _house: {"to": "down"}),
    "suppliers": Door(FEED),
    "stock": Door(FEED),
    "supplier_new": Door(EDIT, EDIT, fields=lambda house: {**_supplier_fields(house), "code": "another"}),
    "supplier": Door(FEED, (), _supplier),
    "supplier_edit": Door((), EDIT, _supplier, _supplier_fields),
    "supplier_feed": Door((), FEED, _supplier, lambda house: {"text": f"sku_code,on_hand\n{house.sku.code},7"}),
    "supplier_template": Door(FEED, (), _supplier),
    "freight": Door(EDIT),
    "freight_new": Door(EDIT, EDIT, fields=lambda _house: houses.zone_fields()),
    "freight_template": Door(EDIT, EDIT, lambda house: (house.template.pk,), lambda _house: houses.zone_fields()),
    "settings": Door((P.POLICY_VIEW,)),
    "rules": Door((P.POLICY_VIEW,)),
    "adviser": Door((P.POLICY_VIEW,)),
    "setting": Door(
        (P.POLICY_VIEW,), OWNER, lambda _house: ("order.pay_minutes",), lambda _house: {"value": "45", "reason": "more time"}
    ),
    "audit": Door((P.AUDIT_VIEW,)),
    "journal": Door((P.AUDIT_VIEW,)),
    "alerts": Door(ALERTS),
    "alert_resolve": Door((), FEED, lambda house: (house.alert.pk,), lambda _house: {"note": "counted again, all there"}),
    "compliance": Door((P.AUDIT_VIEW,)),
    "rewards": Door((P.REWARDS_DECIDE,)),
    "reward_decide": Door(
        (), (P.REWARDS_DECIDE,), lambda house: (house.reward.pk,), lambda _house: {"decision": "refuse", "answer": "one person"}
    ),
    "log": Door((P.LOG_VIEW,)),
    "staff": Door(STAFF),
    "person_new": Door(STAFF, STAFF, fields=lambda _house: NEW_STAFF),
    "person": Door(STAFF, (), _clerk),
    "person_roles": Door((), STAFF, _clerk, lambda _house: {"roles": ["finance"]}),
    "person_active": Door((), STAFF, _clerk, lambda _house: {"to": "close"}),
    "person_reset": Door((), STAFF, _clerk, lambda _house: {}),
    "api": Door(API),
    "token_create": Door((), API, fields=lambda _house: {"name": "till", "valid_days": "30"}),
    "token_revoke": Door((), API, lambda house: (house.token.pk,), lambda _house: {}),
    "webhook_new": Door(API, API, fields=lambda _house: {"url": "https://example.org/two", "events": [houses.WEBHOOK_EVENT]}),
    "webhook": Door(API, (), _endpoint),
    "webhook_stop": Door((), API, _endpoint, lambda _house: {}),
    "delivery_repeat": Door((), API, lambda house: (house.endpoint.pk, house.delivery.pk), lambda _house: {}),
}
ACTS = [name for name, door in DOORS.items() if door.fields is not None]
CHANGES_NOTHING = frozenset({"product_preview", "product_list", "category_move", "picture_move"})
"""Acts that leave the house as it is: there is one picture and one shelf to move, and the product is on sale already."""


def test_every_address_is_in_the_table() -> None:
    assert {pattern.name for pattern in running.urlpatterns} == set(DOORS) | OUTSIDE


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_kept_out_and_changes_nothing(house: House, role: Role) -> None:
    client = scenes.browser_of(scenes.member_of_staff(role))
    before = houses.fingerprint()
    for name, door in DOORS.items():
        if door.sees and role not in _may(door.sees):
            assert client.get(door.address(name, house)).status_code == 403, name
        if door.fields is not None and role not in _may(door.acts):
            assert door.post(client, name, house).status_code == 403, name
    assert houses.fingerprint() == before


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_what_it_may(house: House, role: Role) -> None:
    client = scenes.browser_of(scenes.member_of_staff(role))
    for name, door in DOORS.items():
        if door.sees and role in _may(door.sees):
            assert client.get(door.address(name, house)).status_code == 200, name


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_open_to_each_role_that_may(house: House, name: str) -> None:
    door = DOORS[name]
    for role in sorted(_may(door.acts)):
        client = scenes.browser_of(scenes.member_of_staff(role))
        answer = door.post(client, name, house)
        assert answer.status_code in {200, 302, 404, 409}, (role, answer.content.decode()[:2000])


@pytest.mark.parametrize("name", ACTS)
def test_each_act_acts_and_is_logged(house: House, name: str) -> None:
    client = scenes.browser_of(house.owner)
    before = houses.fingerprint()
    answer = DOORS[name].post(client, name, house)
    assert answer.status_code in {200, 302}, answer.content.decode()[:2000]
    after = houses.fingerprint()
    logged = len(after["accounts.ActLog"]) - len(before["accounts.ActLog"])
    if name in CHANGES_NOTHING:
        assert {label: rows for label, rows in after.items() if label != "accounts.ActLog"} == {
            label: rows for label, rows in before.items() if label != "accounts.ActLog"
        }
    else:
        assert logged == 1


@pytest.mark.parametrize("who", ["guest", "member", "agent", "closed staff"])
def test_nobody_else_comes_in(house: House, who: str) -> None:
    agent = make_member("店主")
    Agent.objects.create(user=agent, born_on=date(1990, 5, 1))
    closed = scenes.member_of_staff(Role.OWNER)
    people: dict[str, User | None] = {"guest": None, "member": make_member(), "agent": agent, "closed staff": closed}
    client = scenes.browser_of(people[who])
    User.objects.filter(pk=closed.pk).update(is_active=False)
    before = houses.fingerprint()
    for name, door in DOORS.items():
        answers = [client.get(door.address(name, house))] if door.sees else []
        answers += [door.post(client, name, house)] if door.fields is not None else []
        for answer in answers:
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("console:sign_in")), name
    assert houses.fingerprint() == before


@pytest.mark.parametrize("name", [name for name in ACTS if not DOORS[name].sees])
def test_looking_at_an_act_does_nothing(house: House, name: str) -> None:
    client = scenes.browser_of(house.owner)
    before = houses.fingerprint()
    assert client.get(DOORS[name].address(name, house)).status_code == 405
    assert houses.fingerprint() == before


@pytest.mark.parametrize("name", ACTS)
def test_a_form_of_another_site_does_nothing(house: House, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.owner)
    before = houses.fingerprint()
    assert DOORS[name].post(client, name, house).status_code == 403
    assert houses.fingerprint() == before


def test_an_alert_is_resolved_by_whoever_deals_with_its_kind(house: House) -> None:
    client = scenes.browser_of(scenes.member_of_staff(Role.FULFILMENT))
    page = client.get(reverse("console:alerts")).content.decode()
    assert house.alert.subject in page
    other = scenes.browser_of(scenes.member_of_staff(Role.SERVICE))
    assert house.alert.subject not in other.get(reverse("console:alerts")).content.decode()
    assert scenes.browser_of(scenes.member_of_staff(Role.ANALYST)).get(reverse("console:alerts")).status_code == 403


def test_a_key_of_somebody_else_stays(house: House) -> None:
    client = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    assert client.post(reverse("console:token_revoke", args=[house.token.pk])).status_code == 404
    house.token.refresh_from_db()
    assert house.token.revoked_at is None

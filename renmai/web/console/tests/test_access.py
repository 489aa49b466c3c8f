"""Every address of the selling pages for everybody: who may, may; for everybody else nothing changes."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Role, User
from renmai.accounts.policies import PERMISSIONS, Permission
from renmai.kernel.errors import DomainError
from renmai.web.console.routes import selling
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.scene import Scene
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

P = Permission
EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Door:
    """One address: what it takes to open it (any of ``needs``; none: being staff), and a request that would act."""

    needs: tuple[Permission, ...] = ()
    arguments: Callable[[Scene], list[object]] = lambda _scene: []
    post: Callable[[Scene], dict[str, object]] | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """Who may come in."""
        return frozenset(role for need in self.needs for role in PERMISSIONS[need]) if self.needs else EVERYBODY

    def knock(self, client: Client, name: str, scene: Scene) -> HttpResponse:
        """Send the request."""
        address = reverse(f"console:{name}", args=self.arguments(scene))
        if self.post is None:
            return client.get(address)  # type: ignore[return-value]
        return client.post(address, self.post(scene))  # type: ignore[return-value]


def _order(scene: Scene) -> list[object]:
    return [scene.waiting.number]


def _claim(scene: Scene) -> list[object]:
    return [scene.claimed.number]


def _withdrawal(scene: Scene) -> list[object]:
    return [scene.withdrawal.pk]


def _agent(scene: Scene) -> list[object]:
    return [scene.agent.pk]


def _parcel(scene: Scene) -> list[object]:
    return [scene.parcel.pk]


def _why(_scene: Scene) -> dict[str, object]:
    return {"reason": "so that it is tried"}


WITHDRAWALS = (P.WITHDRAWALS_REVIEW, P.WITHDRAWALS_APPROVE)
CLAIMS = (P.AFTER_SALES_DECIDE, P.ORDERS_VIEW)
DOORS: dict[str, Door] = {
    "counter": Door((P.ORDERS_SHIP,), post=lambda _scene: {}),
    "dashboard": Door(),
    "figure": Door((P.FIGURES_VIEW,), lambda _scene: ["sales"]),
    "search": Door((P.ORDERS_VIEW,)),
    "orders": Door((P.ORDERS_VIEW,)),
    "order": Door((P.ORDERS_VIEW,), _order),
    "refund_retry": Door((P.AFTER_SALES_DECIDE,), lambda scene: [scene.waiting.number, 1], lambda _scene: {}),
    "hand_over": Door((P.ORDERS_SHIP,), lambda scene: [scene.pickup.number], lambda _scene: {"code": "ABCDEF"}),
    "shipments": Door((P.ORDERS_VIEW,)),
    "shipments_template": Door((P.ORDERS_SHIP,)),
    "shipments_batch": Door((P.ORDERS_SHIP,), post=lambda _scene: {}),
    "ship": Door(
        (P.ORDERS_SHIP,),
        _parcel,
        lambda scene: {f"{scene.parcel.pk}-carrier": "sf", f"{scene.parcel.pk}-tracking_number": "SF12345678"},
    ),
    "delivered": Door((P.ORDERS_SHIP,), _parcel, lambda _scene: {}),
    "after_sales": Door(CLAIMS),
    "after_sale": Door(CLAIMS, _claim),
    "after_sale_approve": Door((P.AFTER_SALES_DECIDE,), _claim, lambda _scene: {"answer": ""}),
    "after_sale_reject": Door((P.AFTER_SALES_DECIDE,), _claim, lambda _scene: {"answer": "no"}),
    "after_sale_goods_back": Door(
        (P.AFTER_SALES_DECIDE,), lambda scene: [scene.returning.number], lambda _scene: {"is_resaleable": "yes"}
    ),
    "withdrawals": Door(WITHDRAWALS),
    "withdrawal": Door(WITHDRAWALS, _withdrawal),
    "withdrawal_review": Door((P.WITHDRAWALS_REVIEW,), _withdrawal, lambda _scene: {}),
    "withdrawal_approve": Door((P.WITHDRAWALS_APPROVE,), _withdrawal, lambda _scene: {}),
    "withdrawal_reject": Door(WITHDRAWALS, _withdrawal, _why),
    "agents": Door((P.AGENTS_MANAGE,)),
    "agent": Door((P.AGENTS_MANAGE, *WITHDRAWALS), _agent),
    "agent_leader": Door((P.AGENTS_MANAGE,), _agent, lambda _scene: {"shop_code": ""}),
    "agent_suspend": Door((P.AGENTS_MANAGE,), _agent, _why),
    "agent_reactivate": Door((P.AGENTS_MANAGE,), _agent, _why),
    "attribution": Door((P.ATTRIBUTION_VIEW,)),
}


@pytest.fixture
def scene(moving_clock: MovingClock) -> Scene:
    return scenes.build(moving_clock)


def test_every_address_is_in_the_table() -> None:
    assert {pattern.name for pattern in selling.urlpatterns} == set(DOORS)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_doors_and_moves_nothing_behind_the_others(scene: Scene, role: Role) -> None:
    client = scenes.browser_of(scenes.member_of_staff(role))
    before = scenes.fingerprint()
    for name, door in DOORS.items():
        if role not in door.roles:
            assert door.knock(client, name, scene).status_code == 403, name
    assert scenes.fingerprint() == before
    for name, door in DOORS.items():
        if role in door.roles:
            answer = door.knock(client, name, scene)
            assert _came_in(answer, door), name


def _came_in(answer: HttpResponse, door: Door) -> bool:
    """Whether the door was opened, whatever the room behind it said then; who has reviewed is refused on the page itself."""
    if door.post is None:
        return answer.status_code == 200
    same_person = answer.status_code == 403 and DomainError("distribution.same_person").sentence in answer.content.decode()
    return same_person or answer.status_code in {302, 400, 404, 409}


@pytest.mark.parametrize("who", ["guest", "member", "agent", "closed staff"])
def test_nobody_else_comes_in(scene: Scene, who: str) -> None:
    owner = scenes.member_of_staff(Role.OWNER)
    people: dict[str, User | None] = {
        "guest": None,
        "member": scene.customer.user,
        "agent": scene.agent.user,
        "closed staff": owner,
    }
    client = scenes.browser_of(people[who])
    User.objects.filter(pk=owner.pk).update(is_active=False)
    before = scenes.fingerprint()
    for name, door in DOORS.items():
        answer = door.knock(client, name, scene)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("console:sign_in")), name
    assert scenes.fingerprint() == before


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.post is not None])
def test_looking_at_an_act_does_nothing(scene: Scene, name: str) -> None:
    client = scenes.browser_of(scene.owner)
    before = scenes.fingerprint()
    answer = client.get(reverse(f"console:{name}", args=DOORS[name].arguments(scene)))
    assert answer.status_code == (200 if name == "counter" else 405)
    assert scenes.fingerprint() == before


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.post is not None])
def test_a_form_of_another_site_does_nothing(scene: Scene, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.owner)
    before = scenes.fingerprint()
    assert DOORS[name].knock(client, name, scene).status_code == 403
    assert scenes.fingerprint() == before


def test_the_navigation_marks_where_one_is_and_nothing_on_pages_of_ones_own(scene: Scene) -> None:
    client = scenes.browser_of(scene.owner)
    for name, marked in (("dashboard", 1), ("orders", 1), ("own", 0)):
        page = client.get(reverse(f"console:{name}")).content.decode()
        assert page.partition("</nav>")[0].count('aria-current="page"') == marked, name


@pytest.mark.parametrize("role", list(Role))
def test_the_navigation_shows_what_opens_and_nothing_else(scene: Scene, role: Role) -> None:
    client = scenes.browser_of(scenes.member_of_staff(role))
    page = client.get(reverse("console:dashboard")).content.decode()
    for name in ("orders", "shipments", "after_sales", "withdrawals", "agents", "attribution"):
        link = f'<a href="{reverse(f"console:{name}")}"'
        assert (link in page) == (role in DOORS[name].roles), name

"""The page about alerts to agents: its figures, why nobody was told, which model judges; nothing of any customer."""

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import Statements, make_member, make_staff
from renmai.alerts.actions import dismiss, share_it, watch
from renmai.alerts.models import IntentModel
from renmai.alerts.tests.floor import Floor, agrees, alerts, belongs, new_shop
from renmai.alerts.tests.test_refitting import figures
from renmai.insight.stream.tests.happenings import happened
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor(moving_clock: MovingClock) -> Floor:
    moving_clock.travel(moving_clock.now.replace(hour=4, minute=0))
    return Floor()


def page(role: Role = Role.ANALYST, *, language: str = "en", query: str = "") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(make_staff(role))
    answer = client.get(reverse("console:browse_alerts") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_page_says_what_to_do(floor: Floor) -> None:
    found = page()
    assert "Nobody was told anything in this period" in found
    assert "Customers agree under “Privacy” on their own page." in found
    assert "There are not enough sessions of your own yet" in found


def test_it_says_what_came_of_alerts_and_names_no_customer(floor: Floor) -> None:
    floor.tell()
    other = make_member("李雷雷")
    agrees(other)
    belongs(other, floor.shop)
    floor.tell(customer=other)
    share_it(floor.agent, alerts()[0].pk)
    dismiss(floor.agent, alerts()[1].pk)
    watch([happened("product_viewed", user=make_member(), product=floor.product, funnel="search")])
    found = page()
    assert "agents were told 2 times, shared 1 and missed 0." in found
    assert "1 shared, 1 set aside, 0 missed." in found
    assert "The customer did not agree that her agent is told" in found
    assert floor.agent.display_name in found
    assert floor.customer.display_name not in found
    assert "李雷雷" not in found
    chinese = page(language="zh-hans")
    assert "共提醒店主 2 次" in chinese
    assert "每 20 条有 19 条在 0.00 秒 以内。" in chinese


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"is_used": True}, "Fitted to sessions of your own."),
        ({"is_used": False}, "The last fit was no better than the starting model"),
        ({"parameters": {}}, "The last fit is of other features"),
    ],
)
def test_it_says_which_model_judges_and_why(floor: Floor, row: dict[str, object], says: str) -> None:
    IntentModel.objects.create(**figures(**row))
    found = page()
    assert says in found
    assert "0.700" in found


def test_a_stale_model_is_said_to_be_one(floor: Floor, moving_clock: MovingClock) -> None:
    IntentModel.objects.create(**figures())
    moving_clock.advance(days=15)
    assert "older than 14 days" in page()


@pytest.mark.parametrize("number", [1, 8])
def test_it_sends_the_same_statements_for_one_agent_and_for_many(floor: Floor, statements: Statements, number: int) -> None:
    for _agent in range(number):
        customer = make_member()
        agrees(customer)
        belongs(customer, new_shop())
        floor.tell(customer=customer)
    client = Client()
    client.force_login(make_staff(Role.ANALYST))
    client.get(reverse("console:browse_alerts"))
    with statements(10):
        client.get(reverse("console:browse_alerts"))

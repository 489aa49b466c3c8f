"""What the pages say, whatever is asked of them, and how much they ask of the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import Statements
from renmai.distribution.models import Agent
from renmai.journeys.tests import world
from renmai.ordering.models import AfterSale, Order, OrderLine, Shipment
from renmai.sharing.models import Shop
from renmai.web.console.routes import selling
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.scene import Scene
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

LISTS = ["orders", "shipments", "after_sales", "withdrawals", "agents", "attribution", "search", "dashboard"]
ABSURD = [
    "page=0",
    "page=-1",
    "page=99999999999999999999999",
    "page=%00",
    "page=" + "9" * 5000,
    "status=%00&rule=x&view=x&funnel=x&style=x&part=x",
    "status=" + "x" * 3000,
    "q=%00%00&shop=%00&supplier=%00",
    "q=" + "%F0%9F%98%80" * 300,
    "q=%27%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "q=%25%25%25_%5C",
    "shop=99999999999999999999&supplier=-1",
    "shop=9223372036854775807&supplier=9223372036854775808",
    "days=0",
    "days=9999999",
    "from=2026-13-45&to=x",
    "from=0001-01-01&to=9999-12-31",
    "from=2026-03-01",
    "to=2026-03-01",
    "from=2030-01-01&to=2030-02-01",
    "%FF%FE=%FF&status[]=1&status=&status=paid&status=x",
]


@pytest.fixture
def scene(moving_clock: MovingClock) -> Scene:
    return scenes.build(moving_clock)


@pytest.fixture
def owner(scene: Scene) -> Client:
    return scenes.browser_of(scene.owner)


def page(client: Client, name: str, *arguments: object, query: str = "") -> str:
    answer = client.get(reverse(f"console:{name}", args=arguments) + (f"?{query}" if query else ""))
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


@pytest.mark.parametrize("name", [*LISTS, "figure", "agent"])
def test_absurd_queries_are_answered(scene: Scene, owner: Client, name: str) -> None:
    known: dict[str, list[object]] = {"figure": ["sales"], "agent": [scene.agent.pk]}
    arguments = known.get(name, [])
    for query in ABSURD:
        assert "<script>alert" not in page(owner, name, *arguments, query=query), query


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("order", "R000000-NOBODY"),
        ("order", "x" * 500),
        ("order", "%00"),
        ("after_sale", "nothing"),
        ("withdrawal", 10**17),
        ("withdrawal", 0),
        ("agent", 10**17),
        ("figure", "nothing"),
    ],
)
def test_what_does_not_exist_is_not_found(owner: Client, name: str, argument: object) -> None:
    assert owner.get(reverse(f"console:{name}", args=[argument])).status_code == 404


def test_ids_that_no_database_takes_are_not_found(owner: Client) -> None:
    for address in (f"withdrawals/{10**30}/", f"agents/{10**30}/", f"agents/{2**63}/", "agents/-1/", "withdrawals/x/"):
        assert owner.get(f"/console/{address}").status_code == 404, address


def test_acts_on_what_does_not_exist_are_not_found(owner: Client) -> None:
    for name, argument in (
        ("ship", 10**17),
        ("delivered", 1_000_000),
        ("after_sale_approve", "x"),
        ("after_sale_reject", "x"),
        ("after_sale_goods_back", "x"),
        ("hand_over", "x"),
        ("withdrawal_review", 10**17),
        ("withdrawal_approve", 0),
        ("withdrawal_reject", 0),
        ("agent_suspend", 10**17),
        ("agent_reactivate", 0),
    ):
        fields = {"answer": "x", "is_resaleable": "yes", "reason": "x", "code": "x"}
        fields |= {f"{argument}-carrier": "sf", f"{argument}-tracking_number": "SF12345678"}
        assert owner.post(reverse(f"console:{name}", args=[argument]), fields).status_code == 404, name


def test_names_are_never_markup(scene: Scene, owner: Client) -> None:
    evil = "<img src=x onerror=1>\"'{{x}}"
    User.objects.filter(pk__in=[scene.customer.user.pk, scene.agent.user_id, scene.owner.pk]).update(display_name=evil)
    Shop.objects.update(name=evil, voice=evil)
    Order.objects.update(recipient=evil, address=evil, note=evil, invoice_title=evil)
    OrderLine.objects.update(title_zh=evil, title_en=evil, options_zh=evil)
    AfterSale.objects.update(note=evil, answer=evil)
    Agent.objects.update(real_name=evil, payout_account=evil)
    Shipment.objects.update(tracking_number=evil)
    opened: dict[str, list[object]] = {
        "order": [scene.waiting.number],
        "after_sale": [scene.claimed.number],
        "withdrawal": [scene.withdrawal.pk],
        "agent": [scene.agent.pk],
        "figure": ["sales"],
    }
    names = {pattern.name for pattern in selling.urlpatterns if pattern.name in {*LISTS, *opened}}
    assert len(names) == len(LISTS) + len(opened)
    for name in sorted(names):
        html = page(owner, name, *opened.get(name, []), query="view=shipped" if name == "shipments" else "")
        assert "<img src=x" not in html, name
        assert "onerror=1>" not in html, name
    for part in ("statement", "customers", "withdrawals"):
        assert "<img src=x" not in page(owner, "agent", scene.agent.pk, query=f"part={part}")
    assert "<img src=x" not in page(owner, "attribution", query="view=bindings")


def test_an_order_is_found_by_number_name_phone_and_tracking(scene: Scene, owner: Client) -> None:
    world.ship_all(scene.owner, scene.waiting)
    tracking = scene.parcel.tracking_number
    order = world.fresh(scene.waiting)
    for text in (order.number, order.number.lower(), order.recipient, order.phone, tracking, scene.customer.user.phone):
        assert order.number in page(owner, "orders", query=f"q={text}"), text
    assert order.number not in page(owner, "orders", query="q=nobody")
    exact = owner.get(reverse("console:search") + f"?q={order.number.lower()}")
    assert exact["Location"] == reverse("console:order", args=[order.number])
    claim = owner.get(reverse("console:search") + f"?q={scene.claimed.number}")
    assert claim["Location"] == reverse("console:after_sale", args=[scene.claimed.number])


def test_filters_narrow_the_orders(scene: Scene, owner: Client) -> None:
    assert scene.pickup.number in page(owner, "orders", query="status=paid")
    assert scene.pickup.number not in page(owner, "orders", query="status=settled")
    assert scene.pickup.number not in page(owner, "orders", query="style=wholesale")
    assert scene.pickup.number in page(owner, "orders", query=f"shop={scene.shop.pk}&funnel={scene.pickup.funnel}")
    claimed = page(owner, "orders", query="status=open_claims")
    assert scene.claimed.order.number in claimed
    assert scene.pickup.number not in claimed


def test_an_order_says_why_it_went_to_this_agent(scene: Scene, owner: Client) -> None:
    html = page(owner, "order", scene.waiting.number)
    assert "有效期内最后一次分享访问" in html
    assert f"“{scene.shop.name}”的分享链接" in html
    assert reverse("console:agent", args=[scene.agent.pk]) in html
    assert '<span class="money">¥200.00</span> × 5%' in html


@pytest.mark.parametrize(
    ("role", "sees_money", "sees_why"),
    [(Role.FULFILMENT, False, False), (Role.MERCHANDISER, False, False), (Role.SERVICE, True, True), (Role.AUDITOR, True, True)],
)
def test_an_order_shows_each_role_its_part(scene: Scene, role: Role, sees_money: bool, sees_why: bool) -> None:
    html = page(scenes.browser_of(scenes.member_of_staff(role)), "order", scene.waiting.number)
    assert ('id="payments"' in html, 'id="why"' in html) == (sees_money, sees_why)


def test_people_who_may_not_act_see_no_button(scene: Scene) -> None:
    auditor = scenes.browser_of(scenes.member_of_staff(Role.AUDITOR))
    assert reverse("console:ship", args=[scene.parcel.pk]) not in page(auditor, "shipments")
    assert "/approve/" not in page(auditor, "after_sale", scene.claimed.number)
    assert "/hand-over/" not in page(auditor, "order", scene.pickup.number)
    finance = scenes.browser_of(scenes.member_of_staff(Role.FINANCE))
    assert "/suspend/" not in page(finance, "agent", scene.agent.pk)


def test_the_first_page_tells_each_role_what_waits(scene: Scene) -> None:
    scenes.late([scene.parcel])
    home = {role: page(scenes.browser_of(scenes.member_of_staff(role)), "dashboard") for role in Role}
    assert "1 个包裹待发" in home[Role.FULFILMENT]
    assert "1 个逾期" in home[Role.FULFILMENT]
    assert "1 单待自提" in home[Role.FULFILMENT]
    assert "1 笔售后待处理" in home[Role.SERVICE]
    assert "1 笔提现待初审" in home[Role.FINANCE]
    assert "个包裹待发" not in home[Role.ANALYST]
    assert "销售额" in home[Role.ANALYST]
    assert "figures-grid" not in home[Role.FULFILMENT]


def test_every_figure_opens_with_its_definition_and_rows(scene: Scene, owner: Client) -> None:
    from renmai.insight.queries.figures import RECIPES

    home = page(owner, "dashboard", query="days=90")
    for key, recipe in RECIPES.items():
        assert f"/console/figures/{key}/?days=90" in home, key
        assert str(recipe.definition) in page(owner, "figure", key, query="days=90"), key
    assert scene.waiting.number in page(owner, "figure", "sales")


def test_an_analyst_sees_figures_and_no_names(scene: Scene) -> None:
    html = page(scenes.browser_of(scenes.member_of_staff(Role.ANALYST)), "figure", "sales")
    assert scene.waiting.number in html
    assert scene.customer.user.display_name not in html
    assert "/console/orders/" not in html


def test_an_impossible_period_says_so(owner: Client) -> None:
    assert "这个周期不可用" in page(owner, "dashboard", query="from=2026-03-20&to=2026-03-01")
    assert "这个周期不可用" not in page(owner, "dashboard", query="from=2026-03-01&to=2026-03-20")


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("orders", "", 11),
        ("shipments", "", 13),
        ("shipments", "view=pickups", 12),
        ("after_sales", "status=open", 9),
        ("withdrawals", "", 11),
        ("agents", "", 11),
        ("attribution", "", 10),
        ("attribution", "view=bindings", 10),
    ],
)
def test_a_long_list_asks_no_more_than_a_short_one(
    scene: Scene, owner: Client, statements: Statements, name: str, query: str, expected: int
) -> None:
    address = reverse(f"console:{name}") + f"?{query}"
    owner.get(address)
    with statements(expected):
        assert owner.get(address).status_code == 200
    sku = world.goods(stock=100)[0]
    for _number in range(10):
        who = world.customer()
        world.comes_through(who, scene.shop)
        scenes.bind_buyer(world.buy(who, [(sku, 1)]))
        world.buy(who, [(sku, 1)], delivery="pickup", address_id=None)
    world.settle_down()
    with statements(expected):
        assert owner.get(address).status_code == 200


def test_the_first_page_asks_no_more_for_more_orders(scene: Scene, owner: Client) -> None:
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(owner, "dashboard")
        counts.append(len(asked))
        for _number in range(5):
            world.buy(world.customer(), [(world.goods()[0], 1)])
    assert counts[0] == counts[1] <= 48


@pytest.mark.parametrize(("pieces", "expected"), [(1, 21), (20, 21)])
def test_an_order_of_many_lines_asks_no_more(
    scene: Scene, owner: Client, statements: Statements, pieces: int, expected: int
) -> None:
    skus = world.goods(2, each=max(1, pieces // 2), stock=10)[:pieces]
    who = world.customer()
    world.comes_through(who, scene.shop)
    order = world.buy(who, [(sku, 1) for sku in skus])
    world.settle_down()
    address = reverse("console:order", args=[order.number])
    owner.get(address)
    with statements(expected):
        assert owner.get(address).status_code == 200

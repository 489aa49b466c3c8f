"""The operator's day in a real browser: signing in with a code, a parcel, a claim, a withdrawal that takes two people."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import Page, expect

from renmai.accounts.models import Role, TotpDevice, User
from renmai.accounts.tests.factories import PASSWORD, enrol, make_staff
from renmai.ordering.models import AfterSale, Shipment
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.scene import Scene
from tools.testing.browser import DESKTOP, PHONE
from tools.testing.moving_clock import MovingClock
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    """The life of the scene ends now: the running server knows only the true time."""
    standing = MovingClock()
    try:
        now = datetime.now(tz=UTC)
        standing.travel(now - timedelta(days=12))
        return scenes.build(standing)
    finally:
        standing.close()


def person(username: str, role: Role) -> pyotp.TOTP:
    """Somebody of the staff with an app whose next code is still good."""
    user = make_staff(role, username=username)
    app, _codes = enrol(user)
    TotpDevice.objects.filter(user=user).update(last_step=0)
    return app


def sign_in(page: Page, username: str, app: pyotp.TOTP) -> None:
    """Sign in as a person does: two pages, two answers."""
    page.goto("/console/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()
    page.get_by_label("动态验证码").fill(app.now())
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("经营|待办"))


def test_an_operator_ships_a_parcel_and_approves_a_claim(page_desktop: Page, scene: Scene, expected_console: list[str]) -> None:
    expected_console.append("400")
    page = page_desktop
    sign_in(page, "laoban", person("laoban", Role.OWNER))
    assert serious(page) == []
    page.get_by_role("link", name=re.compile("1 个包裹待发")).click()
    assert serious(page) == []
    page.locator("table").get_by_role("link", name="发货").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_be_visible()
    drawer.get_by_label("快递单号").fill("x")
    drawer.get_by_role("button", name="确认发货").click()
    expect(page.get_by_text("请输入 6 到 40 位字母或数字的运单号。")).to_be_visible()
    drawer.get_by_label("快递单号").fill("SF1234567890")
    drawer.get_by_role("button", name="确认发货").click()
    expect(page.get_by_text(re.compile("包裹 .* 已发出"))).to_be_visible()
    assert Shipment.objects.get(order=scene.waiting).status == Shipment.Status.SHIPPED

    page.get_by_role("navigation", name="主导航").get_by_role("link", name="售后").click()
    page.get_by_role("link", name=scene.claimed.number).click()
    assert serious(page) == []
    page.get_by_role("button", name="同意并退款 ¥200.00").click()
    confirm = page.get_by_role("dialog")
    expect(confirm).to_contain_text("确认立即退款 ¥200.00？")
    confirm.get_by_role("button", name="同意并退款 ¥200.00").click()
    expect(page.get_by_text(f"售后单 {scene.claimed.number} 已同意")).to_be_visible()
    assert AfterSale.objects.get(pk=scene.claimed.pk).status == AfterSale.Status.REFUNDING


def test_two_people_of_finance_pay_a_withdrawal(
    open_page: Callable[..., Page], scene: Scene, expected_console: list[str]
) -> None:
    expected_console.append("403")
    first, second = open_page(**DESKTOP), open_page(**DESKTOP)
    sign_in(first, "caiwu1", person("caiwu1", Role.FINANCE))
    sign_in(second, "caiwu2", person("caiwu2", Role.FINANCE))
    first.get_by_role("link", name=re.compile("1 笔提现待初审")).click()
    first.get_by_role("link", name=scene.withdrawal.number).click()
    assert serious(first) == []
    first.get_by_role("button", name="初审通过 ¥30.00").click()
    expect(first.get_by_text("初审通过，等待另一人复核。")).to_be_visible()
    first.get_by_role("button", name="批准并打款 ¥30.00").click()
    first.get_by_role("dialog").get_by_role("button", name="批准并打款 ¥30.00").click()
    expect(first.get_by_role("alert")).to_be_visible()
    second.goto(f"/console/withdrawals/{scene.withdrawal.pk}/")
    second.get_by_role("button", name="批准并打款 ¥30.00").click()
    confirm = second.get_by_role("dialog")
    expect(confirm).to_contain_text("此操作不可撤销")
    confirm.get_by_role("button", name="批准并打款 ¥30.00").click()
    expect(second.get_by_text("已批准，正在打款。")).to_be_visible()
    scene.withdrawal.refresh_from_db()
    assert scene.withdrawal.approved_by == User.objects.get(username="caiwu2")


def test_somebody_new_sets_up_the_app_and_keeps_the_recovery_codes(page_desktop: Page) -> None:
    page = page_desktop
    make_staff(Role.FULFILMENT, username="xinren")
    page.goto("/console/parcels/")
    page.get_by_label("用户名").fill("xinren")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("heading", name="设置第二重验证")).to_be_visible()
    assert serious(page) == []
    page.get_by_text("无法扫描？").click()
    secret = page.locator("details code").inner_text().replace(" ", "")
    page.get_by_label("动态验证码").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="确认").click()
    expect(page.locator(".recovery-codes code")).to_have_count(10)
    page.get_by_role("link", name="我已妥善保存").click()
    expect(page.get_by_role("heading", level=1, name="发货")).to_be_visible()


@pytest.mark.parametrize("device", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_can_be_used(open_page: Callable[..., Page], scene: Scene, device: str, scheme: str) -> None:
    page = open_page(**(PHONE if device == "phone" else DESKTOP), color_scheme=scheme)
    sign_in(page, "laoban", person("laoban", Role.OWNER))
    for address in (
        "/console/",
        "/console/figures/sales/",
        "/console/orders/",
        f"/console/orders/{scene.waiting.number}/",
        "/console/parcels/",
        "/console/parcels/?view=pickups",
        "/console/after-sales/",
        f"/console/after-sales/{scene.claimed.number}/",
        "/console/withdrawals/",
        f"/console/withdrawals/{scene.withdrawal.pk}/",
        "/console/agents/",
        f"/console/agents/{scene.agent.pk}/?part=statement",
        "/console/attribution/",
        "/console/search/?q=x",
        "/console/me/",
        "/console/confirm/?next=/console/staff/",
    ):
        page.goto(address)
        is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not is_wide, address
        assert serious(page) == [], address

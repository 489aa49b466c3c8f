"""A group buy in a real browser: opened, shared, joined and complete, in both languages; nothing in the way of whoever cannot see."""

import pytest
from playwright.sync_api import Page, expect

from renmai.accounts.tests.factories import make_member
from renmai.journeys.tests.world import violations
from renmai.plays.groupbuy.models import Group
from renmai.plays.groupbuy.tests.world import campaign, joined, member_of_street, now, opened, order, pay, settle_down
from renmai.web.storefront.tests.looking import look
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "zh-hans": ("¥19.00 开团", "支付", "邀请好友参团", "¥20.00 参团", "退团", "拼团成功！", "还差 1 人成团"),
    "en": (
        "Open a group for ¥19.00",
        "Pay",
        "Send it to friends",
        "Join for ¥20.00",
        "Leave the group",
        "Complete!",
        "1 more person",
    ),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_group(page_phone: Page, live_server: object, language: str) -> None:
    page, site = page_phone, str(live_server)
    open_, pay_, send, join, leave, complete, one_more = WORDS[language]
    leader = member_of_street(make_member("林小满").pk)
    friend = member_of_street(make_member("周一鸣").pk)
    running = campaign(terms={"leader_off_fen": 100, "threshold": 2})
    running.copy_zh, running.copy_en = "家人邻居一起买，果园直发。", "With family and neighbours, straight from the orchard."
    running.save()
    enter(page, site, leader.user)
    page.goto("/play/groupbuy/")
    look(page, f"groupbuy-together-{language}")
    page.locator(f'a[href="/play/groupbuy/at/{running.number}/"]').click()
    look(page, f"groupbuy-campaign-{language}")
    page.get_by_role("button", name=open_).click()
    look(page, f"groupbuy-checkout-{language}")
    expect(page.get_by_role("button", name=pay_).first).to_be_visible()
    group = opened(running, who=leader)
    joined(group)
    page.goto(f"/play/groupbuy/{group.number}/")
    expect(page.get_by_text(one_more)).to_be_visible()
    look(page, f"groupbuy-own-{language}")
    expect(page.get_by_role("button", name=leave)).to_be_visible()
    page.get_by_role("link", name=send).click()
    look(page, f"groupbuy-share-{language}")
    page.goto("/play/groupbuy/")
    look(page, f"groupbuy-together-mine-{language}")
    enter(page, site, friend.user)
    page.goto(f"/play/groupbuy/{group.number}/")
    look(page, f"groupbuy-friend-{language}")
    page.get_by_role("button", name=join).click()
    look(page, f"groupbuy-join-{language}")
    placed = order(running, group.number, who=friend)
    pay(placed)
    settle_down()
    page.goto(f"/play/groupbuy/{group.number}/")
    expect(page.get_by_text(complete)).to_be_visible()
    look(page, f"groupbuy-done-{language}")
    page.goto(f"/orders/{placed.number}/")
    look(page, f"groupbuy-order-{language}")
    page.goto("/play/groupbuy/mine/")
    look(page, f"groupbuy-list-{language}")
    assert now(group).status == Group.Status.DONE
    assert violations() == []

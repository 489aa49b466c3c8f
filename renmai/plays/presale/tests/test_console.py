"""Calling a pre-sale off on the campaign's page: what it moves is said before, who may is asked, and it is done once."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from renmai.accounts.models import ActLog, Role
from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.models import Campaign
from renmai.journeys.tests.world import customer
from renmai.plays.presale.models import CalledOff
from renmai.plays.presale.play import CALL_OFF
from renmai.plays.presale.tests.world import presale, with_deposit
from renmai.web.console.tests import scene as scenes
from renmai.web.storefront.tests.looking import look
from tools.testing.browser import PHONE

pytestmark = pytest.mark.django_db

REASON = "hail took the harvest"


def browser(role: Role = Role.OWNER) -> Client:
    client = scenes.browser_of(make_staff(role))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def act_of(campaign: Campaign, key: str = CALL_OFF) -> str:
    return reverse("console:campaign_act", args=[campaign.pk, key])


def page_of(campaign: Campaign) -> str:
    return reverse("console:campaign", args=[campaign.pk])


def test_it_is_said_confirmed_and_logged() -> None:
    campaign, client = presale(unpaid="kept"), browser()
    with_deposit(customer(), campaign)
    shown = client.get(page_of(campaign)).content.decode()
    for words in ("Deposits that go back", "1 · ¥10.00", "Red packets on top, as promised", "Call off, and give ¥10.00 back"):
        assert words in shown
    short = client.post(act_of(campaign), {"reason": "hail"})
    assert (short.status_code, "at least 10" in short.content.decode()) == (400, True)
    assert client.post(act_of(campaign), {"reason": ""}).status_code == 400
    assert not CalledOff.objects.exists()
    done = client.post(act_of(campaign), {"reason": REASON}, follow=True).content.decode()
    assert "Called off. Its orders end within minutes" in done
    assert act_of(campaign) not in done
    assert CalledOff.objects.get().reason == REASON
    assert list(ActLog.objects.filter(object_id=campaign.number).order_by("pk").values_list("act", flat=True)) == [
        "campaign.stopped",
        "presale.called_off",
    ]
    again = client.post(act_of(campaign), {"reason": REASON})
    assert (again.status_code, CalledOff.objects.count()) == (409, 1)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.SERVICE, Role.FINANCE])
def test_who_runs_no_campaigns_neither_sees_nor_does_it(role: Role) -> None:
    campaign, client = presale(), browser(role)
    assert act_of(campaign) not in client.get(page_of(campaign)).content.decode()
    assert client.post(act_of(campaign), {"reason": REASON}).status_code == 403
    assert not CalledOff.objects.exists()


def test_there_is_no_other_act() -> None:
    campaign, client = presale(), browser()
    assert client.post(act_of(campaign, "paint-it"), {"reason": REASON}).status_code == 409
    Campaign.objects.filter(pk=campaign.pk).update(launched_at=None, status=Campaign.Status.DRAFT)
    assert client.post(act_of(campaign), {"reason": REASON}).status_code == 409
    assert not CalledOff.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("language", "opens", "button"),
    [("zh-hans", "宣布取消预售", "宣布取消，退回 ¥10.00"), ("en", "Call off", "Call off, and give ¥10.00 back")],
)
def test_in_a_browser(page_desktop: Page, live_server: object, language: str, opens: str, button: str) -> None:
    page, site = page_desktop, str(live_server)
    campaign = presale(unpaid="kept")
    with_deposit(customer(), campaign)
    client = scenes.browser_of(make_staff())
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page.set_viewport_size(PHONE["viewport"])
    page.goto(f"{site}{page_of(campaign)}")
    page.get_by_role("link", name=opens, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=button)).to_be_in_viewport()
    look(page, f"presale-call-off-{language}")
    dialog.locator("[name=reason]").fill(REASON)
    dialog.get_by_role("button", name=button).click()
    expect(page.get_by_role("link", name=opens, exact=True)).to_have_count(0)
    assert CalledOff.objects.get().reason == REASON

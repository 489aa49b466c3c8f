"""What an agent sees of what her customers look at: her own customers', and only what they show."""

import pytest
from django.conf import settings
from django.urls import reverse

from renmai.accounts.actions import withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.insight.portraits import actions
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tests.world import did, follower, goods
from renmai.insight.stream.delivery import Consumer, drain
from renmai.kernel import clock
from renmai.sharing.models import Binding
from renmai.web.workbench.tests.world import Desk, bound, desk

pytestmark = pytest.mark.django_db


def her(mine: Desk) -> User:
    """A customer of this desk who looked at nappies and put some into her cart."""
    user = bound(mine, follower("顾小美"))
    did("cart_added", user=user, product=goods("baby", brand="小熊"), at=clock.now())
    drain((Consumer(READER, actions.on_events),))
    return user


def page_of(mine: Desk, customer: User) -> str:
    """Return the page of one customer in English."""
    mine.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return mine.client.get(reverse("workbench:customer", args=[customer.pk])).content.decode()


def test_she_sees_what_her_customer_shows() -> None:
    mine = desk()
    customer = her(mine)
    assert "小熊" in page_of(mine, customer)
    actions.show_to_agent(customer, "tastes", wanted=False)
    page = page_of(mine, customer)
    assert "小熊" not in page
    assert "水蜜桃" in page, "goods are still shown"
    withdraw_consent(customer, Purpose.AGENT_ALERTS)
    page = page_of(mine, customer)
    assert "水蜜桃" not in page
    assert "She tells nobody what she looks at." in page


def test_another_agent_sees_nobody_and_one_who_left_shows_nothing() -> None:
    mine, other = desk(), desk()
    customer = her(mine)
    address = reverse("workbench:customer", args=[customer.pk])
    assert other.client.get(address).status_code == 404
    Binding.objects.update(status=Binding.Status.ENDED, ended_at=clock.now())
    page = page_of(mine, customer)
    assert "小熊" not in page
    assert "What she likes to look at" not in page

"""Signing in and joining."""

from datetime import date

import pytest

from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import HERE, make_member, make_phone
from renmai.channels import wechat
from renmai.channels.queries import inbox
from renmai.distribution.actions import AgentApplication
from renmai.distribution.models import Agent
from renmai.journeys import joining, signing_in
from renmai.journeys.tests.world import agent_with_shop, comes_through, customer, goods, place, refused
from renmai.kernel.errors import DomainError
from renmai.ordering.actions import cart
from renmai.ordering.queries import cart_count
from renmai.ordering.tests.making import make_visitor
from renmai.policy.rules import Occupation
from renmai.sharing.actions import ShopInput
from renmai.sharing.models import Shop

pytestmark = pytest.mark.django_db


def code_for(phone: str) -> str:
    signing_in.send_code(phone, ip_address=HERE)
    (text,) = inbox(phone=phone, limit=1)
    return "".join(char for char in text.body if char.isdigit())[:6]


def test_a_guest_signs_in_and_keeps_her_cart() -> None:
    phone, guest, (peach,) = make_phone(), make_visitor(), goods()
    cart.add_to_cart(guest, None, sku_id=peach.pk, quantity=2)
    done = signing_in.sign_in(phone, code_for(phone), visitor=guest, ip_address=HERE)
    assert done.user.phone is not None
    assert done.user.phone.endswith(phone)
    assert done.visitor == guest
    assert (cart_count(guest, done.user), cart_count(guest, None)) == (2, 0)


def test_a_browser_of_somebody_else_stays_hers() -> None:
    first, (peach,) = customer(), goods()
    cart.add_to_cart(first.visitor, None, sku_id=peach.pk, quantity=2)
    phone = make_phone()
    done = signing_in.sign_in(phone, code_for(phone), visitor=first.visitor, ip_address=HERE)
    assert done.visitor is not None
    assert done.visitor.pk != first.visitor.pk
    assert cart_count(done.visitor, done.user) == 0
    assert Visitor.objects.get(pk=first.visitor.pk).user_id == first.user.pk


def test_a_wrong_code_signs_nobody_in() -> None:
    phone, guest = make_phone(), make_visitor()
    right = code_for(phone)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    with refused("accounts.code_wrong"):
        signing_in.sign_in(phone, wrong, visitor=guest, ip_address=HERE)
    assert not User.objects.filter(phone=phone).exists()
    assert Visitor.objects.get(pk=guest.pk).user is None


def test_wechat_is_off_until_it_is_configured() -> None:
    assert not signing_in.wechat_is_configured()
    with refused("channels.wechat_off"):
        signing_in.wechat_address(return_url="http://localhost/", state="x" * 20)
    with refused("channels.wechat_state"):
        signing_in.sign_in_wechat("code", state="a" * 16, expected_state="", visitor=None)
    with refused("channels.wechat_off"):
        signing_in.sign_in_wechat("code", state="a" * 16, expected_state="a" * 16, visitor=None)


def test_wechat_vouches_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wechat, "identify", lambda code: f"openid-{code}")
    guest = make_visitor()
    done = signing_in.sign_in_wechat("42", state="a" * 16, expected_state="a" * 16, visitor=guest)
    assert done.user.wechat_openid == "openid-42"
    assert done.visitor == guest
    again = signing_in.sign_in_wechat("42", state="a" * 16, expected_state="a" * 16, visitor=None)
    assert (again.user, again.visitor) == (done.user, None)


def application(**fields: object) -> AgentApplication:
    given = {"born_on": date(1990, 5, 17), "occupation": Occupation.OTHER, "real_name": "林晓", "has_agreed": True}
    return AgentApplication(**{**given, **fields})  # type: ignore[arg-type]


def test_an_agent_and_her_shop_come_together_or_not_at_all() -> None:
    user = make_member()
    with refused("sharing.shop_name"):
        joining.join(user, application(), ShopInput(""))
    with pytest.raises(DomainError):
        joining.join(user, application(born_on=date(2020, 1, 1)), ShopInput("林晓的小店"))
    assert not Agent.objects.exists()
    assert not Shop.objects.exists()
    joined = joining.join(user, application(), ShopInput("林晓的小店"))
    assert (joined.agent.user, joined.shop.owner) == (user, user)
    again = joining.join(user, application(), ShopInput("另一个名字"))
    assert (again.agent, again.shop.name) == (joined.agent, "林晓的小店")


def test_a_member_who_came_through_a_shop_buys_for_it() -> None:
    agent, shop = agent_with_shop()
    who, (peach,) = customer(), goods()
    comes_through(who, shop)
    assert place(who, [(peach, 1)]).agent_id == agent.pk

"""Deleting one's own account: what stands against it is said first, a code from the phone does it, and nothing comes back."""

import pytest

from renmai.accounts.actions import delete_account, request_code, visitor
from renmai.accounts.consents import Purpose
from renmai.accounts.models import Address, User
from renmai.accounts.queries import has_consent
from renmai.accounts.tests.factories import make_address, make_member, make_staff
from renmai.journeys import deleting, signing_in
from renmai.journeys.tests.lives import happen, keep
from renmai.journeys.tests.world import Customer, buy, customer, fresh, goods
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent
from renmai.sharing.actions import record_visit, share
from renmai.sharing.models import Share, Visit
from renmai.web.storefront.tests.shelves import browser

pytestmark = pytest.mark.django_db
PAGE = "/me/privacy/delete/"


@pytest.fixture
def who() -> Customer:
    return customer()


def code_for(user: User) -> str:
    return request_code(user.phone or "", ip_address="127.0.0.1").code


def test_an_open_order_stands_against_it_and_leads_to_its_page(who: Customer) -> None:
    order = buy(who, [(goods()[0], 1)])
    page = browser(who.user).get(PAGE).content.decode()
    assert "Finish this first" in page
    assert f'href="/orders/{order.number}/"' in page
    assert f"Order {order.number}: Waiting for shipment" in page
    assert "Send me the code" not in page
    with pytest.raises(DomainError, match=rf"accounts\.still_open: Still open in this account: order {order.number}\."):
        deleting.delete_own(who.user, code_for(who.user), ip_address="127.0.0.1")
    keep(order)
    assert "Send me the code" in browser(who.user).get(PAGE).content.decode()


def test_a_wrong_code_deletes_nothing_and_the_right_one_everything(who: Customer) -> None:
    order = keep(buy(who, [(goods()[0], 1)]))
    hers, phone = browser(who.user), str(who.user.phone)
    code = code_for(who.user)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    answer = hers.post(PAGE, {"code": wrong})
    assert (answer.status_code, "This code is not right" in answer.content.decode()) == (400, True)
    assert User.objects.get(pk=who.user.pk).deleted_at is None
    assert hers.post(PAGE, {"code": code}).status_code == 302
    assert hers.get("/me/privacy/").status_code == 302, "she is signed out"
    happen()
    assert (fresh(order).recipient, fresh(order).phone, fresh(order).address) == ("", "", "")
    assert not Address.objects.filter(user=who.user).exists()
    again = signing_in.sign_in(phone, request_code(phone, ip_address="127.0.0.1").code, visitor=None, ip_address="127.0.0.1")
    assert again.user.pk != who.user.pk
    assert not has_consent(again.user, Purpose.BROWSING)


def test_twice_is_once_and_a_worker_that_died_goes_on(who: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    make_address(who.user)
    assert delete_account(who.user)
    assert not delete_account(who.user)
    with monkeypatch.context() as broken:
        broken.setattr("renmai.accounts.actions.forget_browsers", _die)
        happen()
    assert Address.objects.filter(user=who.user).exists(), "one transaction: nothing went"
    OutboxEvent.objects.filter(status="pending").update(due_at=clock.now())
    happen()
    assert not Address.objects.filter(user=who.user).exists()
    assert OutboxEvent.objects.filter(name="accounts.AccountDeleted").count() == 1


def test_what_arrives_late_goes_with_the_next_sweep(who: Customer) -> None:
    delete_account(who.user)
    happen()
    make_address(who.user)
    deleting.erase_stragglers(10)
    assert not Address.objects.filter(user=who.user).exists()


def test_her_links_still_open_without_her_name_and_her_visits_are_nobodys(who: Customer) -> None:
    sku = goods()[0]
    link = share(who.user, kind=Share.Kind.PRODUCT, shop=None, product=sku.product)
    friends = share(make_member("朋友"), kind=Share.Kind.PRODUCT, shop=None, product=sku.product)
    record_visit(friends, who.visitor, user=who.user)
    delete_account(who.user)
    happen()
    answer = browser().get(f"/s/{link.code}")
    assert answer.status_code == 200
    assert "王小明" not in answer.content.decode()
    seen = Visit.objects.get(share=friends)
    assert (seen.user_id, seen.visitor_id == who.visitor.pk) == (None, False)
    assert visitor(who.visitor.pk).pk != who.visitor.pk, "whoever comes with the old cookie is somebody new"


def test_staff_and_somebody_without_a_phone_who_signed_in_long_ago_are_refused() -> None:
    with pytest.raises(DomainError, match=r"accounts\.staff_account"):
        deleting.delete_own(make_staff(), "", ip_address="127.0.0.1")
    old = User.objects.create(display_name="微信", wechat_openid="o-1")
    with pytest.raises(DomainError, match=r"accounts\.sign_in_again"):
        deleting.delete_own(old, "", ip_address="127.0.0.1")


def _die(*_args: object) -> None:
    raise RuntimeError("the worker dies")

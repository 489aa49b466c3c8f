"""Bindings over time: what binds, and what happens at the edge of their validity."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from renmai.accounts.events import VisitorRecognised
from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.sharing.actions import bind, decide, end_expired_bindings, record_visit
from renmai.sharing.models import Attribution, Binding, BindingLog, Shop
from renmai.sharing.reactions import join_visits
from renmai.sharing.tests import factories as make

pytestmark = pytest.mark.django_db
AFTER_EXPIRY = make.NOON + timedelta(days=91)


def bound(customer: User, shop: Shop) -> Binding:
    with clock.travel(make.NOON):
        binding = bind(customer_id=customer.pk, shop_id=shop.pk, reason="test", evidence={})
    assert binding is not None
    return binding


def before_first_update(act: Callable[[], object]) -> Callable[..., Any]:
    """Do ``act`` right before the first UPDATE: what a rival does between our reading and our writing."""
    is_done = False

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal is_done
        if sql.startswith("UPDATE") and not is_done:
            is_done = True
            act()
        return execute(sql, params, many, context)

    return note


@pytest.mark.parametrize(("days", "rule"), [(15, Attribution.Rule.LAST_VISIT), (16, Attribution.Rule.NONE)])
def test_signing_in_binds_only_through_a_visit_that_would_still_win_an_order(days: int, rule: str) -> None:
    buyer, shop, browser = make.user(), make.shop(), make.visitor()
    with clock.travel(make.NOON - timedelta(days=days)):
        record_visit(make.link(shop.owner, of=shop), browser, user=None)
    with clock.travel(make.NOON):
        join_visits(VisitorRecognised(visitor_id=str(browser.pk), user_id=buyer.pk))
        assert decide(buyer, at=make.NOON).rule == rule
    assert Binding.objects.filter(customer=buyer).exists() == (rule == Attribution.Rule.LAST_VISIT)


def test_a_new_browser_does_not_bring_an_expired_binding_back() -> None:
    buyer, shop, browser = make.user(), make.shop(), make.visitor()
    with clock.travel(make.NOON):
        record_visit(make.link(shop.owner, of=shop), make.visitor(buyer), user=buyer)
    bound(buyer, shop)
    with clock.travel(AFTER_EXPIRY):
        assert end_expired_bindings(10) == 1
        join_visits(VisitorRecognised(visitor_id=str(browser.pk), user_id=buyer.pk))
        assert decide(buyer, at=AFTER_EXPIRY).rule == Attribution.Rule.NONE


def test_the_sweep_leaves_a_binding_that_was_renewed_since_it_was_found() -> None:
    first, second, shop = make.user(), make.user(), make.shop()
    bound(first, shop)
    binding = bound(second, shop)
    with clock.travel(AFTER_EXPIRY):
        renewal = before_first_update(lambda: bind(customer_id=second.pk, shop_id=shop.pk, reason="order_paid", evidence={}))
        with connection.execute_wrapper(renewal):
            assert end_expired_bindings(10) == 1
    binding.refresh_from_db()
    assert (binding.status, binding.expires_at) == ("active", AFTER_EXPIRY + timedelta(days=90))
    assert not BindingLog.objects.filter(customer=second, change="ended").exists()


def test_a_binding_that_ended_a_moment_ago_is_not_renewed() -> None:
    buyer, shop = make.user(), make.shop()
    bound(buyer, shop)
    with clock.travel(AFTER_EXPIRY):
        sweep = before_first_update(lambda: end_expired_bindings(10))
        with connection.execute_wrapper(sweep), pytest.raises(DomainError) as refusal:
            bind(customer_id=buyer.pk, shop_id=shop.pk, reason="order_paid", evidence={})
    assert refusal.value.code == "request.conflict"
    assert not BindingLog.objects.filter(customer=buyer, change="renewed").exists()

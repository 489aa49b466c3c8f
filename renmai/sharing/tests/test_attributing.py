"""The rules of attribution, one test a rule."""

from datetime import timedelta

import pytest

from renmai.kernel import clock
from renmai.sharing.actions import bind, decide, recognise_visitor, record, record_visit
from renmai.sharing.audit import violations
from renmai.sharing.models import Attribution, Binding
from renmai.sharing.tests import factories as make

pytestmark = pytest.mark.django_db
Rule = Attribution.Rule


def test_nobody_gets_an_order_that_came_without_a_share() -> None:
    decision = decide(make.user(), at=make.NOON)
    assert (decision.rule, decision.shop_id, decision.share_id) == (Rule.NONE, None, None)


def test_the_last_valid_visit_in_the_window_decides() -> None:
    buyer, first, second = make.user(), make.shop(), make.shop()
    for days, shop in ((3, first), (2, second)):
        with clock.travel(make.NOON - timedelta(days=days)):
            record_visit(make.link(shop.owner, of=shop), make.visitor(buyer), user=buyer)
    decision = decide(buyer, at=make.NOON)
    assert (decision.rule, decision.shop_id, decision.shop_owner_id) == (Rule.LAST_VISIT, second.pk, second.owner_id)
    assert decision.evidence.visit_shop_id == second.pk


@pytest.mark.parametrize(("days", "rule"), [(15, Rule.LAST_VISIT), (15.001, Rule.NONE)])
def test_a_visit_counts_up_to_the_end_of_the_window(days: float, rule: str) -> None:
    buyer, shop = make.user(), make.shop()
    with clock.travel(make.NOON - timedelta(days=days)):
        record_visit(make.link(shop.owner, of=shop), make.visitor(buyer), user=buyer)
    assert decide(buyer, at=make.NOON).rule == rule


def test_a_visit_after_the_order_does_not_count() -> None:
    buyer, shop = make.user(), make.shop()
    with clock.travel(make.NOON + timedelta(seconds=1)):
        record_visit(make.link(shop.owner, of=shop), make.visitor(buyer), user=buyer)
    assert decide(buyer, at=make.NOON).rule == Rule.NONE


def test_a_guest_keeps_her_attribution_when_she_signs_in() -> None:
    buyer, shop, browser = make.user(), make.shop(), make.visitor()
    with clock.travel(make.NOON - timedelta(hours=1)):
        record_visit(make.link(shop.owner, of=shop), browser, user=None)
    assert decide(buyer, at=make.NOON).rule == Rule.NONE
    assert recognise_visitor(visitor_id=str(browser.pk), user_id=buyer.pk) == 1
    assert decide(buyer, at=make.NOON).shop_id == shop.pk


def test_a_protected_binding_holds_against_a_later_share() -> None:
    buyer, mine, other = make.user(), make.shop(), make.shop()
    with clock.travel(make.NOON - timedelta(days=10)):
        bind(customer_id=buyer.pk, shop_id=mine.pk, reason="test", evidence={})
    with clock.travel(make.NOON - timedelta(days=1)):
        record_visit(make.link(other.owner, of=other), make.visitor(buyer), user=buyer)
    decision = decide(buyer, at=make.NOON)
    assert (decision.rule, decision.shop_id, decision.share_id) == (Rule.PROTECTION, mine.pk, None)


def test_after_the_protection_a_later_share_decides_and_before_expiry_the_binding_still_does() -> None:
    buyer, mine, other = make.user(), make.shop(), make.shop()
    with clock.travel(make.NOON - timedelta(days=16)):
        bind(customer_id=buyer.pk, shop_id=mine.pk, reason="test", evidence={})
    assert decide(buyer, at=make.NOON).rule == Rule.BINDING
    with clock.travel(make.NOON - timedelta(days=1)):
        record_visit(make.link(other.owner, of=other), make.visitor(buyer), user=buyer)
    decision = decide(buyer, at=make.NOON)
    assert (decision.rule, decision.shop_id) == (Rule.LAST_VISIT, other.pk)
    assert decide(buyer, at=make.NOON + timedelta(days=90)).rule == Rule.NONE


def test_own_purchase_and_own_link_earn_nothing() -> None:
    shop = make.shop()
    visit = record_visit(make.link(shop.owner, of=shop), make.visitor(), user=shop.owner)
    assert (visit.is_valid, visit.invalid_reason) == (False, "own")
    assert decide(shop.owner, at=clock.now()).rule == Rule.NONE
    member = make.user()
    through_member = record_visit(make.link(member, of=shop), make.visitor(), user=shop.owner)
    assert through_member.invalid_reason == "own"


def test_a_guest_who_turns_out_to_be_the_sharer_earns_nothing() -> None:
    shop, browser = make.shop(), make.visitor()
    record_visit(make.link(shop.owner, of=shop), browser, user=None)
    recognise_visitor(visitor_id=str(browser.pk), user_id=shop.owner_id)
    assert decide(shop.owner, at=clock.now()).rule == Rule.NONE


def test_machines_do_not_attribute() -> None:
    buyer, shop = make.user(), make.shop()
    visit = record_visit(make.link(shop.owner, of=shop), make.visitor(buyer), user=buyer, user_agent="Twitterbot/1.0")
    assert visit.invalid_reason == "machine"
    assert decide(buyer, at=clock.now()).rule == Rule.NONE


def test_an_order_through_a_members_share_goes_to_the_shop_of_its_agent() -> None:
    shop, member, friend = make.shop(), make.user("Member"), make.user("Friend")
    passed_on = make.link(member, of=shop, parent=make.link(shop.owner, of=shop))
    record_visit(passed_on, make.visitor(friend), user=friend)
    decision = decide(friend, at=clock.now())
    assert (decision.shop_id, decision.share_id) == (shop.pk, passed_on.pk)


def test_the_decision_is_kept_with_its_evidence_and_audited() -> None:
    buyer, shop = make.user(), make.shop()
    visit = record_visit(make.link(shop.owner, of=shop), make.visitor(buyer), user=buyer)
    decision = decide(buyer, at=clock.now())
    order = make.order(buyer, shop_id=decision.shop_id, share_id=decision.share_id)
    assert [str(found) for found in violations()] == [f"[attribution] {order.number}: no attribution decision"]
    kept = record(order.pk, decision)
    assert kept.evidence["visit_id"] == visit.pk
    assert list(violations()) == []
    type(order).objects.update(shop_id=None)
    assert [found.detail for found in violations()] == ["the order's shop is not the one that was decided"]


def test_binding_is_refused_while_protected_moves_after_and_expires() -> None:
    buyer, mine, other = make.user(), make.shop(), make.shop()
    with clock.travel(make.NOON):
        first = bind(customer_id=buyer.pk, shop_id=mine.pk, reason="test", evidence={})
        assert bind(customer_id=buyer.pk, shop_id=other.pk, reason="test", evidence={}) == first
    with clock.travel(make.NOON + timedelta(days=16)):
        moved = bind(customer_id=buyer.pk, shop_id=other.pk, reason="test", evidence={})
    assert moved is not None
    assert moved.shop_id == other.pk
    changes = list(buyer.binding_logs.order_by("pk").values_list("change", "shop_id"))
    assert changes == [("bound", mine.pk), ("refused", other.pk), ("moved", other.pk)]
    assert Binding.objects.filter(customer=buyer, status="active").count() == 1
    assert bind(customer_id=mine.owner_id, shop_id=mine.pk, reason="test", evidence={}) is None

"""The ledger: every fact once, balances that are the sum of their entries, and an audit that notices."""

from datetime import timedelta

import pytest
from django.db.models import F

from renmai.accounts.events import VisitorRecognised
from renmai.ordering.events import AfterSaleClosed, OrderSettled, ReviewWritten
from renmai.ordering.models import AfterSale, Review
from renmai.ordering.tests import making
from renmai.sharing.models import Attribution, Share, Shop, Visit
from renmai.sharing.tests import factories
from renmai.trust import actions, audit, facts, reactions
from renmai.trust.decay import BELIEF_DAYS, PRESSURE_DAYS, scale
from renmai.trust.models import Entry, Progress, Tie
from renmai.trust.tests.happenings import kept_order, visit
from renmai.trust.weights import Kind
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return factories.shop(factories.user("Agent"))


@pytest.fixture
def link(shop: Shop) -> Share:
    return factories.link(shop.owner, of=shop)


def _kinds(tie: Tie) -> list[str]:
    return list(Entry.objects.filter(tie=tie).order_by("at", "pk").values_list("kind", flat=True))


def _violations() -> list[str]:
    return [str(each) for each in audit.violations()]


def test_a_kept_order_earns_once_and_the_next_one_more(shop: Shop, link: Share, moving_clock: MovingClock) -> None:
    buyer = factories.user()
    first = kept_order(buyer, shop=shop, share=link, at=moving_clock.now)
    for _again in range(2):
        reactions.on_order_settled(OrderSettled(order_id=first.pk))
    moving_clock.advance(days=BELIEF_DAYS)
    second = kept_order(buyer, shop=shop, share=None, at=moving_clock.now)
    reactions.on_order_settled(OrderSettled(order_id=second.pk))
    tie = Tie.objects.get()
    assert (tie.sharer_id, tie.receiver_id) == (shop.owner_id, buyer.pk)
    assert _kinds(tie) == [Kind.KEPT, Kind.REPEAT]
    assert tie.good / scale(moving_clock.now, BELIEF_DAYS) == pytest.approx(0.5 + 1.5)
    assert tie.flow / scale(moving_clock.now, BELIEF_DAYS) == pytest.approx(2500 + 5000)
    assert _violations() == []


def test_who_passed_the_link_on_earns_not_the_shop_it_leads_to(shop: Shop, moving_clock: MovingClock) -> None:
    friend, buyer = factories.user("Friend"), factories.user()
    order = kept_order(buyer, shop=shop, share=factories.link(friend, of=shop), at=moving_clock.now)
    reactions.on_order_settled(OrderSettled(order_id=order.pk))
    assert list(Tie.objects.values_list("sharer", "receiver")) == [(friend.pk, buyer.pk)]


def test_an_order_that_went_back_wholly_earns_nothing(shop: Shop, link: Share, moving_clock: MovingClock) -> None:
    order = kept_order(factories.user(), shop=shop, share=link, at=moving_clock.now, refunded_fen=5000)
    reactions.on_order_settled(OrderSettled(order_id=order.pk))
    assert not Tie.objects.exists()


def test_reviews_from_four_stars_on_earn_and_bad_goods_cost(shop: Shop, link: Share, moving_clock: MovingClock) -> None:
    order = making.received()
    Attribution.objects.create(order=order, rule=Attribution.Rule.LAST_VISIT, shop=shop, share=link)
    line = making.lines(order)[0]
    review = Review.objects.create(order_line=line, author=order.buyer, product_id_reviewed=1, rating=3)
    reactions.on_review_written(ReviewWritten(review_id=review.pk, product_id=1, rating=3))
    assert not Entry.objects.exists()
    Review.objects.update(rating=4)
    reactions.on_review_written(ReviewWritten(review_id=review.pk, product_id=1, rating=4))
    claim = AfterSale.objects.create(
        number="C1",
        order_line=line,
        order=order,
        kind=AfterSale.Kind.RETURN,
        status=AfterSale.Status.DONE,
        quantity=1,
        amount_fen=100,
        reason="broken",
        is_quality_issue=True,
        idempotency_key="c1",
        deadline_at=moving_clock.now,
        finished_at=moving_clock.now,
    )
    closed = AfterSaleClosed(after_sale_id=claim.pk, order_id=order.pk, order_line_id=line.pk, outcome="done")
    reactions.on_claim_closed(closed)
    assert sorted(_kinds(Tie.objects.get())) == [Kind.QUALITY_RETURN, Kind.REVIEW]
    AfterSale.objects.update(is_quality_issue=False)
    assert facts.of_claim(claim.pk) is None


def test_openings_press_once_a_day_and_link(shop: Shop, link: Share, moving_clock: MovingClock) -> None:
    reader = factories.user()
    for hours in (0, 1, 2, 25):
        visit(link, reader, at=moving_clock.now + timedelta(hours=hours))
    visit(link, shop.owner, at=moving_clock.now)
    visit(link, factories.user(), at=moving_clock.now, is_valid=False)
    moving_clock.advance(days=2)
    assert actions.gather_visits(3) == 1
    assert actions.gather_visits(500) == 1
    assert actions.gather_visits(500) == 0
    tie = Tie.objects.get()
    assert _kinds(tie) == [Kind.OPENED, Kind.OPENED]
    expected = 2.0 ** (-2 / PRESSURE_DAYS) + 2.0 ** (-(2 - 25 / 24) / PRESSURE_DAYS)
    assert tie.pressure / scale(moving_clock.now, PRESSURE_DAYS) == pytest.approx(expected)
    assert _violations() == []


def test_what_a_guest_opened_counts_when_she_signs_in(link: Share, moving_clock: MovingClock) -> None:
    browser, reader = factories.visitor(), factories.user()
    Visit.objects.create(share=link, visitor=browser, user=None, at=moving_clock.now)
    moving_clock.advance(days=1)
    actions.gather_visits(500)
    assert not Tie.objects.exists()
    Visit.objects.update(user=reader)
    reactions.on_visitor_recognised(VisitorRecognised(visitor_id=str(browser.pk), user_id=reader.pk))
    assert _kinds(Tie.objects.get(receiver=reader)) == [Kind.OPENED]


def test_many_facts_of_many_ties_at_once_are_the_same_as_one_by_one(moving_clock: MovingClock) -> None:
    people = [factories.user() for _number in range(6)]
    found = [
        facts.Fact(Kind.KEPT, f"order:{one.pk}{other.pk}{number}", one.pk, other.pk, moving_clock.now - timedelta(days=number))
        for one in people[:3]
        for other in people[3:]
        for number in range(4)
    ]
    assert actions.record(found[:20]) == 20
    assert actions.record(found) == 16
    assert actions.record(found) == 0
    assert Tie.objects.count() == 9
    assert _violations() == []
    good = set(Tie.objects.values_list("good", flat=True))
    assert max(good) == pytest.approx(min(good))


def test_what_is_taken_back_leaves_nothing(moving_clock: MovingClock) -> None:
    one, other = factories.user(), factories.user()
    fact = facts.Fact(Kind.MUTE, "feedback:1", one.pk, other.pk, moving_clock.now)
    actions.record([fact])
    moving_clock.advance(hours=3)
    assert actions.take_back(fact)
    assert not actions.take_back(fact)
    assert Tie.objects.get().bad == pytest.approx(0.0)
    assert actions.record([fact]) == 0


def test_what_was_before_the_room_is_recorded_once(shop: Shop, link: Share, moving_clock: MovingClock) -> None:
    buyer = factories.user()
    for days in (3, 1):
        kept_order(buyer, shop=shop, share=link, at=moving_clock.now - timedelta(days=days))
    actions.record_past(1000)
    actions.record_past(1000)
    assert _kinds(Tie.objects.get()) == [Kind.KEPT, Kind.REPEAT]
    assert _violations() == []


def test_the_audit_notices_a_wrong_balance_and_a_fact_that_never_counted(
    shop: Shop, link: Share, moving_clock: MovingClock
) -> None:
    Progress.objects.create(source="past", position=1)
    order = kept_order(factories.user(), shop=shop, share=link, at=moving_clock.now)
    assert _violations() == [f"[trust] order:{order.pk}: kept never counted"]
    reactions.on_order_settled(OrderSettled(order_id=order.pk))
    assert _violations() == []
    Tie.objects.update(good=F("good") * 1.01)
    assert [each.split(":")[0] for each in _violations()] == [f"[trust] tie {Tie.objects.get().pk}"]

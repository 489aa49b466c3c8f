"""Coupons: claimed within limits, worth what stands on them, used once, back when the order ends."""

from typing import Any

import pytest
from django.db import transaction

from renmai.accounts.tests.factories import make_staff
from renmai.campaigns import actions as campaigns
from renmai.campaigns.actions import Owed
from renmai.campaigns.actions.composing import draft_of
from renmai.campaigns.actions.rewarding import NO_GIVER
from renmai.campaigns.models import Campaign, Reward
from renmai.campaigns.plays import Line
from renmai.campaigns.tests.fakes import choice
from renmai.catalogue.tests.factories import make_category, make_product
from renmai.journeys import cancelling
from renmai.journeys.quoting import quote
from renmai.journeys.tests.lives import keep, pay, send_back
from renmai.journeys.tests.world import customer, draft, fresh, goods, lines, place, refused, violations
from renmai.kernel import clock
from renmai.kernel.models import Alert
from renmai.plays.coupon import actions, audit, queries
from renmai.plays.coupon.conditions import conditions_of, covered_by
from renmai.plays.coupon.models import Coupon, CouponStock
from renmai.plays.coupon.play import PLAY
from renmai.plays.coupon.tests.world import campaign, claimed, now, ordered
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def spent(running: Campaign) -> int:
    return Campaign.objects.get(pk=running.pk).spent_fen


def test_a_person_claims_as_many_as_the_terms_say() -> None:
    who, running = customer(), campaign(per_person=2, total=3)
    codes = {claimed(who, running).code for _one in range(2)}
    assert len(codes) == 2
    with refused("coupon.had_yours"):
        claimed(who, running)
    claimed(customer(), running)
    with refused("coupon.all_gone"):
        claimed(customer(), running)
    assert CouponStock.objects.get(campaign=running).issued == Coupon.objects.count() == 3
    assert violations() == []


def test_a_word_finds_its_campaign_whatever_its_case_and_only_while_it_is_open() -> None:
    who, running = customer(), campaign(claim="word", word="Peach2026")
    with refused("coupon.not_on_page"):
        claimed(who, running)
    with refused("coupon.word"):
        actions.claim_by_word(who.user, "peach")
    assert actions.claim_by_word(who.user, " peach2026 ").campaign_id == running.pk
    with refused("coupon.word_needed"), transaction.atomic():
        campaign(claim="word", word="PEACH2026")
    campaigns.stop(None, running, reason="guardrail")
    with refused("coupon.word"):
        actions.claim_by_word(customer().user, "peach2026")


def test_a_campaign_that_is_paused_hands_out_nothing_and_honours_what_it_has() -> None:
    who, running, (peach,) = customer(), campaign(), goods()
    coupon = claimed(who, running)
    campaigns.pause(make_staff(), running)
    with refused("campaigns.not_open"):
        claimed(customer(), running)
    assert ordered(who, coupon, peach).discount_fen == 1000


@pytest.mark.parametrize(
    ("terms", "amounts", "off"),
    [
        ({}, (2999,), "coupon.threshold"),
        ({}, (3000,), [1000]),
        ({}, (1000, 2000), [333, 667]),
        ({"threshold_fen": 0}, (1, 998), [1, 998]),
        ({"threshold_fen": 0, "off_fen": 5}, (3, 3, 3), [2, 2, 1]),
        ({"kind": "percent", "percent_basis_points": 1000, "cap_fen": 5000}, (9999,), [999]),
        ({"kind": "percent", "percent_basis_points": 1000, "cap_fen": 500}, (9999, 1), [500, 0]),
        ({"threshold_fen": 0}, (0,), "coupon.other_goods"),
    ],
)
def test_what_it_takes_off(terms: dict[str, Any], amounts: tuple[int, ...], off: list[int] | str) -> None:
    conditions = conditions_of(campaign(**terms).terms)
    asked = [Line(number, 1, 1, amount, amount) for number, amount in enumerate(amounts)]
    if isinstance(off, str):
        with refused(off):
            conditions.off(asked, {1})
    else:
        assert list(conditions.off(asked, {1}).values()) == off


def test_a_category_covers_its_subcategories_and_a_list_its_products(statements: Any) -> None:
    fruit = make_category()
    peaches = make_category(parent=fruit)
    here, deeper, other = make_product(category=fruit), make_product(category=peaches), make_product()
    asked = [here.pk, deeper.pk, other.pk]
    of_category = conditions_of(campaign(scope="category", category=fruit.slug).terms)
    of_list = conditions_of(campaign(scope="products", products=f"{other.pk}, {here.pk}").terms)
    with statements(1):
        covers = covered_by([of_category, of_list], asked)
    assert covers == {of_category: {here.pk, deeper.pk}, of_list: {other.pk, here.pk}}


def test_the_order_has_it_until_it_is_cancelled() -> None:
    who, (peach,) = customer(), goods()
    coupon = claimed(who)
    order = ordered(who, coupon, peach)
    assert (order.discount_fen, now(coupon).status, now(coupon).order_id) == (1000, "reserved", order.pk)
    assert spent(coupon.campaign) == 1000
    with refused("coupon.gone"):
        ordered(who, coupon, peach)
    cancelling.cancel(who.user, order.number)
    assert (now(coupon).status, now(coupon).order_id, spent(coupon.campaign)) == ("free", None, 0)
    assert pay(who, ordered(who, coupon, peach)).status == "paid"
    assert (now(coupon).status, spent(coupon.campaign)) == ("used", 1000)
    assert violations() == []


def test_it_comes_back_when_everything_does_and_not_before() -> None:
    who, (peach, cloth) = customer(), goods(2)
    coupon = claimed(who)
    order = pay(who, place(who, [(peach, 2), (cloth, 1)], plays=(choice(coupon.campaign, coupon.code),)))
    order = send_back(order, line=0)
    assert (now(coupon).status, spent(coupon.campaign)) == ("used", 1000)
    order = send_back(order, line=1)
    assert (now(coupon).status, spent(coupon.campaign), order.status) == ("free", 0, "refunded")
    assert sum(line.refunded_fen for line in lines(order)) == order.payable_fen == order.refunded_fen
    assert violations() == []
    assert ordered(who, coupon, peach).discount_fen == 1000


def test_nobody_uses_what_belongs_to_somebody_else() -> None:
    coupon, (peach,) = claimed(customer()), goods()
    with refused("request.not_found"):
        ordered(customer(), coupon, peach)


def test_it_expires_when_it_says(moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    coupon = claimed(who, campaign(valid_days=3))
    moving_clock.advance(days=3, seconds=-1)
    assert actions.expire_coupons(10) == 0
    moving_clock.advance(seconds=1)
    with refused("coupon.gone"):
        ordered(who, coupon, peach)
    assert [len(queries.mine(who.user, state=state)) for state in ("usable", "expired")] == [0, 1]
    assert (actions.expire_coupons(10), actions.expire_coupons(10), now(coupon).status) == (1, 0, "expired")


def test_an_order_that_ends_late_frees_it_only_until_its_own_end(moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    coupon = claimed(who, campaign(valid_days=1))
    moving_clock.advance(hours=23, minutes=59)
    order = ordered(who, coupon, peach)
    moving_clock.advance(hours=1)
    assert actions.expire_coupons(10) == 0
    cancelling.cancel(who.user, order.number)
    assert (actions.expire_coupons(10), now(coupon).status) == (1, "expired")
    assert list(audit.violations()) == []


def test_a_coupon_keeps_the_terms_it_was_claimed_under() -> None:
    who, running, (peach,) = customer(), campaign(), goods()
    old = claimed(who, running)
    staff = make_staff()
    wanted = draft_of(running)
    terms = dict(running.terms) | {"off_fen": 100, "per_person": 2}
    running = campaigns.change(staff, running, type(wanted)(**{**wanted.__dict__, "terms": terms}))
    new = claimed(who, running)
    assert (running.version, old.terms.number, new.terms.number) == (2, 1, 2)
    assert [ordered(who, each, peach).discount_fen for each in (old, new)] == [1000, 100]
    assert violations() == []


def test_whoever_holds_one_can_count_on_it() -> None:
    with refused("coupon.budget"):
        campaign({"budget_fen": 999_999}, total=1000)
    running = campaign({"budget_fen": 1_000_000}, total=1000)
    claimed(customer(), running)
    Campaign.objects.filter(pk=running.pk).update(terms=running.terms | {"total": 0})
    with refused("coupon.running"):
        actions.prepare(Campaign.objects.get(pk=running.pk))


def test_the_options_at_checkout_are_the_best_first_and_say_why_not(statements: Any) -> None:
    who, (peach,) = customer(), goods()
    for off_fen, threshold_fen in ((100, 0), (900, 3000), (5000, 9900)):
        claimed(who, campaign(off_fen=off_fen, threshold_fen=threshold_fen))
    asked = [Line(peach.pk, peach.product_id, 2, 1999, 3998)]
    with statements(1):
        found = PLAY.options(who.user, asked)
    assert [option.off_fen for option in found] == [900, 100, 0]
    assert [bool(option.why_not) for option in found] == [False, False, True]
    assert "59.02" in found[2].why_not
    best = quote(who.user, draft(who, [(peach, 2)], plays=(found[0].choice,)))
    assert (best.discount_fen, best.granted[0].grant.reference) == (900, found[0].choice.reference)


def test_a_reward_is_worth_its_amount_and_costs_the_campaign_that_granted_it() -> None:
    who, friend, (peach,) = customer(), customer(), goods()
    order = keep(pay(friend, place(friend, [(peach, 1)])))
    other = campaign()
    reward = Reward.objects.create(
        campaign=other, beneficiary=who.user, order=order, benefit="coupon", amount=250, cause="test:1", due_at=clock.now()
    )
    with refused("coupon.no_reward_campaign"):
        PLAY.give(reward)
    running = campaign(claim="reward", threshold_fen=0)
    coupon = Coupon.objects.get(code=PLAY.give(reward))
    assert (coupon.campaign_id, coupon.most_fen, coupon.owner) == (running.pk, 250, who.user)
    used = pay(who, ordered(who, coupon, peach))
    assert (used.discount_fen, spent(running), now(coupon).status) == (250, 0, "used")
    assert violations() == []


def test_its_terms_must_go_together() -> None:
    for terms, code in (
        ({"off_fen": 3001}, "coupon.amount"),
        ({"kind": "percent", "cap_fen": 0}, "coupon.cap"),
        ({"claim": "word", "word": "abc"}, "coupon.word_needed"),
        ({"claim": "reward", "kind": "percent"}, "coupon.amount"),
        ({"scope": "products", "products": "0"}, "coupon.products"),
        ({"scope": "category", "category": "nowhere"}, "coupon.category"),
    ):
        with refused(code):
            campaign(**terms)


def test_a_reward_waits_with_one_alert_until_a_campaign_hands_it_out(moving_clock: MovingClock) -> None:
    who, friend, (peach,) = customer(), customer(), goods()
    order = keep(pay(friend, place(friend, [(peach, 1)])))
    granting, spent_up = campaign(), campaign(claim="reward", total=1, threshold_fen=0)
    CouponStock.objects.filter(campaign=spent_up).update(issued=1)
    for number in range(2):
        campaigns.owe(granting, Owed(beneficiary=who.user, order=order, benefit="coupon", amount=250, cause=f"test:{number}"))
    moving_clock.advance(days=1, seconds=1)
    alerts = Alert.objects.values_list("code", "subject", "resolved_at")
    assert (campaigns.give_due_rewards(10), campaigns.give_due_rewards(10)) == (0, 0)
    assert list(alerts) == [(NO_GIVER, "coupon", None)]
    assert not PLAY.can_give("coupon")

    running = campaign(claim="reward", threshold_fen=0)
    assert campaigns.give_due_rewards(10) == 2
    assert alerts.get()[2] is not None
    assert set(Coupon.objects.values_list("campaign", "owner", "most_fen")) == {(running.pk, who.user.pk, 250)}


def test_the_figures_are_those_of_its_rows() -> None:
    who, running, (peach,) = customer(), campaign(total=10), goods()
    claimed(customer(), running)
    pay(who, ordered(who, claimed(who, running), peach))
    assert [figure.value for figure in PLAY.figures(running)] == [2, 8, 1, 5000, 1000]
    assert fresh(who.user.orders.get()).discount_fen == 1000

"""What customers are worth: learned from orders, worked out in batches, shared by word of mouth, and the same as from the raw rows."""

import math
from datetime import timedelta

import numpy as np
import pytest

from renmai.campaigns.models import Reward
from renmai.insight.value import actions, audit, bgnbd, lifetime, means, queries
from renmai.insight.value.histories import Purchases, customers_at
from renmai.insight.value.margins import margin_between
from renmai.insight.value.models import FittedModel, Worth
from renmai.insight.value.tests.shop import DAY, NOW, START, TODAY, Town, people, worked_out
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order, OrderLine, Shipment

pytestmark = pytest.mark.django_db


def raw_purchases(until: int) -> Purchases:
    """Read the same orders again, one by one, without the room's queries."""
    rows = []
    for order in Order.objects.all():
        if order.paid_at is None or order.status in {"cancelled", "refunded"} or order.refunded_fen == order.payable_fen:
            continue
        day = (order.paid_at + timedelta(hours=8)).date().toordinal()
        if day <= until:
            rows.append((order.buyer_id, day, order.payable_fen - order.refunded_fen))
    table = np.array(rows, dtype=np.int64)
    return Purchases(table[:, 0], table[:, 1], table[:, 2].astype(np.float64))


def test_an_empty_shop_learns_nothing_and_says_nothing() -> None:
    assert actions.learn_anew(1) == 0
    assert actions.work_out(100) == 0
    assert queries.standing() is None
    assert queries.worth(1) is None
    assert list(audit.violations()) == []


def test_each_value_is_what_the_raw_orders_say() -> None:
    town = Town()
    people(town, 150)
    model = worked_out()
    assert model.kind == "fitted"
    until = model.until.toordinal()
    raw = raw_purchases(until)
    customers = customers_at(raw, until)
    fitted = lifetime.learn(customers)
    kept = {each.name: each.value for each in model.parameters.all()}
    expected = {each.name: each.value for fit in (fitted.orders, fitted.spending) if fit for each in fit.parameters}
    assert kept == pytest.approx(expected, rel=1e-9)
    assert (model.customers, model.orders) == (len(customers), len(raw.by_day()))
    assert model.margin_basis_points == 10_000, "without lines, parcels and agents everything is left"
    weeks = 365 / 7
    orders = bgnbd.expected_orders(fitted.often, customers.histories, weeks)
    own = lifetime.discounted_orders(fitted, customers.histories, horizon=weeks, rate=0.1)
    own = own * lifetime.expected_order_value(fitted, customers)
    rows = {row.user_id: row for row in Worth.objects.all()}
    assert len(rows) == len(customers)
    for index, customer in enumerate(customers.customer.tolist()):
        row = rows[customer]
        assert row.own_fen == pytest.approx(own[index], abs=1)
        assert row.expected_orders == pytest.approx(orders[index])
        assert row.low_fen <= row.high_fen
        assert row.value_fen == row.own_fen
    assert model.total_fen == pytest.approx(sum(row.own_fen for row in rows.values()), abs=len(rows))
    assert model.total_low_fen < model.total_fen < model.total_high_fen
    assert model.newcomer_fen > 0


def test_discounting_by_month_is_discounting() -> None:
    town = Town()
    people(town, 120)
    customers = customers_at(raw_purchases(10**7), TODAY.date().toordinal())
    model = lifetime.learn(customers)
    plain = bgnbd.expected_orders(model.often, customers.histories, 52.0)
    assert lifetime.discounted_orders(model, customers.histories, horizon=52.0, rate=0.0) == pytest.approx(plain)
    steps = np.linspace(0, 52.0, 2001)
    until = np.array([bgnbd.expected_orders(model.often, customers.histories, step) for step in steps])
    exact = (np.diff(until, axis=0) * (1.1 ** (-(steps[1:] + steps[:-1]) / 2 / lifetime.WEEKS_A_YEAR))[:, None]).sum(axis=0)
    found = lifetime.discounted_orders(model, customers.histories, horizon=52.0, rate=0.1)
    assert found == pytest.approx(exact, rel=1e-3)
    assert np.all(found < plain)


def test_working_out_in_small_batches_gives_the_same() -> None:
    town = Town()
    people(town, 80)
    worked_out()
    whole = dict(Worth.objects.values_list("user_id", "value_fen"))
    FittedModel.objects.update(status="learned")
    first = FittedModel.objects.get()
    Worth.objects.all().delete()
    with clock.travel(TODAY + DAY):
        assert actions.work_out(30) == 30
        assert FittedModel.objects.get().status == "learned"
        assert Worth.objects.count() == 30
        assert actions.work_out(30) == 30
        assert actions.work_out(30) == 20
    assert FittedModel.objects.get(pk=first.pk).status == "complete"
    assert dict(Worth.objects.values_list("user_id", "value_fen")) == whole


def test_a_day_later_it_is_learned_again_and_not_before() -> None:
    town = Town()
    people(town, 80)
    worked_out()
    with clock.travel(TODAY + DAY + timedelta(hours=19)):
        assert actions.learn_anew(1) == 0
    buyer = town.user()
    town.order(buyer, 60.0)
    with clock.travel(TODAY + 2 * DAY):
        assert actions.learn_anew(1) == 1
        standing = queries.standing()
        assert standing is not None
        assert standing.is_renewing
        found = queries.worth(buyer.pk)
        assert found is not None
        assert found.is_newcomer
        assert found.value_fen == standing.model.newcomer_fen
        while actions.work_out(1000):
            pass
        found = queries.worth(buyer.pk)
        assert found is not None
        assert not found.is_newcomer
        assert not found.is_stale
    with clock.travel(TODAY + 6 * DAY):
        standing, found = queries.standing(), queries.worth(buyer.pk)
        assert standing is not None
        assert standing.is_stale
        assert found is not None
        assert found.is_stale


def test_a_past_that_ended_long_ago_is_worth_what_it_was_then() -> None:
    town = Town()
    people(town, 80)
    with clock.travel(NOW + 5_000 * DAY):
        actions.learn_anew(1)
        while actions.work_out(1000):
            pass
        found = queries.standing()
    assert found is not None
    last = max(order.paid_at for order in Order.objects.all() if order.paid_at)
    assert found.model.until == (last + timedelta(hours=8)).date()
    assert found.is_still
    assert (found.model.margin_basis_points, found.model.kept_fen > 0, found.value_fen > 0) == (10_000, True, True)
    Worth.objects.all().delete()
    FittedModel.objects.all().delete()
    with clock.travel(last + 30 * DAY):
        actions.learn_anew(1)
        while actions.work_out(1000):
            pass
        found = queries.standing()
    assert found is not None
    assert found.model.until == (last + timedelta(hours=8, days=29)).date()
    assert not found.is_still


def test_a_model_that_was_overtaken_is_not_taken_up_again() -> None:
    town = Town()
    people(town, 30)
    with clock.travel(TODAY + DAY):
        actions.learn_anew(1)
        assert actions.work_out(10) == 10
    with clock.travel(TODAY + 2 * DAY):
        actions.learn_anew(1)
        while actions.work_out(1000):
            pass
    only = FittedModel.objects.get()
    assert (only.status, only.worths.count()) == ("complete", 30)


def test_whoever_got_everything_back_is_no_customer_any_more() -> None:
    town = Town()
    users = people(town, 80)
    worked_out()
    Order.objects.filter(buyer=users[0]).update(status="refunded")
    with clock.travel(TODAY + 2 * DAY):
        actions.learn_anew(1)
        while actions.work_out(1000):
            pass
    assert not Worth.objects.filter(user=users[0]).exists()
    assert Worth.objects.count() == 79


def test_with_few_who_came_back_everybody_is_expected_to_order_as_all_do() -> None:
    town = Town()
    first, second = town.user(), town.user()
    for buyer, day in ((first, 0), (first, 30), (first, 30.1), (second, 10)):
        town.order(buyer, day)
    model = worked_out()
    assert (model.kind, model.why_mean) == ("mean", "too few customers came back")
    assert (model.customers, model.repeaters, model.orders) == (2, 1, 3)
    lived = 2 * (model.until - START.date()).days - 10
    assert model.mean_rate == pytest.approx(7 / lived)
    assert model.mean_order_fen == 4000 // 3
    year = math.log(1.1) * 365 / 365.25
    worth = 365 / lived * (1 - math.exp(-year)) / year * (4000 // 3)
    found = queries.worth(first.pk)
    assert found is not None
    assert found.is_mean
    assert found.value_fen == pytest.approx(worth, abs=1)
    assert found.row is not None
    assert found.row.alive is None
    assert (found.row.low_fen, found.row.high_fen) == tuple(count * 1333 for count in means.bounds(365 / lived))


def test_poisson_quantiles_and_the_discount_of_the_mean() -> None:
    assert means.bounds(0.0) == (0, 0)
    assert means.bounds(0.05) == (0, 0)
    assert means.bounds(4.0) == (2, 7)
    assert means.discount_factor(365, 0.0) == 1.0
    assert means.discount_factor(365, 0.1) == pytest.approx(0.954, abs=0.001)
    assert means.rate_by_day([10, 20], 3, 40) == pytest.approx(3 / 50)
    assert means.rate_by_day([40], 0, 40) == 0


def test_the_margin_is_what_the_rows_say() -> None:
    town = Town()
    order = town.order(town.user(), 1, payable_fen=1500, goods_fen=1000, freight_fen=500, refunded_fen=200)
    town.commission(order, amount=100, taken_back=20)
    OrderLine.objects.update(refunded_fen=200)
    town.reward(order, amount=30)
    town.reward(order, amount=999, status=Reward.Status.VOID)
    line = order.lines.get()
    for status in (Shipment.Status.DELIVERED, Shipment.Status.WAITING):
        Shipment.objects.create(number=f"S{status}", order=order, supplier=line.supplier, status=status, ship_before=NOW)
    town.order(town.user(), 2, status="refunded", refunded_fen=1000)
    town.order(town.user(), 2, paid=False)
    found = margin_between(START, NOW)
    assert (found.kept_fen, found.commission_fen, found.rewards_fen) == (1300, 80, 30)
    assert (found.parcels_fen, found.goods_fen) == (600, 560)
    assert found.left_fen == 30
    assert found.basis_points == 10_000 * 30 // 1300
    assert margin_between(NOW, NOW + DAY).basis_points == 0


def test_half_of_what_a_friend_is_worth_belongs_to_who_brought_her() -> None:
    town = Town()
    users = people(town, 80)
    giver, friend = users[0], town.user()
    town.order(friend, 20, link=town.link(giver, 1))
    town.order(friend, 30, link=town.link(users[1], 2))
    town.order(users[2], 59, link=town.link(users[3], 3))
    worked_out()
    hers, brought = Worth.objects.get(user=giver), Worth.objects.get(user=friend)
    assert brought.brought_by_id == giver.pk
    assert brought.passed_on_fen == brought.own_fen // 2 > 0
    assert hers.received_fen == brought.passed_on_fen
    assert hers.value_fen == hers.own_fen + hers.received_fen
    assert brought.value_fen == brought.own_fen - brought.passed_on_fen
    assert Worth.objects.get(user=users[2]).brought_by_id is None, "her first purchase came by itself"
    assert sum(Worth.objects.values_list("value_fen", flat=True)) == sum(Worth.objects.values_list("own_fen", flat=True))
    standing = queries.standing()
    assert standing is not None
    assert standing.shared_fen == brought.passed_on_fen
    assert list(audit.violations()) == []
    Worth.objects.filter(user=giver).update(received_fen=0, value_fen=hers.own_fen)
    assert [each.invariant for each in audit.violations()] == [audit.INVARIANT]


def test_bands_and_tenths_hold_everybody_once() -> None:
    town = Town()
    people(town, 95)
    model = worked_out()
    bands, tenths = queries.bands(), queries.deciles()
    assert sum(band.customers for band in bands) == sum(tenth.customers for tenth in tenths) == 95
    total = sum(Worth.objects.values_list("value_fen", flat=True))
    assert sum(band.value_fen for band in bands) == sum(tenth.value_fen for tenth in tenths) == total
    assert sum(tenth.part for tenth in tenths) == pytest.approx(1)
    assert [tenth.most_fen for tenth in tenths] == sorted((tenth.most_fen for tenth in tenths), reverse=True)
    first = queries.customers().object_list[0]
    assert first.value_fen == tenths[0].most_fen
    assert model.held_out_days == 18
    groups = list(model.held_out.order_by("repeated"))
    assert sum(group.actual for group in groups) == model.held_out_actual
    assert sum(group.expected for group in groups) == pytest.approx(model.held_out_expected)


def test_what_is_asked_of_the_shop_can_be_set() -> None:
    from renmai.accounts.tests.factories import make_staff
    from renmai.policy.actions import change_setting

    owner = make_staff()
    town = Town()
    town.order(town.user(), 1)
    change_setting(owner, "value.horizon_days", value=90, reason="for the test of it")
    change_setting(owner, "value.word_of_mouth_basis_points", value=0, reason="for the test of it")
    with pytest.raises(DomainError):
        change_setting(owner, "value.horizon_days", value=29, reason="for the test of it")
    model = worked_out()
    assert (model.horizon_days, model.word_of_mouth_basis_points) == (90, 0)

"""Who comes back: fixed windows and cohorts, by hand and against a count from the raw rows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from renmai.insight.queries import Period
from renmai.insight.value import queries
from renmai.insight.value.cohorts import Cell, cohorts, histories, repurchase
from renmai.insight.value.tests.shop import DAY, NOW, START, TODAY, Town, people
from renmai.kernel import clock
from renmai.ordering.models import Order

JANUARY = date(2026, 1, 10).toordinal()


def test_several_purchases_of_a_day_are_one() -> None:
    assert histories([(1, 5), (2, 9), (1, 5), (1, 3)]) == {1: [3, 5], 2: [9]}


def test_only_whoever_has_had_the_whole_window_counts_for_it() -> None:
    customers = {1: [0, 30], 2: [0, 31], 3: [0], 4: [10, 11]}
    on_day_31 = {each.days: each for each in repurchase(customers, today=31)}
    assert (on_day_31[30].customers, on_day_31[30].returned, on_day_31[30].waiting) == (3, 1, 1)
    assert (on_day_31[90].customers, on_day_31[90].waiting) == (0, 4)
    assert on_day_31[90].rate is None
    assert repurchase(customers, today=30)[0].customers == 0, "day 30 is not over yet"
    later = repurchase(customers, today=400)
    assert [(each.customers, each.returned) for each in later] == [(4, 2), (4, 3), (4, 3)]
    rate = later[0].rate
    assert rate is not None
    assert (rate.value, round(rate.low, 3), round(rate.high, 3)) == (0.5, 0.15, 0.85)


def test_cohorts_count_stretches_of_thirty_days_from_each_customers_own_first() -> None:
    customers = {1: [JANUARY, JANUARY + 30], 2: [JANUARY + 5, JANUARY + 70], 3: [JANUARY + 40]}
    january, february = cohorts(customers, today=JANUARY + 95)
    assert (january.month, january.customers) == (date(2026, 1, 1), 2)
    assert january.cells == (Cell(2, 1), Cell(2, 1))
    assert (february.customers, february.cells) == (1, ())
    assert cohorts(customers, today=JANUARY + 94)[0].cells == (Cell(2, 1), Cell(1, 0)), "the second had only part of it"


@pytest.mark.django_db
def test_the_page_counts_what_the_raw_orders_say() -> None:
    town = Town()
    people(town, 60)
    old = town.user()
    town.order(old, -10)
    town.order(old, 20)
    town.order(town.user(), 5, status="refunded", refunded_fen=1000)
    town.order(town.user(), 90)  # the shop goes on selling
    period = Period(START.date(), START.date() + timedelta(days=29))
    now = TODAY + 40 * DAY
    with clock.travel(now):
        found = queries.coming_back(period)
    days: dict[int, set[int]] = {}
    for order in Order.objects.exclude(status="refunded"):
        assert order.paid_at is not None
        days.setdefault(order.buyer_id, set()).add((order.paid_at + timedelta(hours=8)).date().toordinal())
    first, last = period.first.toordinal(), period.last.toordinal()
    raw = {buyer: sorted(each) for buyer, each in days.items() if first <= min(each) <= last}
    assert found.people == raw
    assert old.pk not in raw
    today = (now + timedelta(hours=8)).date().toordinal()
    for window in found.windows:
        ripe = [each for each in raw.values() if today - each[0] > window.days]
        back = [each for each in ripe if any(0 < day - each[0] <= window.days for day in each)]
        assert (window.customers, window.returned, window.waiting) == (len(ripe), len(back), len(raw) - len(ripe))
    assert found.windows[0].returned > 0
    assert sum(cohort.customers for cohort in found.cohorts) == len(raw)
    assert not found.is_cut


@pytest.mark.django_db
def test_in_a_shop_that_stands_still_nobody_failed_to_come_back_since() -> None:
    town = Town()
    for number in range(4):
        buyer = town.user()
        town.order(buyer, 0)
        town.order(buyer, 35 + number)
    period = Period(START.date(), START.date())
    with clock.travel(START + 68 * DAY):
        selling = queries.coming_back(period)
    with clock.travel(START + 1000 * DAY):
        still = queries.coming_back(period)
    assert selling.still_since is None
    assert still.still_since == (START + 38 * DAY).date()
    assert [(each.customers, each.waiting) for each in selling.windows] == [(4, 0), (0, 4), (0, 4)]
    assert [(each.customers, each.waiting) for each in still.windows] == [(4, 0), (0, 4), (0, 4)]
    assert [len(cohort.cells) for cohort in selling.cohorts] == [1]
    assert [len(cohort.cells) for cohort in still.cohorts] == [0]


@pytest.mark.django_db
def test_a_purchase_late_in_the_evening_belongs_to_the_day_in_china() -> None:
    town = Town()
    order = town.order(town.user(), 0)
    Order.objects.filter(pk=order.pk).update(paid_at=datetime(2026, 3, 31, 16, 30, tzinfo=UTC))
    with clock.travel(NOW):
        found = queries.coming_back(Period(date(2026, 4, 1), date(2026, 4, 30)))
    assert list(found.people.values()) == [[date(2026, 4, 1).toordinal()]]

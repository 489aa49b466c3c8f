"""From purchases to histories."""

import numpy as np

from renmai.insight.value.histories import Purchases, customers_at, orders_between

SOME = Purchases(
    customer=np.array([7, 3, 7, 7, 7, 9, 3]),
    day=np.array([100, 107, 114, 114, 135, 150, 107]),
    amount=np.array([10.0, 5.0, 20.0, 1.0, 40.0, 9.0, 2.0]),
)


def test_a_history_counts_days_of_shopping_after_the_first() -> None:
    found = customers_at(SOME, 142)
    assert found.customer.tolist() == [3, 7]
    assert found.histories.frequency.tolist() == [0, 2]
    assert found.histories.recency.tolist() == [0, 5]
    assert found.histories.age.tolist() == [5, 6]
    assert found.last.tolist() == [107, 135]
    assert found.again.orders.tolist() == [0, 2]
    assert found.again.mean.tolist() == [0, 30.5]
    assert found.spenders.mean.tolist() == [30.5]


def test_what_came_after_the_day_is_not_known() -> None:
    found = customers_at(SOME, 114)
    assert (found.histories.frequency.tolist(), found.histories.age.tolist()) == ([0, 1], [1, 2])
    assert len(customers_at(SOME, 99)) == 0


def test_held_out_orders_are_those_of_known_customers_between_the_days() -> None:
    known = customers_at(SOME, 107).customer
    counts, totals = orders_between(SOME, known, after=107, until=150)
    assert (known.tolist(), counts.tolist(), totals.tolist()) == ([3, 7], [0, 2], [0, 61])
    nobody = orders_between(SOME, customers_at(SOME, 1).customer, after=1, until=150)
    assert [len(each) for each in nobody] == [0, 0]

"""What kept customers cost, from rows counted by hand."""

from collections.abc import Sequence

import pytest

from renmai.insight.spread.costs import customers_by_incentive, customers_of
from renmai.insight.spread.retention import Customer
from renmai.insight.spread.tests.town import DAY, NOW, START, Town, campaign_of

pytestmark = pytest.mark.django_db


def own(town: Town) -> list[Customer]:
    return customers_of(town.campaign.pk, start=START, end=NOW)


def all_of_them(found: Sequence[Customer]) -> list[tuple[str, int]]:
    return sorted((customer.incentive, customer.cost_fen) for customer in found)


def test_a_customer_costs_what_her_first_order_cost() -> None:
    town = Town()
    buyer = town.user()
    first = town.buy(buyer, 1, off=300)
    town.buy(buyer, 5, off=999)
    town.reward(first, amount=200)
    town.reward(first, amount=77, status="refused")
    town.commission(first, amount=150, taken_back=50)
    (found,) = own(town)
    assert found == Customer("discount", 300 + 200 + 100, START + DAY, START + 5 * DAY)


def test_points_and_packets_cost_what_their_play_says() -> None:
    town = Town()
    order = town.buy(town.user(), 1)
    town.reward(order, benefit="a play that is gone", amount=40)
    assert own(town)[0].cost_fen == 40


def test_the_same_shopping_is_no_return_and_a_lost_order_neither() -> None:
    town = Town()
    same_day, later, refunded, unpaid = (town.user() for _each in range(4))
    for user in (same_day, later, refunded, unpaid):
        town.buy(user, 1)
    town.order(same_day, 1.9)
    town.order(later, 1.9)
    town.order(later, 2)
    town.order(refunded, 10, status="refunded", refunded_fen=1000)
    town.order(unpaid, 10, paid=False)
    assert [customer.back_at for customer in own(town)] == [None, START + 2 * DAY, None, None]


def test_an_order_that_went_back_brought_no_customer() -> None:
    town = Town()
    town.buy(town.user(), 1, off=300, status="refunded", refunded_fen=1000)
    town.buy(town.user(), 1, off=300, paid=False)
    assert own(town) == []


def test_incentives_stand_beside_one_another() -> None:
    town = Town()
    points, gone = campaign_of("points"), campaign_of("a play that is gone")
    buyer = town.user()
    link = town.product_link(town.user(), 0)
    town.buy(buyer, 1, off=300)
    town.buy(buyer, 2, off=10, campaign=points)
    town.buy(buyer, 3, off=7, campaign=gone)
    earned = town.order(town.user(), 1, link=link)
    town.commission(earned, amount=150)
    town.order(town.user(), 1, link=link)
    town.order(town.user(), 1)
    found = customers_by_incentive(start=START, end=NOW)
    assert all_of_them(found) == [("discount", 300), ("none", 0), ("none", 7), ("points", 10), ("profit_share", 150)]


def test_only_the_time_asked_about() -> None:
    town = Town()
    town.buy(town.user(), 1)
    assert customers_of(town.campaign.pk, start=START + 2 * DAY, end=NOW) == []
    assert customers_by_incentive(start=START, end=START + DAY) == []

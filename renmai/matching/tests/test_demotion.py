"""Goods that go wrong: demoted with evidence, back only with new evidence, and never among the safe picks."""

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.catalogue.models import Product
from renmai.matching import actions, queries
from renmai.matching.models import Demotion
from renmai.matching.tests.town import bought, kinds, listed_for, make_lists, seller
from renmai.ordering.tests.making import refused

pytestmark = pytest.mark.django_db


def broken_goods(product: Product, *, orders: int, bad: int) -> None:
    for number in range(orders):
        bought(make_member(), product, is_bad=number < bad)


def test_a_product_that_goes_wrong_again_and_again_is_demoted_and_leaves_every_list() -> None:
    fruit, _shoes, _tea = kinds(4)
    shop = seller()
    broken_goods(fruit[0], orders=12, bad=8)
    broken_goods(fruit[1], orders=40, bad=2)
    make_lists()
    assert fruit[0].pk in listed_for(shop)
    assert actions.judge_goods(100) == 1
    assert actions.judge_goods(100) == 0
    row = Demotion.objects.get()
    assert (row.product_id, row.judged, row.bad) == (fruit[0].pk, 12, 8)
    assert fruit[0].pk not in listed_for(shop)
    assert fruit[0].pk not in [entry.product_id for entry in queries.for_everybody().entries]
    make_lists()
    assert fruit[0].pk not in listed_for(shop)
    assert queries.is_demoted(fruit[0].pk)


def test_a_lifted_demotion_comes_back_only_with_new_evidence() -> None:
    fruit, _shoes, _tea = kinds(4)
    broken_goods(fruit[0], orders=12, bad=8)
    assert actions.judge_goods(100) == 1
    row = Demotion.objects.get()
    keeper = make_staff(Role.MERCHANDISER)
    with refused("matching.why"):
        actions.lift_demotion(keeper, row.pk, why="x")
    with refused("request.forbidden"):
        actions.lift_demotion(make_staff(Role.ANALYST), row.pk, why="it is better now")
    actions.lift_demotion(keeper, row.pk, why="a new batch since Monday")
    with refused("matching.not_demoted"):
        actions.lift_demotion(keeper, row.pk, why="a new batch since Monday")
    assert actions.judge_goods(100) == 0
    broken_goods(fruit[0], orders=10, bad=7)
    assert actions.judge_goods(100) == 1


def test_orders_are_judged_a_week_after_they_were_received() -> None:
    fruit, _shoes, _tea = kinds(2)
    for _time in range(15):
        bought(make_member(), fruit[0], is_bad=True, days_ago=6)
    assert actions.judge_goods(100) == 0


def test_safe_picks_are_rarely_returned() -> None:
    fruit, shoes, _tea = kinds(2)
    for number in range(40):
        bought(make_member(), fruit[0])
        bought(make_member(), shoes[0], returned=number % 4 == 0)
    make_lists()
    picks = queries.safe_picks()
    assert [entry.product_id for entry in picks] == [fruit[0].pk]
    assert (picks[0].why[0].code, picks[0].why[0].about, picks[0].why[0].number) == ("quality", 0, 40)

"""Goods that go wrong: demoted with evidence, back only with new evidence, and never among the safe picks."""

import pytest

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.catalogue.models import Product
from renmai.matching import actions, queries, reading, selections
from renmai.matching.models import Demotion, Selection
from renmai.matching.tests.town import bought, kinds, listed_for, make_lists, seller
from renmai.ordering.tests.making import refused
from renmai.sharing.models import Share, ShopItem
from renmai.trust import actions as trust
from renmai.trust.models import Feedback

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


def said(product: Product, word: str, *, people: int, sharers: int = 3) -> list[User]:
    """So many people say this of links to the product, of so many sharers."""
    links = [
        Share.objects.create(code=f"{product.pk}{word[:1]}{at}", sharer=make_member(), kind="product", product=product)
        for at in range(sharers)
    ]
    heard = [make_member() for _person in range(people)]
    for at, person in enumerate(heard):
        trust.say(person, links[at % sharers], word)
    return heard


def test_goods_that_are_of_no_use_to_those_they_are_shared_with_are_demoted() -> None:
    fruit, shoes, tea = kinds(4)
    shop = seller()
    said(fruit[0], "not_useful", people=20)
    said(shoes[0], "not_useful", people=20, sharers=2)
    said(tea[0], "useful", people=30)
    make_lists()
    assert fruit[0].pk in listed_for(shop)
    assert actions.judge_goods(100) == 1
    row = Demotion.objects.get()
    assert (row.product_id, row.judged, row.heard, row.unwelcome) == (fruit[0].pk, 0, 20, 20)
    assert row.times >= 20
    assert fruit[0].pk not in listed_for(shop)
    actions.lift_demotion(make_staff(Role.MERCHANDISER), row.pk, why="another text on its cards")
    row.refresh_from_db()
    assert (row.heard, row.unwelcome) == (20, 20)
    assert actions.judge_goods(100) == 0, "only later words count"
    said(fruit[0], "mute", people=20)
    assert actions.judge_goods(100) == 1


def test_what_was_surely_of_no_use_to_people_is_not_offered_for_sharing_though_it_is_not_demoted() -> None:
    fruit, _shoes, _tea = kinds(3)
    shop = seller()
    for product in fruit:
        ShopItem.objects.create(shop=shop, product=product)
    said(fruit[0], "not_useful", people=4)
    said(fruit[1], "not_useful", people=3)
    said(fruit[1], "useful", people=2)
    said(fruit[2], "useful", people=30)
    make_lists()
    assert actions.judge_goods(100) == 0
    assert {each.product_id for each in queries.share_today(shop.owner)} == {fruit[1].pk, fruit[2].pk}
    said(fruit[0], "useful", people=8)
    selections.make_due(audience=Selection.Audience.AGENT)
    make_lists()
    assert {each.product_id for each in queries.share_today(shop.owner)} == {product.pk for product in fruit}


def test_everybody_counts_once_by_her_last_word_and_what_is_taken_back_does_not() -> None:
    fruit, _shoes, _tea = kinds(2)
    heard = said(fruit[0], "not_useful", people=6)
    share = Share.objects.filter(product=fruit[0]).first()
    assert share is not None
    trust.say(heard[0], share, "useful")
    trust.mute(heard[1], share.sharer_id, share=share)
    for word in Feedback.objects.filter(receiver=heard[2]):
        trust.undo(heard[2], word.pk)
    shelf = reading.read_shelf()
    at = shelf.places([fruit[0].pk])
    assert (shelf.heard[at].tolist(), shelf.unwelcome[at].tolist()) == ([5], [4])

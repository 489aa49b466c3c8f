"""Facts are counted from the rows of other rooms, for some people as for everybody."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from renmai.accounts.events import VisitorRecognised
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Product
from renmai.distribution.models import Agent
from renmai.insight.portraits import actions, facts, reactions
from renmai.insight.portraits.audit import violations
from renmai.insight.portraits.facets import Facet, Source, traits_of
from renmai.insight.portraits.models import Correction, Interest, Portrait, Stale
from renmai.insight.portraits.queries import relations, steps
from renmai.insight.portraits.tests.world import NOON, bought, follower, goods
from renmai.kernel import clock
from renmai.ordering.events import OrderPaid
from renmai.ordering.models import Order, OrderLine
from renmai.sharing.models import Binding, Share, Shop, Visit

pytestmark = pytest.mark.django_db
Stage = Portrait.Stage


def keeper() -> tuple[User, Shop]:
    """An agent and her shop."""
    user = make_member("Agent")
    Agent.objects.create(user=user, born_on=date(1990, 1, 1), occupation="at_home")
    return user, Shop.objects.create(owner=user, name="Orchard lane")


def opened(link: Share, user: User) -> Visit:
    """Somebody opened a link."""
    return Visit.objects.create(share=link, visitor=Visitor.objects.create(user=user), user=user, at=NOON)


def test_every_fact_is_counted() -> None:
    agent, shop = keeper()
    her, friend = make_member(), make_member()
    link = Share.objects.create(sharer=agent, shop=shop, kind=Share.Kind.SHOP, target="shop:1")
    own = Share.objects.create(sharer=her, shop=shop, kind=Share.Kind.SHOP, target="shop:1", parent=link)
    opened(own, her)
    opened(link, her)
    opened(own, friend)
    opened(link, friend)
    Binding.objects.create(customer=her, shop=shop, protected_until=NOON)
    first = bought(her, goods("tea"), at=NOON)
    bought(her, goods("tea"), goods("home"), at=NOON + timedelta(days=9))
    Order.objects.filter(pk=first.pk).update(refunded_fen=300)
    counted = facts.count([her.pk, friend.pk, agent.pk])
    mine = counted[her.pk]
    assert (mine.orders, mine.spent_fen, mine.first_order_at, mine.last_order_at) == (
        2,
        1280 - 300 + 2560,
        NOON,
        NOON + timedelta(days=9),
    )
    assert (mine.stage, mine.agent_id, mine.brought_by_id, mine.brought) == (Stage.SHARER, agent.pk, agent.pk, 1)
    assert (counted[friend.pk].brought_by_id, counted[friend.pk].stage) == (her.pk, Stage.NEWCOMER)
    assert (counted[agent.pk].stage, counted[agent.pk].brought) == (Stage.OPERATOR, 1)
    everybody = facts.count()
    for user_id, alone in counted.items():
        assert {name: getattr(everybody[user_id], name) for name in facts.FACTS if name != "refreshed_at"} == {
            name: getattr(alone, name) for name in facts.FACTS if name != "refreshed_at"
        }


def test_the_stage_climbs_step_by_step_with_its_evidence() -> None:
    her = make_member()
    order = bought(her, goods("tea"))
    Order.objects.filter(pk=order.pk).update(status=Order.Status.RECEIVED, settled_at=None)
    assert facts.count([her.pk])[her.pk].stage == Stage.CONSUMER
    Order.objects.filter(pk=order.pk).update(status=Order.Status.SETTLED, settled_at=NOON)
    assert facts.count([her.pk])[her.pk].stage == Stage.BENEFICIARY
    Order.objects.filter(pk=order.pk).update(refunded_fen=1)
    assert facts.count([her.pk])[her.pk].stage == Stage.CONSUMER, "what came back in part was not kept whole"
    reached = {step.stage: step.evidence for step in steps(her) if step.at}
    assert reached == {Stage.CONSUMER: order.number}


def test_the_usual_way_in_is_the_most_frequent_then_the_latest() -> None:
    her = make_member()
    for days, funnel in enumerate(("search", "social", "social", "search")):
        order = bought(her, goods("tea"), at=NOON + timedelta(days=days))
        Order.objects.filter(pk=order.pk).update(funnel=funnel)
    assert facts.count([her.pk])[her.pk].funnel == "search"


def test_what_was_given_back_entirely_is_no_purchase() -> None:
    her, kept, back = make_member(), goods("tea"), goods("baby")
    order = bought(her, kept, back)
    OrderLine.objects.filter(order=order, product_id_at_order=back.pk).update(claimed_quantity=1, refunded_quantity=1)
    actions.refresh([her.pk])
    shelves = Interest.objects.filter(user=her, facet=Facet.CATEGORY).exclude(value="")
    assert list(shelves.values_list("source", "value", "count")) == [(Source.ORDERS, "tea", 1)]
    actions.refresh([her.pk])
    assert shelves.get().count == 1, "counting again adds nothing"


def test_imported_goods_have_the_price_of_their_variant_and_the_words_of_their_title() -> None:
    lamp = goods("imported", price_fen=255)
    Product.objects.filter(pk=lamp.pk).update(lowest_price_fen=0, title_zh="WHITE METAL LANTERN T-1 OF 6")
    values = traits_of([lamp.pk])[lamp.pk].values
    assert (values[Facet.PRICE], values[Facet.STYLE]) == (("under-20",), ("white", "metal", "lantern"))
    assert traits_of([goods("tea").pk, 10**6]).popitem()[1].values[Facet.STYLE] == (), "a Chinese title has no spaces to go by"


def test_keywords_in_two_languages_are_one_taste() -> None:
    cup = goods("tea")
    Product.objects.filter(pk=cup.pk).update(keywords="茶叶 绿茶, tea green")
    assert traits_of([cup.pk])[cup.pk].values[Facet.STYLE] == ("茶叶", "绿茶")


def test_a_paid_order_is_in_the_portrait_after_the_next_sweep() -> None:
    her = make_member()
    order = bought(her, goods("tea"))
    reactions.count_buyer(OrderPaid(order_id=order.pk))
    reactions.count_buyer(OrderPaid(order_id=order.pk))
    assert Stale.objects.get().user == her
    assert actions.refresh_due(100) == 1
    assert Portrait.objects.get(user=her).orders == 1
    assert actions.refresh_due(100) == 0


def test_who_is_marked_while_she_is_counted_keeps_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    her = make_member()
    actions.mark([her.pk])
    count = facts.count

    def and_another_order(people: facts.People = None) -> dict[int, Portrait]:
        counted = count(people)
        actions.mark([her.pk])
        return counted

    monkeypatch.setattr(facts, "count", and_another_order)
    with clock.travel(clock.now() + timedelta(seconds=1)):
        actions.refresh_due(100)
    assert Stale.objects.filter(user=her).exists()


def test_a_browser_that_was_recognised_tells_who_brought_her() -> None:
    agent, shop = keeper()
    her = make_member()
    link = Share.objects.create(sharer=agent, shop=shop, kind=Share.Kind.SHOP, target="shop:1")
    visit = opened(link, her)
    reactions.count_recognised(VisitorRecognised(visitor_id=str(visit.visitor_id), user_id=her.pk))
    assert dict(Stale.objects.values_list("user", "browsing")) == {agent.pk: False, her.pk: True}


def test_buyers_without_a_portrait_are_found_by_themselves() -> None:
    her = make_member()
    bought(her, goods("tea"))
    assert actions.find_unseen(100) == 1
    assert actions.find_unseen(100) == 0, "she waits already"
    actions.refresh_due(100)
    assert Portrait.objects.get().orders == 1
    assert actions.find_unseen(100) == 0


def test_the_audit_finds_parts_beyond_their_whole_and_what_was_taken_out() -> None:
    her = follower()
    bought(her, goods("tea"))
    actions.rebuild()
    assert list(violations()) == []
    Interest.objects.filter(facet=Facet.CATEGORY, value="tea").update(count=7)
    assert [violation.detail for violation in violations()] == ["a part is more than its whole"]
    Interest.objects.filter(value="tea").update(count=1)
    Correction.objects.create(user=her, facet=Facet.CATEGORY, value="tea")
    assert [violation.detail for violation in violations()] == ["she took it out of her portrait"]


def test_every_portrait_is_counted_again_within_a_day() -> None:
    """What no event tells, such as the end of a binding or a suspended agent, is found by that."""
    agent, _shop = keeper()
    actions.rebuild()
    Agent.objects.update(status=Agent.Status.SUSPENDED)
    assert actions.recount(10) == 0
    with clock.travel(clock.now() + timedelta(days=1, minutes=1)):
        assert actions.recount(10) == 1
        assert actions.recount(10) == 0
    assert Portrait.objects.get(user=agent).stage == Stage.NEWCOMER


def test_relations_are_counted_once_each(statements: Callable[[int], AbstractContextManager[None]]) -> None:
    agent, shop = keeper()
    her = make_member()
    link = Share.objects.create(sharer=agent, shop=shop, kind=Share.Kind.SHOP, target="shop:1")
    opened(link, her)
    bought(her, goods("tea"))
    bought(her, goods("tea"), shop_id=shop.pk)
    with statements(1):
        panels = relations(her)
    found = {row.code: row.count for panel in panels for row in panel.interactions if row.count}
    assert found == {"order": 1, "order_agent": 1, "opened_agent": 1}
    hers = {row.code: (row.count, row.met) for panel in relations(agent) for row in panel.interactions if row.count or row.met}
    assert {row.code for panel in panels for row in panel.interactions if row.last_at} == set(found)
    assert hers == {"agent": (1, 0), "shared_agent": (1, 0), "opened_agent": (0, 1), "order_agent": (0, 1)}

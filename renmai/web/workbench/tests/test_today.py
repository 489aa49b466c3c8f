"""The first page: what happened, what needs a look, what to share next."""

from datetime import timedelta

import pytest
from django.urls import reverse

from renmai.accounts.tests.factories import make_member
from renmai.distribution.tests.world import Goods, sale
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.web.workbench.tests.world import Desk, bound, desk, link_to, picked, visit
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
TODAY = reverse("workbench:today")


@pytest.fixture
def mine(moving_clock: MovingClock) -> Desk:
    return desk()


def through(mine: Desk, order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(shop_id=mine.shop.pk)


def test_a_new_agent_is_led_to_goods_then_to_her_first_share(mine: Desk) -> None:
    page = mine.client.get(TODAY).content.decode()
    assert reverse("workbench:shop_goods") + "?new=1" in page
    picked(mine)
    page = mine.client.get(TODAY).content.decode()
    assert "Share for the first time" in page
    assert "Worth sharing again" not in page


def test_figures_count_people_paid_orders_and_commission_of_the_day_in_china(mine: Desk, moving_clock: MovingClock) -> None:
    link = link_to(mine, picked(mine))
    visit(link)
    moving_clock.travel(moving_clock.now.replace(hour=15, minute=59))
    visit(link)
    visit(link, mine.user)
    done = sale(mine.agent, Goods(price_fen=10_000)).pay()
    through(mine, done.order)
    context = mine.client.get(TODAY).context
    today = context["today"]
    assert (today.visits, today.orders, today.paid_fen, today.earned_fen) == (2, 1, 10_800, 1000)
    # 16:00 UTC is midnight in China.
    moving_clock.advance(minutes=1)
    context = mine.client.get(TODAY).context
    today = context["today"]
    assert (today.visits, today.orders, today.paid_fen, today.earned_fen) == (0, 0, 0, 0)
    assert (context["week_visits"], context["week_orders"], context["week_earned_fen"]) == (2, 1, 1000)
    moving_clock.advance(days=6)
    context = mine.client.get(TODAY).context
    assert (context["week_visits"], context["week_orders"], context["week_earned_fen"]) == (0, 0, 0)


def test_refunds_are_taken_off(mine: Desk) -> None:
    done = sale(mine.agent, Goods(price_fen=10_000, quantity=2)).pay()
    through(mine, done.order)
    done.refund(1)
    Order.objects.update(refunded_fen=10_000)
    today = mine.client.get(TODAY).context["today"]
    assert (today.orders, today.paid_fen, today.earned_fen) == (1, 10_800, 1000)


def test_the_suggestion_is_what_led_to_orders(mine: Desk) -> None:
    crowd, seller = picked(mine), picked(mine)
    for product, people in ((crowd, 6), (seller, 2)):
        for _number in range(people):
            visit(link_to(mine, product))
    done = sale(mine.agent).pay()
    through(mine, done.order)
    done.line.product_id_at_order = seller.pk
    done.line.save()
    context = mine.client.get(TODAY).context
    assert context["idea_product"].id == seller.pk
    assert (context["idea"].people, context["idea"].orders) == (2, 1)


def test_without_orders_it_says_so_instead_of_inventing(mine: Desk) -> None:
    link_to(mine, picked(mine))
    assert "None of your goods has sold yet" in mine.client.get(TODAY).content.decode()


def test_old_orders_suggest_nothing(mine: Desk) -> None:
    first, second = picked(mine), picked(mine)
    link_to(mine, first)
    done = sale(mine.agent).pay()
    Order.objects.update(shop_id=mine.shop.pk, paid_at=clock.now() - timedelta(days=31))
    done.line.product_id_at_order = second.pk
    done.line.save()
    assert mine.client.get(TODAY).context["idea"].orders == 0


def test_callers_are_people_once_with_names_as_far_as_they_may_be_seen(mine: Desk) -> None:
    link = link_to(mine, picked(mine))
    known = bound(mine, make_member("王芳"))
    for who in (make_member("李雷"), known, known, None, mine.user):
        visit(link, who)
    assert [name for _caller, name in mine.client.get(TODAY).context["callers"]] == ["A guest", "王芳", "李**"]


def test_an_open_claim_stands_there_until_it_is_settled(mine: Desk) -> None:
    link_to(mine, picked(mine))
    done = sale(mine.agent).pay().receive()
    through(mine, done.order)
    claim = done.claim()
    ((shown, name),) = mine.client.get(TODAY).context["claims"]
    assert (shown.kind_label, name, shown.is_bound) == ("Return and refund", "m**", False)
    claim.status = claim.Status.DONE
    claim.finished_at = clock.now()
    claim.save()
    assert mine.client.get(TODAY).context["claims"] == []

"""From post to order: what is written down equals a recomputation from raw rows; the figures too; nobody's own post counts."""

from datetime import timedelta
from random import Random

import pytest

from renmai.accounts.models import Visitor
from renmai.accounts.tests.factories import make_address
from renmai.content import actions, queries, reactions
from renmai.content.models import PostSale, PostTouch, PostVisit
from renmai.content.queries import PostFigures
from renmai.insight import actions as insight
from renmai.journeys import settling
from renmai.journeys.looking import look_at, read_post
from renmai.journeys.reactions import find_way
from renmai.journeys.tests.posts import buyer_of, official, published
from renmai.journeys.tests.world import Customer, agent_with_shop, buy, customer, end_of_window, fresh, goods, violations
from renmai.kernel import clock
from renmai.ordering.actions import progress
from renmai.ordering.events import OrderPaid
from renmai.ordering.models import Order, OrderLine, Shipment
from renmai.policy.queries import integer
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def opens(who: Customer, number: str, product_id: int) -> None:
    """Let a customer open a product from a post."""
    look_at(product_id, visitor_id=who.visitor.pk, user=who.user, funnel="content", post=number)


def traced(order: Order) -> int:
    """Let the worker do what it does about a paid order; return how many lines are traced to a post."""
    paid = OrderPaid(order_id=order.pk)
    find_way(paid)
    reactions.on_order_paid(paid)
    return PostSale.objects.filter(order=order).count()


def recomputed() -> dict[int, int]:
    """Return the post of each line of a paid order by reading every row one after the other, without a query of the room."""
    window = timedelta(days=integer("attribution.window_days"))
    found = {}
    for line in OrderLine.objects.filter(order__paid_at__isnull=False).select_related("order"):
        best = None
        for touch in PostTouch.objects.select_related("post", "visitor"):
            buyer = touch.user_id or touch.visitor.user_id
            is_hers = buyer == line.order.buyer_id and touch.post.author_id != buyer
            is_in_time = line.order.placed_at - window <= touch.at <= line.order.placed_at
            if touch.product_id == line.product_id_at_order and is_hers and is_in_time:
                best = max(best or (touch.at, 0, 0), (touch.at, touch.pk, touch.post_id))
        if best:
            found[line.pk] = best[2]
    return found


def test_a_seeded_month_of_looking_and_buying_is_traced_back_exactly(moving_clock: MovingClock) -> None:
    dice = Random(5)  # noqa: S311
    skus = goods(1, each=5, stock=500)
    _agent, shop = agent_with_shop()
    posts = [
        official(skus[0].product, skus[1].product),
        official(skus[2].product),
        published(shop.owner, *[s.product for s in skus]),
    ]
    people = [customer() for _number in range(4)] + [
        Customer(shop.owner, Visitor.objects.create(user=shop.owner), make_address(shop.owner).pk)
    ]
    for _step in range(60):
        moving_clock.advance(hours=dice.randrange(1, 30))
        who, sku = dice.choice(people), dice.choice(skus)
        if dice.random() < 0.6:
            opens(who, dice.choice(posts).number, sku.product_id)
        else:
            order = buy(who, [(each, 1) for each in dice.sample(skus, k=dice.randrange(1, 4))])
            traced(order)
            traced(order)
    kept = dict(PostSale.objects.values_list("line_id", "post_id"))
    assert kept == recomputed()
    assert len(set(kept.values())) == 3
    assert 5 <= len(kept) < OrderLine.objects.count()
    assert [each for each in violations() if "post " in each] == []


def test_a_product_that_does_not_stand_in_the_post_is_not_traced_to_it() -> None:
    one, other = goods(2)
    post, who = official(one.product), customer()
    opens(who, post.number, other.product_id)
    opens(who, "N000000-NOTHING", one.product_id)
    assert not PostTouch.objects.exists()


def test_what_a_guest_opened_counts_when_she_signs_in() -> None:
    (sku,) = goods()
    post, who = official(sku.product), customer()
    guest = Visitor.objects.create()
    read_post(post, visitor_id=guest.pk, user=None)
    look_at(sku.product_id, visitor_id=guest.pk, user=None, funnel="content", post=post.number)
    assert actions.recognise_visitor(visitor_id=str(guest.pk), user_id=who.user.pk) == 2
    insight.recognise_visitor(visitor_id=str(guest.pk), user_id=who.user.pk)
    order = buy(who, [(sku, 1)], funnel="content")
    traced(order)
    assert PostSale.objects.get().post == post
    assert order.funnel == "content"


def test_a_look_older_than_the_window_explains_nothing(moving_clock: MovingClock) -> None:
    (sku,) = goods()
    post, who = official(sku.product), customer()
    opens(who, post.number, sku.product_id)
    moving_clock.advance(days=integer("attribution.window_days"), seconds=1)
    order = buy(who, [(sku, 1)])
    assert traced(order) == 0


def test_figures_are_the_rows_and_money_counts_once_it_is_kept(moving_clock: MovingClock) -> None:
    (sku,) = goods(price_fen=5000)
    post, who = official(sku.product), customer()
    for _time in range(2):
        read_post(post, visitor_id=who.visitor.pk, user=who.user)
        opens(who, post.number, sku.product_id)
    assert PostVisit.objects.count() == 1
    order = buy(who, [(sku, 2)])
    traced(order)
    assert queries.figures_of([post.pk]) == {post.pk: PostFigures(1, 1, 2, 1, 0)}
    Shipment.objects.update(status="shipped")
    assert progress.leave_when_all_left(fresh(order))
    assert progress.mark_received(order.pk)
    moving_clock.travel(end_of_window(order))
    assert settling.settle_due(10) == 1
    line = OrderLine.objects.get()
    assert queries.figures_of([post.pk])[post.pk].kept_fen == 10000 + line.freight_fen == Order.objects.get().payable_fen


def test_forgetting_takes_the_looks_and_leaves_what_explains_a_sale() -> None:
    (sku,) = goods()
    post, who = official(sku.product), customer()
    read_post(post, visitor_id=who.visitor.pk, user=who.user)
    opens(who, post.number, sku.product_id)
    order = buy(who, [(sku, 1)])
    assert traced(order) == 1
    actions.forget_looks(who.user.pk)
    assert not PostVisit.objects.exists()
    assert not PostTouch.objects.exists()
    assert PostSale.objects.get().touched_at <= clock.now()


def test_ones_own_post_explains_nothing_one_buys() -> None:
    (sku,) = goods()
    who = buyer_of(sku)
    post = published(who.user, sku.product)
    opens(who, post.number, sku.product_id)
    assert PostTouch.objects.get().post == post
    assert traced(buy(who, [(sku, 1)])) == 0

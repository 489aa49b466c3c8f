"""By which way an order came: a few hundred journeys of known truth through every entrance, and each rule by itself.

The truth of a journey is the definition: she looked for it (search), it was laid before her (content), a person showed it (social), as of the
last time she met the goods before she chose them. That pages carry the way of their goods is tested where the pages are.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest

from renmai.accounts.actions import join_visitor
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_address, make_member
from renmai.campaigns.models import Campaign, Participation
from renmai.catalogue.models import Product, Sku
from renmai.content import actions as content
from renmai.content.models import Post, PostSale
from renmai.content.reactions import on_order_paid
from renmai.insight.actions import recognise_visitor
from renmai.insight.value.steps import KINDS
from renmai.journeys import checkout, finding
from renmai.journeys.checkout import CheckoutDraft, WantedLine
from renmai.journeys.forgetting import forget_browsing
from renmai.journeys.looking import look_at, open_link
from renmai.journeys.tests.posts import official, published
from renmai.journeys.tests.world import (
    Customer,
    agent_with_shop,
    buy,
    comes_through,
    customer,
    fresh,
    goods,
    lines,
    place,
    violations,
)
from renmai.ordering.actions import cart
from renmai.ordering.actions.finding import way_of
from renmai.ordering.events import OrderPaid
from renmai.ordering.models import Order, OrderLine
from renmai.sharing.actions import Landing, share
from renmai.sharing.actions import recognise_visitor as recognise_visits
from renmai.sharing.models import Binding, Share, Shop
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
JOURNEYS = 300
PHONE = "Mozilla/5.0 (Linux; Android 14) Mobile"

SEARCHING = ("search", "category")
SHOWN = ("home", "for you", "safe picks", "goes with", "discover", "scene", "flash sale")
POSTS = ("post", "topic", "feed")
LINKS = ("link to it", "link to the shop", "link to a post", "link to a scene", "link to a play", "a friend's link")
SEEN_AT_ONCE = ("link to it", "a friend's link", "link to a play")
"""The link shows the product itself, or she buys on the play's page and never sees the product's own."""

ENTRANCES = (*SEARCHING, *SHOWN, *POSTS, *LINKS, "an agent's shop")


def truth_of(entrance: str) -> str:
    """The definition."""
    if entrance in SEARCHING:
        return "search"
    return "social" if entrance in LINKS or entrance == "an agent's shop" else "content"


@dataclass
class Town:
    """A shop with an agent, somebody's posts, and goods."""

    shop: Shop
    friend: User
    skus: list[Sku]
    posts: dict[int, Post]
    dice: Random

    def enter(self, entrance: str, product: Product, visitor: Visitor, user: User | None) -> None:
        """Meet a product by an entrance, as its page records it."""
        post = self.posts[product.pk].number
        if entrance in LINKS:
            open_link(self.link(entrance, product), visitor_id=visitor.pk, user=user, user_agent=PHONE)
        if entrance in SEEN_AT_ONCE:
            return
        found_in = post if entrance in (*POSTS, "link to a post") else ""
        look_at(product.pk, visitor_id=visitor.pk, user=user, funnel=truth_of(entrance), post=found_in)

    def link(self, entrance: str, product: Product) -> Share:
        """The link that somebody sends."""
        owner, shop = self.shop.owner, self.shop
        if entrance == "a friend's link":
            return share(self.friend, kind=Share.Kind.PRODUCT, shop=None, product=product)
        if entrance == "link to it":
            return share(owner, kind=Share.Kind.PRODUCT, shop=shop, product=product)
        if entrance == "link to the shop":
            return share(owner, kind=Share.Kind.SHOP, shop=shop)
        post = f"/post/{self.posts[product.pk].number}/"
        path = {"link to a post": post, "link to a scene": "/scene/tea/", "link to a play": "/group/1/"}[entrance]
        return share(owner, kind=Share.Kind.PAGE, shop=shop, landing=Landing(None, path))


def sign_in(visitor: Visitor, user: User) -> None:
    """What signing in does with what a browser did before."""
    join_visitor(user, visitor)
    for recognise in (recognise_visitor, recognise_visits, content.recognise_visitor):
        recognise(visitor_id=str(visitor.pk), user_id=user.pk)


def ordered(who: Customer, *, sku: Sku | None = None, lines: tuple[int, ...] = (), said: str = "search") -> Order:
    """An order of one product, or of lines of the cart."""
    wanted = (WantedLine(sku.pk, 1),) if sku else ()
    draft = CheckoutDraft(lines=wanted, cart_line_ids=lines, address_id=who.address_id, funnel=said)
    order = checkout.place_order(who.user, None, draft, idempotency_key=f"{who.user.pk}")
    assert finding.find(order.pk)
    return fresh(order)


def journey(town: Town, clock: MovingClock, entrance: str) -> tuple[Order, str, Post | None, str]:
    """One journey with its detours; return the order, the true way, the post it was found in, and what makes it impossible to see."""
    dice = town.dice
    user = make_member()
    who = Customer(user, Visitor.objects.create(user=user), make_address(user).pk)
    sku, other = dice.sample(town.skus, k=2)
    truth, post = truth_of(entrance), town.posts[sku.product_id] if entrance in (*POSTS, "link to a post") else None
    hidden = ""
    visitor, known = (who.visitor, user) if dice.random() < 0.5 else (Visitor.objects.create(), None)
    if entrance != "link to a play" and dice.random() < 0.4:  # she had met it before, by another way
        town.enter(dice.choice([each for each in ENTRANCES if each != "link to a play"]), sku.product, who.visitor, user)
        clock.advance(days=dice.randrange(1, 4))
    town.enter(entrance, sku.product, visitor, known)
    clock.advance(minutes=dice.randrange(1, 60))
    if dice.random() < 0.3:  # other goods by other ways change nothing
        town.enter(dice.choice(SEARCHING + SHOWN), other.product, visitor, known)
        clock.advance(minutes=5)
    if known is None and dice.random() < 0.02:
        hidden = "another browser, on which she never signed in"
    elif known is None:
        sign_in(visitor, user)
    _come_back(town, user, sku, clock)
    if dice.random() < 0.015:
        forget_browsing(user)
        hidden = "she had what she looked at forgotten"
    elif dice.random() < 0.015:
        clock.advance(days=16)
        hidden = "longer ago than the window"
    return _bought(town, who, sku, clock), truth, post, hidden


def _come_back(town: Town, user: User, sku: Sku, clock: MovingClock) -> None:
    """Sometimes she comes back to it: from her favourites, by a bookmark, on her other device."""
    if town.dice.random() < 0.4:
        look_at(sku.product_id, visitor_id=Visitor.objects.create(user=user).pk, user=user, funnel="")
        clock.advance(hours=town.dice.randrange(1, 30))


def _bought(town: Town, who: Customer, sku: Sku, clock: MovingClock) -> Order:
    """An order now, by a program that says whatever it likes, or from the cart."""
    dice = town.dice
    buying = dice.choice(("now", "now", "cart", "cart later", "program"))
    if buying == "now":
        return ordered(who, sku=sku)
    if buying == "program":
        return ordered(who, sku=sku, said=dice.choice(KINDS))
    line = cart.add_to_cart(who.visitor, who.user, sku_id=sku.pk)
    if buying == "cart later":  # what she sees afterwards did not make her choose it
        clock.advance(hours=2)
        town.enter(dice.choice(ENTRANCES), sku.product, who.visitor, who.user)
        clock.advance(days=dice.randrange(1, 4))
    return ordered(who, lines=(line.pk,))


def test_at_least_95_percent_of_journeys_through_every_entrance_are_labelled_right(moving_clock: MovingClock) -> None:
    _agent, shop = agent_with_shop()
    skus = goods(2, each=4, stock=JOURNEYS * 4, freight=False)
    posts = {sku.product_id: official(sku.product) for sku in skus}
    town = Town(shop, make_member(), skus, posts, Random(4))  # noqa: S311
    right = Counter[str]()
    wrong: list[str] = []
    for number in range(JOURNEYS):
        entrance = ENTRANCES[number % len(ENTRANCES)]
        order, truth, post, hidden = journey(town, moving_clock, entrance)
        (line,) = lines(order)
        assert line.funnel == order.funnel
        if order.funnel == truth and (post is None or line.post_id == post.pk):
            right[entrance] += 1
        else:
            wrong.append(f"{entrance}: {truth}, not {order.funnel}: {hidden or 'nothing hides it'}")
    assert sum(right.values()) >= 0.95 * JOURNEYS, wrong
    assert wrong, "nobody hid anything: the world is too easy"
    assert [each for each in wrong if each.endswith("nothing hides it")] == []
    assert set(right) == set(ENTRANCES)
    assert [each for each in violations() if "post " in each] == []


def test_lines_keep_their_ways_and_the_order_has_that_of_most_of_its_goods() -> None:
    cheap, dear = goods(price_fen=1000)[0], goods(price_fen=9000)[0]
    who, post = customer(), official(cheap.product)
    look_at(cheap.product_id, visitor_id=who.visitor.pk, user=who.user, funnel="content", post=post.number)
    look_at(dear.product_id, visitor_id=who.visitor.pk, user=who.user, funnel="search")
    order = buy(who, [(cheap, 1), (dear, 1)], funnel="social")
    assert finding.find(order.pk)
    assert [(line.funnel, line.found_by, line.post_id) for line in lines(order)] == [
        ("content", "look", post.pk),
        ("search", "look", None),
    ]
    assert fresh(order).funnel == "search"
    assert not finding.find(order.pk)
    on_order_paid(OrderPaid(order_id=order.pk))
    assert [(sale.line.funnel, sale.post) for sale in PostSale.objects.all()] == [("content", post)]


@pytest.mark.parametrize(
    ("lines_", "way"),
    [([("search", 5), ("social", 5)], "social"), ([("search", 6), ("content", 5)], "search"), ([("search", 0)], "search")],
)
def test_between_ways_with_the_same_amount_people_come_first(lines_: list[tuple[str, int]], way: str) -> None:
    assert way_of(lines_) == way


def _bound(who: Customer, shop: Shop) -> None:
    Binding.objects.create(customer=who.user, shop=shop, bound_at=who.user.created_at, protected_until=who.user.created_at)


def _through(who: Customer, shop: Shop) -> None:
    comes_through(who, shop)


def _own_link(who: Customer, sku: Sku) -> None:
    link = share(who.user, kind=Share.Kind.PRODUCT, shop=None, product=sku.product)
    guest = Visitor.objects.create()
    open_link(link, visitor_id=guest.pk, user=None, user_agent=PHONE)
    sign_in(guest, who.user)


def _about_something_else(who: Customer, shop: Shop) -> None:
    (else_,) = goods()
    open_link(
        share(shop.owner, kind=Share.Kind.PRODUCT, shop=None, product=else_.product),
        visitor_id=who.visitor.pk,
        user=who.user,
        user_agent=PHONE,
    )


def _own_post(who: Customer, shop: Shop, sku: Sku) -> Customer:
    post = published(shop.owner, sku.product)
    writer = Customer(shop.owner, Visitor.objects.create(user=shop.owner), make_address(shop.owner).pk)
    look_at(sku.product_id, visitor_id=writer.visitor.pk, user=writer.user, funnel="content", post=post.number)
    return writer


CASES: dict[str, tuple[Callable[[Customer, Shop, Sku], Customer | None], tuple[str, str]]] = {
    "nothing at all": (lambda _w, _s, _k: None, ("search", "said")),
    "bound to an agent": (lambda who, shop, _k: _bound(who, shop), ("search", "said")),
    "a link of her own": (lambda who, _s, sku: _own_link(who, sku), ("search", "said")),
    "a link to other goods": (lambda who, shop, _k: _about_something_else(who, shop), ("search", "said")),
    "a post of her own": (_own_post, ("search", "said")),
    "a link to a shop": (lambda who, shop, _k: _through(who, shop), ("social", "link")),
}


@pytest.mark.parametrize("case", CASES)
def test_what_says_nothing_about_the_way(case: str) -> None:
    _agent, shop = agent_with_shop()
    (sku,) = goods()
    who = customer()
    happens, expected = CASES[case]
    order = place(happens(who, shop, sku) or who, [(sku, 1)])
    finding.find(order.pk)
    (line,) = OrderLine.objects.filter(order=order)
    assert (line.funnel, line.found_by) == expected


@pytest.mark.parametrize(("play", "way"), [("flash", "content"), ("groupbuy", "social"), ("coupon", "search")])
def test_a_campaign_that_sets_the_price_says_how_it_meets_people(play: str, way: str) -> None:
    (sku,) = goods()
    order = place(customer(), [(sku, 1)])
    Order.objects.filter(pk=order.pk).update(is_in_campaign=True)
    campaign = Campaign.objects.create(
        play=play, title_zh="活动", starts_at=order.placed_at, ends_at=order.placed_at + timedelta(days=1)
    )
    Participation.objects.create(order=order, campaign=campaign, play=play, version=1)
    finding.find(order.pk)
    assert fresh(order).funnel == way

"""Posts for tests, made by the room's own actions."""

from itertools import count

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.models import Product, Sku
from renmai.content import actions
from renmai.content.actions import PostInput, TopicInput
from renmai.content.models import Post, Topic
from renmai.journeys.tests.world import Customer, buy, customer, fresh, ship_all
from renmai.ordering.actions import progress
from renmai.ordering.models import Order

_numbers = count(1)
HONEST = "我家孩子每天早上吃一个，放了三天还是脆的。"


def given(*products: Product | int, title: str = "桃子怎么挑", text: str = HONEST, **more: object) -> PostInput:
    """What somebody writes about these goods."""
    ids = [product if isinstance(product, int) else product.pk for product in products]
    return PostInput(title=title, text=text, product_ids=ids, **more)  # type: ignore[arg-type]


def topic(name: str = "时令水果", *, is_open: bool = True) -> Topic:
    """A topic."""
    slug = f"topic-{next(_numbers)}"
    return actions.add_topic(make_staff(), TopicInput(slug=slug, name_zh=name, name_en=slug, is_open=is_open))


def published(author: User, *products: Product | int, **more: object) -> Post:
    """A post of an agent or a member that everybody sees."""
    post = actions.publish(author, actions.compose(author, given(*products, **more)))  # type: ignore[arg-type]
    assert post.status == Post.Status.PUBLISHED
    return post


def official(*products: Product | int, writer: User | None = None, **more: object) -> Post:
    """A post of the shop itself that everybody sees."""
    staff = writer or make_staff()
    post = actions.publish(staff, actions.compose_official(staff, given(*products, **more)))  # type: ignore[arg-type]
    assert post.status == Post.Status.PUBLISHED
    return post


def received(who: Customer, sku: Sku, quantity: int = 1) -> Order:
    """An order whose goods have arrived."""
    order = ship_all(make_staff(), buy(who, [(sku, quantity)]))
    assert progress.mark_received(order.pk)
    return fresh(order)


def buyer_of(sku: Sku) -> Customer:
    """Somebody who bought it and has it."""
    who = customer()
    received(who, sku)
    return who

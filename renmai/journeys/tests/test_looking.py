"""Opening a link and looking at a product: what is written, and in how many transactions."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renmai.accounts.models import Visitor
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Product
from renmai.insight.models import View
from renmai.insight.queries import seen_ids
from renmai.insight.queries.views import LOOKS_READ
from renmai.journeys import looking
from renmai.journeys.looking import look_at, open_link
from renmai.journeys.tests.world import agent_with_shop, goods
from renmai.sharing.actions import choose_product, share
from renmai.sharing.models import Share, Visit
from renmai.sharing.queries import share_by_code

pytestmark = pytest.mark.django_db


def a_link() -> Share:
    """A link to a product in an agent's shop, as the page reads it."""
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    choose_product(shop, sku.product)
    return share_by_code(share(shop.owner, kind="product", shop=shop, product=sku.product).code)


def test_a_new_browser_her_visit_and_her_look_are_one_transaction() -> None:
    link = a_link()
    with CaptureQueriesContext(connection) as sent:
        visitor = open_link(link, visitor_id=None, user=None, user_agent="Mozilla")
    assert [query["sql"].split()[0] for query in sent] == ["SAVEPOINT", "INSERT", "INSERT", "INSERT", "RELEASE"]
    assert (visitor.user_id, visitor.joined_at) == (None, None)
    visit, look = Visit.objects.get(visitor=visitor), View.objects.get(visitor=visitor)
    assert (visit.share_id, visit.user_id, visit.is_valid) == (link.pk, None, True)
    assert (look.product_id, look.user_id, look.funnel, look.share_id) == (link.product_id, None, "social", link.pk)


def test_a_known_browser_is_kept_and_an_unknown_one_made_anew() -> None:
    link = a_link()
    first = open_link(link, visitor_id=None, user=None, user_agent="Mozilla")
    assert open_link(link, visitor_id=first.pk, user=None, user_agent="Mozilla") == first
    chosen = uuid4()
    assert open_link(link, visitor_id=chosen, user=None, user_agent="Mozilla").pk not in {chosen, first.pk}
    assert Visitor.objects.count() == 2


def test_the_sharer_and_machines_are_kept_as_what_they_are() -> None:
    link = a_link()
    open_link(link, visitor_id=None, user=link.sharer, user_agent="Mozilla")
    open_link(link, visitor_id=None, user=None, user_agent="some-bot")
    assert list(Visit.objects.order_by("pk").values_list("is_valid", "invalid_reason")) == [(False, "own"), (False, "machine")]


def test_what_is_not_on_sale_is_visited_but_not_looked_at() -> None:
    link = a_link()
    Product.objects.update(status=Product.Status.DELISTED)
    open_link(share_by_code(link.code), visitor_id=None, user=None, user_agent="Mozilla")
    assert (Visit.objects.count(), View.objects.count()) == (1, 0)


def test_when_a_look_cannot_be_written_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any, **_also: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(looking, "record_view", broken)
    link = a_link()
    with pytest.raises(ZeroDivisionError):
        open_link(link, visitor_id=None, user=None, user_agent="Mozilla")
    assert (Visitor.objects.count(), Visit.objects.count()) == (0, 0)


def test_a_look_at_a_product_is_the_members() -> None:
    (sku,) = goods()
    user = make_member()
    visitor = look_at(sku.product_id, visitor_id=None, user=user, funnel="search")
    assert visitor.user_id == user.pk
    assert look_at(sku.product_id, visitor_id=visitor.pk, user=user, funnel="content") == visitor
    assert list(View.objects.order_by("pk").values_list("user", "funnel")) == [(user.pk, "search"), (user.pk, "content")]


def test_what_she_saw_last_comes_first_and_once_and_of_many_looks_only_the_last_count() -> None:
    first, second, third = (sku.product_id for sku in goods(each=3))
    visitor = look_at(first, visitor_id=None, user=None, funnel="search")
    for product_id in (second, third, second):
        look_at(product_id, visitor_id=visitor.pk, user=None, funnel="search")
    assert seen_ids(visitor, None, limit=10) == [second, third, first]
    assert seen_ids(visitor, None, limit=2) == [second, third]
    assert seen_ids(None, None, limit=10) == []
    View.objects.bulk_create(View(visitor=visitor, product_id=third, funnel="search") for _look in range(LOOKS_READ))
    assert seen_ids(visitor, None, limit=10) == [third]
    Product.objects.filter(pk=third).update(status=Product.Status.DELISTED)
    assert seen_ids(visitor, None, limit=10) == [second, first]

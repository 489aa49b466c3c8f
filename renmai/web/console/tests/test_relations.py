"""Every interaction belongs to one relation, and its figures are those of the rows."""

from datetime import timedelta

import pytest
from django.test import Client

from renmai.accounts.models import Visitor
from renmai.accounts.tests.factories import make_member
from renmai.campaigns.relations import Relation
from renmai.insight.queries import Period, last_days
from renmai.insight.queries.relations import interactions, kinds
from renmai.kernel import clock
from renmai.sharing.models import Mute, Visit
from renmai.sharing.tests.factories import link, order, shop
from renmai.trust.models import Feedback

pytestmark = pytest.mark.django_db


def figures(period: Period) -> dict[str, tuple[int, int, int]]:
    return {row.interaction.key: (row.times, row.people, row.before) for row in interactions(period)}


def test_each_kind_has_a_name_of_its_own_and_each_relation_has_kinds() -> None:
    every = kinds()
    assert len({each.key for each in every}) == len({str(each.label) for each in every}) == len(every)
    assert {each.relation for each in every} == set(Relation)


def test_what_an_agent_shares_and_what_a_member_passes_on_are_two_relations() -> None:
    here = shop()
    hers = link(here.owner, of=here)
    passed_on = link(make_member("王芳"), of=here, parent=hers)
    visitor = Visitor.objects.create()
    for share, times in ((hers, 3), (passed_on, 2)):
        for _time in range(times):
            Visit.objects.create(share=share, visitor=visitor)
    Visit.objects.create(share=hers, visitor=visitor, is_valid=False)
    Visit.objects.create(share=hers, visitor=visitor, at=clock.now() - timedelta(days=8))
    receiver = make_member("李雷")
    Feedback.objects.create(receiver=receiver, sharer=here.owner, share=hers, word="useful")
    Mute.objects.create(receiver=receiver, sharer=passed_on.sharer)
    found = figures(last_days(7))
    assert (found["opened_agent"], found["opened"]) == ((3, 1, 1), (2, 1, 0))
    assert (found["said_agent"], found["said"]) == ((1, 1, 0), (0, 0, 0))
    assert (found["muted_agent"], found["muted"]) == ((0, 0, 0), (1, 1, 0))


def test_orders_count_where_they_came_through() -> None:
    buyer, here = make_member("王芳"), shop()
    now = clock.now()
    for shop_id in (None, here.pk, here.pk):
        placed = order(buyer, shop_id=shop_id)
        type(placed).objects.filter(pk=placed.pk).update(placed_at=now)
    found = figures(last_days(1))
    assert (found["order"], found["order_agent"]) == ((1, 1, 0), (2, 1, 0))


def test_the_page_shows_three_panels(owner: Client) -> None:
    page = owner.get("/console/insight/relations/?days=7").content.decode()
    assert page.count('aria-labelledby="relation-') == 3
    assert "Agents and their customers" in page or "店主与她的顾客" in page

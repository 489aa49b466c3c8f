"""The second layer: the introducer's or the team leader's, never both, as it was when the order was placed."""

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.distribution import actions
from renmai.distribution.audit import violations
from renmai.distribution.models import Agent, Commission, LeaderTerm
from renmai.distribution.queries import leader_of, leader_terms, rates_for
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.kernel.errors import DomainError
from renmai.ordering.models import OrderLine
from renmai.policy.actions import change_setting
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def appointed(agent: Agent, leader: Agent | None) -> None:
    actions.appoint_leader(make_staff(Role.SERVICE), agent.pk, leader_id=leader.pk if leader else None)


def earned(sale: world.Sale) -> list[tuple[int, int]]:
    """Who earned on a sale, by depth."""
    rows = Commission.objects.filter(order_line__order=sale.order).order_by("depth")
    return list(rows.values_list("depth", "agent_id"))


def sold(agent: Agent, *, layer: str) -> world.Sale:
    """A paid sale whose line carries a second rate for ``layer``."""
    sale = world.sale(agent, Goods(basis_points=1000, second_basis_points=300))
    OrderLine.objects.filter(order=sale.order).update(second_layer=layer)
    return sale.pay()


def test_the_leader_earns_instead_of_the_introducer(moving_clock: MovingClock) -> None:
    introducer = world.agent()
    agent, leader = world.agent(introduced_by=introducer), world.agent()
    appointed(agent, leader)
    moving_clock.advance(minutes=1)
    assert earned(sold(agent, layer="leader")) == [(1, agent.pk), (2, leader.pk)]
    assert earned(sold(agent, layer="introducer")) == [(1, agent.pk), (2, introducer.pk)]
    assert list(violations()) == []


def test_without_a_leader_nobody_has_the_second_layer(moving_clock: MovingClock) -> None:
    agent = world.agent(introduced_by=world.agent())
    assert earned(sold(agent, layer="leader")) == [(1, agent.pk)]


def test_an_order_knows_who_led_when_it_was_placed(moving_clock: MovingClock) -> None:
    agent, first, second = world.agent(), world.agent(), world.agent()
    appointed(agent, first)
    moving_clock.advance(days=1)
    sale = world.sale(agent, Goods(basis_points=1000, second_basis_points=300))
    OrderLine.objects.filter(order=sale.order).update(second_layer="leader")
    moving_clock.advance(minutes=1)
    appointed(agent, second)
    appointed(agent, second)
    moving_clock.advance(minutes=1)
    sale.pay()
    assert earned(sale) == [(1, agent.pk), (2, first.pk)]
    assert leader_of(agent) == second
    assert [term.leader for term in leader_terms(agent)] == [second, first]
    appointed(agent, None)
    assert leader_of(agent) is None
    assert list(violations()) == []


def test_the_audit_sees_a_leader_who_never_led(moving_clock: MovingClock) -> None:
    agent, leader = world.agent(), world.agent()
    appointed(agent, leader)
    moving_clock.advance(minutes=1)
    sold(agent, layer="leader")
    LeaderTerm.objects.all().delete()
    assert any("did not lead" in str(found) for found in violations())


def test_what_the_setting_says_is_frozen_with_the_rate() -> None:
    owner, sku = make_staff(), world.sale(world.agent()).line.sku
    for key, value in (("commission.depth", 2), ("commission.second_basis_points", 200), ("commission.second_layer", "leader")):
        change_setting(owner, key, value=value, reason="because a lawyer has looked at it")
    rate = rates_for([sku.product_id])[sku.product_id]
    assert (rate.second_basis_points, rate.second_layer) == (200, "leader")
    change_setting(owner, "commission.depth", value=1, reason="back to one level")
    assert rates_for([sku.product_id])[sku.product_id].second_basis_points == 0


@pytest.mark.parametrize("who", ["herself", "suspended", "nobody"])
def test_a_team_is_led_by_another_active_agent(who: str) -> None:
    owner, agent, other = make_staff(), world.agent(), world.agent()
    actions.suspend(owner, other.pk, reason="tested")
    leader_id = {"herself": agent.pk, "suspended": other.pk, "nobody": 999_999}[who]
    with pytest.raises(DomainError, match=r"distribution\.leader"):
        actions.appoint_leader(owner, agent.pk, leader_id=leader_id)
    with pytest.raises(DomainError, match=r"request\.forbidden"):
        actions.appoint_leader(make_staff(Role.ANALYST), agent.pk, leader_id=None)
    assert not LeaderTerm.objects.exists()

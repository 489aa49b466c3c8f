"""Processes are killed at every statement of group buying; no place is taken twice, and nobody's money stays with us."""

import pytest

from renmai.project import worker
from tools.torture import kills, shop
from tools.torture.kills_groups import GroupFlows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", ["place", "open", "join", "join_together", "expire", "leave"])
def test_a_process_dies_at_every_statement(name: str) -> None:
    world = shop.populate(shop.Size(suppliers=1, products=1, keepers=0, buyers=3, stock=100_000))
    worker.settle()
    flow = getattr(GroupFlows(world), name)
    sent = kills.statements_of(flow)
    assert len(sent) > 10
    assert kills.COMMIT in sent
    kills.kill_everywhere(flow, kills.short_points_of(sent))

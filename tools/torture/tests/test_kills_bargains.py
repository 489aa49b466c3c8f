"""Processes are killed at every statement of bargains; no cut is made twice, and none is lost."""

import pytest
from hypothesis import settings

from renmai.project import worker
from tools.testing.machines import LONG
from tools.torture import kills, shop
from tools.torture.kills_bargains import BargainFlows

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE = frozenset({"start", "cut", "last_cut", "expire"})
"""At every statement, also in the short form; the order at every third, and at every one in the long form."""


@pytest.mark.parametrize("name", ["start", "cut", "last_cut", "place", "expire"])
def test_a_process_dies_at_every_statement(name: str) -> None:
    world = shop.populate(shop.Size(suppliers=1, products=1, keepers=0, buyers=3, stock=100_000))
    worker.settle()
    flow = getattr(BargainFlows(world), name)
    sent = kills.statements_of(flow)
    assert len(sent) >= 4
    assert kills.COMMIT in sent
    is_whole = name in WHOLE or settings.get_current_profile_name() == LONG
    kills.kill_everywhere(flow, kills.short_points_of(sent)[:: 1 if is_whole else 3])

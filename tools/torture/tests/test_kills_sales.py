"""Processes are killed at every statement of flash sales and pre-sales; no piece and no fen is lost, and none is there twice."""

import pytest
from hypothesis import settings

from renmai.project import worker
from tools.testing.machines import LONG
from tools.torture import kills, shop
from tools.torture.kills_sales import SaleFlows

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE = frozenset({"grab"})
"""At every statement, also in the short form; the others at every third, and at every one in the long form."""


@pytest.mark.parametrize("name", ["grab", "order", "next_in_line", "deposit", "end_with_deposit"])
def test_a_process_dies_at_every_statement(name: str) -> None:
    world = shop.populate(shop.Size(suppliers=1, products=1, keepers=0, buyers=3, stock=100_000))
    worker.settle()
    flow = getattr(SaleFlows(world), name)
    sent = kills.statements_of(flow)
    assert len(sent) >= 4
    assert kills.COMMIT in sent
    is_whole = name in WHOLE or settings.get_current_profile_name() == LONG
    kills.kill_everywhere(flow, kills.short_points_of(sent)[:: 1 if is_whole else 3])

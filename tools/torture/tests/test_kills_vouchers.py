"""Processes are killed at every statement of vouchers; none is used twice, and none is lost."""

import pytest
from hypothesis import settings

from renmai.project import worker
from tools.testing.machines import LONG
from tools.torture import kills, shop
from tools.torture.kills_vouchers import VoucherFlows

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE = frozenset({"claim", "open", "place"})
"""At every statement, also in the short form; the others at every third, and at every one in the long form."""


@pytest.mark.parametrize("name", ["claim", "open", "place", "pay", "cancel"])
def test_a_process_dies_at_every_statement(name: str) -> None:
    world = shop.populate(shop.Size(suppliers=1, products=1, keepers=0, buyers=1, stock=100_000))
    worker.settle()
    flow = getattr(VoucherFlows(world), name)
    sent = kills.statements_of(flow)
    assert len(sent) >= 6
    assert kills.COMMIT in sent
    is_whole = name in WHOLE or settings.get_current_profile_name() == LONG
    kills.kill_everywhere(flow, kills.short_points_of(sent)[:: 1 if is_whole else 3])

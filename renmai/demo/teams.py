"""Teams in the demo's world: a second level of commission, for whoever leads a team, and never a third.

One team is so large that the alarm about pyramids says so: it can be seen at work.
"""

from random import Random
from typing import TYPE_CHECKING, Final

from renmai.demo.cast import busiest_agent
from renmai.distribution.actions import appoint_leader, set_product_rate
from renmai.policy.actions import change_setting

if TYPE_CHECKING:
    from renmai.demo.world import World

LARGE, SMALL = 19, 4
SECOND_BASIS_POINTS: Final = 100
"""Of what a customer pays, one in a hundred for the leader of her agent."""

SECOND_LEVEL: Final = {
    "commission.second_layer": "leader",
    "commission.second_basis_points": SECOND_BASIS_POINTS,
    "commission.depth": 2,
}

WHY: Final = "试行团队长制：团队长带新店主选品、答疑，按团队留存的销售计提，层级到此为止。"


def lead_teams(world: "World", draw: Random) -> None:
    """Let two agents lead the teams of others: the busiest a large one, another a small one."""
    owner = world.staff["owner"]
    for key, value in SECOND_LEVEL.items():
        change_setting(owner, key, value=value, reason=WHY)
    for ware in world.wares:
        if ware.source.commission_bps:
            rate = {"basis_points": ware.source.commission_bps, "second_basis_points": SECOND_BASIS_POINTS}
            set_product_rate(owner, ware.product.pk, **rate)
    agents = [keeper.shop.owner.agent.pk for keeper in world.keepers]
    busiest = busiest_agent()
    first = busiest.agent.pk if busiest is not None else agents[0]
    others = draw.sample([pk for pk in agents if pk != first], k=len(agents) - 1)
    large = min(LARGE, len(others) - SMALL - 1)
    for agent_id in others[:large]:
        appoint_leader(owner, agent_id, leader_id=first)
    second, *small = others[large : large + SMALL + 1]
    for agent_id in small:
        appoint_leader(owner, agent_id, leader_id=second)

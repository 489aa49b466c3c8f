"""Alerts: 500 agents listen, customers of theirs linger; how soon it is on each agent's wire, and what the open streams cost."""

from typing import Final

from renmai.project.bench import shop
from renmai.project.bench.plan import Bench
from renmai.project.bench.report import Aim, number, percentile, summary
from renmai.project.bench.world import World

STREAMS, QUICK_STREAMS = 500, 40
ALERTS, QUICK_ALERTS = 1_000, 40
PER_SECOND: Final = 20
SLOWEST_MS: Final = 2_000


def run(bench: Bench, fresh: World) -> None:
    """Measure alerts in a shop like ``fresh``."""
    if not bench.wants("alerts"):
        return
    streams, alerts = (QUICK_STREAMS, QUICK_ALERTS) if bench.options.is_quick else (STREAMS, ALERTS)
    bench.say(f"alerts to {streams} agents who listen")
    world = bench.ground.copy(fresh, "alerts")
    world.do("build_listeners", agents=streams)
    with shop.opened(world) as here:
        found = world.do("listen", port=here.served.port, pid=here.served.pid, alerts=alerts, per_second=PER_SECOND)
    taken = sorted(found["taken_ms"])
    detail = (
        f"{summary(taken)}; {number(len(taken))} alerts, {PER_SECOND} a second; from taking in the event to the agent's socket"
    )
    bench.add(
        f"from browsing to the agent, p95, {streams} open streams",
        percentile(taken, 95),
        "ms",
        aim=Aim(SLOWEST_MS, at_most=True),
        detail=detail,
    )
    bench.add("alerts lost or doubled", found["lost"] + found["doubled"], "", aim=Aim(0, at_most=True))
    opened = f"all open after {found['seconds_to_open']:.1f} s; memory of the web processes with them, less what it was before"
    bench.add(f"memory of {streams} open streams", found["mib"], "MiB", detail=opened)

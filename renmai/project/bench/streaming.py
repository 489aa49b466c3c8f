"""The stream of events: how fast they come in, how soon they can be asked for, and ten million of them."""

from statistics import median
from typing import Final

from renmai.project.bench.plan import Bench
from renmai.project.bench.report import Aim, number, percentile
from renmai.project.bench.world import World

EVENTS_PER_SECOND: Final = 5_000
LAG_MS: Final = 5_000
QUESTION_SECONDS: Final = 2
BATCHES, QUICK_BATCHES = 200, 40
EVENLY_PER_SECOND: Final = 1_000
PAST, QUICK_PAST = 10_000_000, 300_000


def run(bench: Bench, fresh: World) -> None:
    """Measure the stream in a shop like ``fresh``."""
    if not bench.wants("stream"):
        return
    world = bench.ground.copy(fresh, "stream")
    bench.say("events that come in")
    _coming_in(bench, world)
    bench.say("events that are followed")
    _following(bench, world)
    if bench.ground.vendor == bench.options.vendors[0]:
        _looking_back(bench, world)


def _coming_in(bench: Bench, world: World) -> None:
    found = world.do("take_in", batches=QUICK_BATCHES if bench.options.is_quick else BATCHES, rounds=bench.options.rounds)
    middle = {way: median(each) for way, each in found["per_second"].items()}
    spread = {way: f"{number(min(each))} – {number(max(each))}" for way, each in found["per_second"].items()}
    aim = Aim(EVENTS_PER_SECOND)
    bench.add(
        "events taken in by requests, one process",
        middle["http"],
        "/s",
        aim=aim,
        detail=f"{spread['http']}; all of a request but the socket; {middle['http'] / middle['plain'] * 100:.0f} % of plain inserts",
    )
    detail = f"{spread['action']}; {middle['action'] / middle['plain'] * 100:.0f} % of plain inserts"
    bench.add("events taken in by the action", middle["action"], "/s", aim=aim, detail=detail)
    bench.add("the same rows by bulk_create, 50 to a transaction", middle["plain"], "/s", detail=spread["plain"])
    lost = found["expected"] - found["stored"]
    said = f"{number(found['stored'])} events are there, {number(lost)} are missing; the last batches sent again"
    bench.add("duplicates", found["duplicates"] + abs(lost), "", aim=Aim(0, at_most=True), detail=said)


def _following(bench: Bench, world: World) -> None:
    found = world.do("follow", seconds=3 if bench.options.is_quick else 20, per_second=EVENLY_PER_SECOND)
    for way, what in (("queryable", "until an event can be asked for"), ("read", "until readers have it")):
        taken = sorted(found[way])
        said = f"p50 {number(percentile(taken, 50))} ms, p99 {number(percentile(taken, 99))} ms; {number(len(taken))} events"
        worst = taken[min(len(taken) - 1, int(len(taken) * 0.999))]
        title = f"{what}, p99.9, at {number(EVENLY_PER_SECOND)} events a second"
        bench.add(title, worst, "ms", aim=Aim(LAG_MS, at_most=True), detail=said)


def _looking_back(bench: Bench, world: World) -> None:
    events = QUICK_PAST if bench.options.is_quick else PAST
    bench.say(f"{number(events)} events in files")
    made = world.do("remember", events=events)
    found = world.do("ask", times=bench.options.rounds)
    slowest = max(found["seconds"], key=lambda kind: median(found["seconds"][kind]))
    each = ", ".join(f"{kind} {median(taken):.2f} s" for kind, taken in found["seconds"].items())
    said = f"slowest: {slowest}; {each}; {made['mib']:.0f} MiB in files, at most {found['mib']:.0f} MiB of memory"
    bench.add(
        f"a question to {number(found['events'])} events",
        median(found["seconds"][slowest]),
        "s",
        aim=Aim(QUESTION_SECONDS, at_most=True),
        detail=said,
    )

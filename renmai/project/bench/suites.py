"""Everything that is measured, in the order of the table."""

from typing import Final

from renmai.project.bench import (
    alerting,
    experimenting,
    lifetimes,
    machine,
    matching,
    past,
    playing,
    portraits,
    searching,
    selling,
    shop,
    streaming,
    trusting,
)
from renmai.project.bench.plan import Bench, Options
from renmai.project.bench.report import Report, Row
from renmai.project.bench.world import ground
from renmai.project.problems import Problem

MEMBERS: Final = 400


def run(options: Options) -> Report:
    """Measure what is wanted on every database that is wanted. What was measured before something broke is reported too."""
    rows: list[Row] = []
    versions: list[str] = []
    broken_by = ""
    if options.wants_alone("lifetime"):
        options.say("lifetime value")
        rows += lifetimes.run(is_quick=options.is_quick)
    if options.wants_alone("experiments"):
        options.say("experiments")
        rows += experimenting.run(is_quick=options.is_quick)
    if options.wants_alone("matching"):
        options.say("matching")
        rows += matching.run(is_quick=options.is_quick)
    try:
        for vendor in options.vendors if options.needs_a_shop else ():
            with ground(vendor) as place:
                versions.append(place.version)
                _measure(Bench(options, place, rows))
    except Problem as problem:
        broken_by = str(problem)
    return Report(machine.describe(tuple(versions)), options.is_quick, tuple(rows), broken_by)


def _measure(bench: Bench) -> None:
    bench.say("a fresh shop")
    fresh = bench.ground.world("fresh")
    cold_seconds = shop.make(fresh, members=MEMBERS)
    selling.run(bench, fresh, cold_seconds=cold_seconds)
    searching.run(bench, fresh)
    playing.run(bench, fresh)
    streaming.run(bench, fresh)
    alerting.run(bench, fresh)
    past.run(bench, fresh)
    portraits.run(bench, fresh)
    trusting.run(bench, fresh)

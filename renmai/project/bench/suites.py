"""Everything that is measured, in the order of the table."""

from typing import Final

from renmai.project.bench import machine, past, searching, selling, shop
from renmai.project.bench.plan import Bench, Options
from renmai.project.bench.report import Report, Row
from renmai.project.bench.world import ground

MEMBERS: Final = 400


def run(options: Options) -> Report:
    """Measure what is wanted on every database that is wanted."""
    rows: list[Row] = []
    versions = []
    for vendor in options.vendors:
        with ground(vendor) as place:
            versions.append(place.version)
            bench = Bench(options, place)
            bench.say("a fresh shop")
            fresh = place.world("fresh")
            cold_seconds = shop.make(fresh, members=MEMBERS)
            selling.run(bench, fresh, cold_seconds=cold_seconds)
            searching.run(bench, fresh)
            past.run(bench, fresh)
            rows += bench.rows
    return Report(machine.describe(tuple(versions)), options.is_quick, tuple(rows))

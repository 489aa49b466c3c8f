"""Everything that is measured, in the order of the table."""

from renmai.project.bench import machine, past, searching, selling
from renmai.project.bench.plan import Bench, Options
from renmai.project.bench.report import Report, Row
from renmai.project.bench.world import ground


def run(options: Options) -> Report:
    """Measure what is wanted on every database that is wanted."""
    rows: list[Row] = []
    versions = []
    for vendor in options.vendors:
        with ground(vendor) as place:
            versions.append(place.version)
            bench = Bench(options, place)
            selling.run(bench)
            searching.run(bench)
            past.run(bench)
            rows += bench.rows
    return Report(machine.describe(tuple(versions)), options.is_quick, tuple(rows))

"""``renmai bench``: how fast the shop answers on this machine."""

import argparse

HELP = "Measure how fast the pages of a fresh demo answer on this machine."
EXAMPLE = "renmai bench --database postgres --seconds 10"


def arguments(parser: argparse.ArgumentParser) -> None:
    """On which database, and for how long."""
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite", help="where the demo keeps its data")
    parser.add_argument("--seconds", type=float, default=5, help="length of the run with many visitors (default: 5)")


def run(options: argparse.Namespace) -> int:
    """Print a line per kind of page and the throughput."""
    from renmai.project import bench

    print(f"building a demo on {options.database}", flush=True)
    with bench.shop(options.database) as address:
        result = bench.measure(address, seconds=options.seconds)
    for figure in result.figures:
        print(f"{figure.kind:<16} median {figure.median_ms:7.1f} ms   p95 {figure.p95_ms:7.1f} ms   ({figure.requests} requests)")
    print(f"all of them, {bench.CLIENTS} visitors at once: {result.per_second:.0f} pages per second")
    return 0

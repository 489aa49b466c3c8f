"""The table: a figure that misses its aim is shown as missing it."""

import io
import json
import os
from pathlib import Path

import pytest
from rich.console import Console

from renmai.project.bench import machine, report
from renmai.project.bench.machine import Machine
from renmai.project.bench.report import Aim, Report, Row

HERE = Machine(2, "a processor", "Linux x86_64", "3.11.7", ("PostgreSQL 15",), "abc1234")
ROWS = (
    Row("PostgreSQL", "purchase, 8 clients", 71.25, "/s", Aim(100), "p50 9 ms"),
    Row("PostgreSQL", "warm start", 4.5, "s", Aim(5, at_most=True)),
    Row("PostgreSQL", "the limit", 1234.5, "/s"),
    Row("SQLite", "statements", 60, "", Aim(60, at_most=True)),
)


def shown(rows: tuple[Row, ...]) -> str:
    written = io.StringIO()
    report.show(Report(HERE, is_quick=True, rows=rows), Console(file=written, width=140))
    return written.getvalue()


def test_each_figure_stands_beside_its_aim() -> None:
    lines = [[part.strip() for part in line.split("│")] for line in shown(ROWS).splitlines()]
    assert ["purchase, 8 clients", "71.2 /s", "≥ 100", "✗", "p50 9 ms"] in lines
    assert ["warm start", "4.50 s", "≤ 5", "✓", ""] in lines
    assert ["the limit", "1,234 /s", "", "", ""] in lines
    assert ["statements", "60", "≤ 60", "✓", ""] in lines
    assert [line[0] for line in lines if line[0] in {"PostgreSQL", "SQLite"}] == ["PostgreSQL", "SQLite"]


def test_it_says_where_how_and_how_much_is_missed() -> None:
    said = shown(ROWS)
    assert "machine: 2 cores of a processor, Linux x86_64" in said
    assert "with: Python 3.11.7, PostgreSQL 15" in said
    assert "commit: abc1234" in said
    assert "run: quick; PostgreSQL waits for the disk at every commit" in said
    assert "1 of 3 aims is missed." in said
    assert "missed" not in shown(ROWS[1:])


def test_the_documentation_gets_a_table_per_database() -> None:
    lines = report.markdown(Report(HERE, is_quick=False, rows=ROWS)).splitlines()
    assert "- run: full" in lines
    assert [line for line in lines if line.startswith("#")] == ["### PostgreSQL", "### SQLite"]
    assert "| purchase, 8 clients | 71.2 /s | ≥ 100 | ✗ | p50 9 ms |" in lines
    assert "| statements | 60 | ≤ 60 | ✓ | |" in lines


def test_a_run_that_broke_off_says_so() -> None:
    written = io.StringIO()
    report.show(Report(HERE, is_quick=True, rows=ROWS, broken_by="no [disk]"), Console(file=written, width=140))
    assert "The run broke off: no [disk]" in written.getvalue()
    assert "purchase, 8 clients" in written.getvalue()


def test_programs_get_the_same(tmp_path: Path) -> None:
    report.write_json(Report(HERE, is_quick=False, rows=ROWS), tmp_path / "figures.json")
    said = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert [row["is_met"] for row in said["rows"]] == [False, True, None, True]
    assert said["rows"][0]["aim"] == {"value": 100, "at_most": False}
    assert (said["machine"]["cores"], said["is_quick"]) == (2, False)


@pytest.mark.parametrize(("figure", "text"), [(0, "0"), (0.04321, "0.04"), (9.876, "9.88"), (42.42, "42.4"), (1234.9, "1,235")])
def test_no_more_digits_than_mean_something(figure: float, text: str) -> None:
    assert report.number(figure) == text


def test_percentiles_are_values_that_were_seen() -> None:
    ordered = [float(number) for number in range(1, 21)]
    assert [report.percentile(ordered, percent) for percent in (50, 95, 100)] == [10, 19, 20]
    assert report.percentile([7.0], 95) == 7
    assert report.summary([3.0, 1.0, 2.0]) == "p50 2 ms, p95 3 ms"


def test_the_machine_says_what_a_figure_depends_on() -> None:
    found = machine.describe(("SQLite 3",))
    assert found.cores == os.cpu_count()
    assert found.processor
    assert found.databases == ("SQLite 3",)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells")
def test_memory_and_processor_time_of_the_processes_below_one() -> None:
    import subprocess
    import sys

    code = "kept = b'x' * 30_000_000; sum(range(3_000_000)); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code, "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdout.readline()
        processes = [process for process in machine.processes_below(os.getpid()) if process.name == "worker"]
        taken = machine.cpu_seconds(os.getpid())
        child.stdin.write(b"\n")
    (process,) = processes
    assert 30 < process.pss_mib <= process.peak_rss_mib < 200
    assert taken["worker"] > 0

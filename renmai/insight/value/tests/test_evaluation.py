"""``renmai evaluate lifetime``: both formats, what it prints, and the published figures of CDNOW."""

import argparse
import json
import lzma
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from renmai.insight.value import evaluation, holdout, purchase_files
from renmai.insight.value.bgnbd import BgNbd
from renmai.insight.value.stories import living
from renmai.insight.value.tests.logs import CDNOW, RETAIL, real

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def evaluate(file: Path, until: str, out: Path | None = None) -> int:
    parser = argparse.ArgumentParser()
    evaluation.arguments(parser)
    given = [str(file), "--calibrate-until", until, *(["--json", str(out)] if out else [])]
    return evaluation.run(parser.parse_args(given))


def cdnow_like(path: Path) -> Path:
    """Write a log of people who live the model's story, in the format of CDNOW, packed."""
    generator = np.random.default_rng(1)
    people, later = living(BgNbd(0.8, 8.0, 0.7, 2.5), 600, weeks=40, generator=generator)
    rows = []
    for number in range(len(people)):
        first = date(2000, 1, 1) + timedelta(weeks=40 - people.age[number])
        count, weeks = int(people.frequency[number]), people.recency[number]
        moments = [0.0, *sorted(generator.random(max(count - 1, 0)) * weeks), *([weeks] if count else [])]
        moments += (people.age[number] + 40 * generator.random(int(later[number]))).tolist()
        rows += [f"{number:05d} {first + timedelta(weeks=week):%Y%m%d} 1 {generator.gamma(4) * 5:.2f}\n" for week in moments]
    path.write_bytes(lzma.compress("".join(rows).encode()))
    return path


def test_cdnow_gives_the_published_parameters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(real(CDNOW), "1997-09-30", tmp_path / "out.json") == 0
    said = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    often = {each["name"]: round(each["value"], 3) for each in said["orders"]["parameters"]}
    assert often == {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
    assert round(said["orders"]["log_likelihood"], 1) == -9582.4
    much = {each["name"]: each["value"] for each in said["spending"]["parameters"]}
    assert (round(much["p"], 2), round(much["q"], 2), said["spending"]["people"]) == (6.25, 3.74, 946)
    # Published as 15.45; the likelihood is higher where ours stops, and no higher anywhere near.
    assert much["gamma"] == pytest.approx(15.4435, abs=0.0001)
    best, *baselines = said["rows"]
    assert abs(best["orders_error"]) <= 0.15
    assert all(abs(best["orders_error"]) < abs(row["orders_error"]) for row in baselines)
    assert all(best["mean_absolute"] < row["mean_absolute"] for row in baselines)
    assert "alpha       4.414   95 % [3.731, 5.221]" in capsys.readouterr().out


def test_a_real_shops_csv_is_read_and_its_months_are_foreseen() -> None:
    rows = purchase_files.read(real(RETAIL))
    found = holdout.measure(rows, until=date(2011, 6, 30))
    assert (found.purchases, found.customers, found.known) == (266_495, 3_616, 2_960)
    assert found.orders.is_steadied
    assert abs(found.rows[0].orders_error) <= 0.05
    assert found.total_interval[0] <= found.true_orders <= found.total_interval[1]


def test_it_prints_parameters_baselines_and_intervals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(cdnow_like(tmp_path / "log.txt.xz"), "2000-10-06") == 0
    shown = capsys.readouterr().out
    for name in (
        "what happened",
        "BG/NBD × Gamma-Gamma",
        "mean rate of all",
        "everybody's own rate",
        "as in the time just before",
    ):
        assert name in shown
    assert "95 % interval of all orders held out" in shown


def test_what_was_bought_after_the_day_changes_nothing_that_was_fitted(tmp_path: Path) -> None:
    rows = purchase_files.read(cdnow_like(tmp_path / "log.txt.xz"))
    until = date(2000, 10, 6)
    more = [*rows, *(row._replace(day=until + timedelta(days=9)) for row in rows[:500])]
    before, after = holdout.measure(rows, until=until), holdout.measure(more, until=until)
    assert before.orders == after.orders
    assert before.rows[0].orders == pytest.approx(after.rows[0].orders, rel=0.1)
    assert before.true_orders < after.true_orders


@pytest.mark.parametrize(
    ("text", "until", "says"),
    [
        ("", "2000-01-01", "holds no purchases"),
        ("customer date pieces dollars\n", "2000-01-01", "holds no purchases"),
        ("1 20000101 1 5.0\n2 20000140 1 5.0\n", "2000-01-01", "line 2 is no purchase"),
        ("1 20000101 1 5.0\n1 20000201 1 5.0\n", "2000-02-01", "from 2000-01-01 to 2000-01-31"),
        ("1 20000101 1 5.0\n1 20000201 1 5.0\n", "2000-01-15", "fewer than 20 customers came back"),
        ("a,b\n1,2\n", "2000-01-01", "InvoiceNo, Quantity, InvoiceDate, UnitPrice, CustomerID are missing"),
        (f"{HEADER}1,2,3,x,2011-01-01,1,7,UK\n", "2011-01-01", "line 2 is no purchase"),
        (f"{HEADER}C1,2,3,-1,2011-01-01 10:00:00,1,7,UK\n1,2,3,1,2011-01-01,1,,UK\n", "2011-01-01", "holds no purchases"),
    ],
)
def test_an_unusable_file_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, until: str, says: str
) -> None:
    file = tmp_path / "log.txt"
    file.write_text(text, encoding="utf-8")
    assert evaluate(file, until) == evaluation.EXIT_UNUSABLE
    assert says in capsys.readouterr().err


def test_a_broken_archive_and_a_missing_file_are_told_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "log.xz"
    broken.write_bytes(purchase_files.XZ + b"nonsense")
    assert evaluate(broken, "2000-01-01") == evaluation.EXIT_UNUSABLE
    assert evaluate(tmp_path / "none.txt", "2000-01-01") == evaluation.EXIT_UNUSABLE
    assert "cannot be read" in capsys.readouterr().err

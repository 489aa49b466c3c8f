"""The same writes once more: as a script for pgbench, and by our own hand on SQLite."""

import random
import sqlite3
import uuid
from pathlib import Path

import pytest

from renmai.project.bench import limit, pgbench
from renmai.project.bench.distil import Script, Step, Value
from renmai.project.bench.pgbench import Ranges
from renmai.project.problems import Problem

RANGES = Ranges(members=5, goods=2, first={"user": 100, "address": 200, "sku": 300})
ORDER = Step(
    "INSERT INTO orders (number, buyer, visitor, said, at) VALUES (%s, %s, %s, %s, %s) RETURNING id",
    (
        Value("fresh", "fresh0", 12),
        Value("input", "user"),
        Value("input", "visitor"),
        Value("joined", parts=(Value("text", "it's 5%: "), Value("fresh", "fresh0", 12))),
        Value("moment", number=1500),
    ),
    1,
)
LINE = Step(
    "INSERT INTO lines (order_id, sku, rest) VALUES (%s, %s, %s)", (Value("made", "0"), Value("input", "sku"), Value("null")), 0
)
STOCK = Step("UPDATE stock SET free = free - %s WHERE name LIKE 'a%%'", (Value("int", number=2),), 0)
SCRIPT = Script(((ORDER, LINE), (STOCK,)))


def test_a_script_for_pgbench_keeps_borders_hot_rows_and_keys_apart() -> None:
    fresh = "left(md5(CAST(:fresh0 AS text)) || md5(CAST(:fresh0 AS text)), 12)"
    visitor = "CAST('00000000-0000-4000-8000-' || lpad(to_hex(CAST(:member AS bigint)), 12, '0') AS uuid)"
    said = rf"(E'it\'s 5%\x3a ' || {fresh})"
    moment = "(now() + 1500 * interval '1 millisecond')"
    into = "INSERT INTO orders (number, buyer, visitor, said, at)"
    assert pgbench.script_text(SCRIPT, RANGES).splitlines() == [
        r"\set member random(0, 4)",
        r"\set good random(0, 1)",
        r"\set user 100 + :member",
        r"\set address 200 + :member",
        r"\set sku 300 + :good",
        r"\set fresh0 random(1, 281474976710655)",
        "BEGIN;",
        rf"{into} VALUES ({fresh}, :user, {visitor}, {said}, {moment}) RETURNING id AS id0 \gset step0_",
        "INSERT INTO lines (order_id, sku, rest) VALUES (:step0_id0, :sku, NULL);",
        "COMMIT;",
        "UPDATE stock SET free = free - 2 WHERE name LIKE 'a%';",
    ]


def test_several_rows_of_one_statement_can_be_told_apart() -> None:
    two = Step("INSERT INTO a (b) VALUES (%s), (%s) RETURNING a.id", (Value("bool", number=1), Value("bool")), 2)
    line = pgbench.script_text(Script(((two,),)), RANGES).splitlines()[-1]
    assert line == (
        "WITH made AS (INSERT INTO a (b) VALUES (true), (false) RETURNING id) SELECT (array_agg(id ORDER BY id))[1] AS id0, "
        r"(array_agg(id ORDER BY id))[2] AS id1 FROM made \gset step0_"
    )


def test_arrays_json_and_uuids() -> None:
    values = (
        Value("array", parts=(Value("text", "a"), Value("null"))),
        Value("json", parts=(Value("text", "{}"),)),
        Value("uuid", str(uuid.UUID(int=1))),
        Value("fresh uuid", "fresh3"),
    )
    line = pgbench.script_text(Script(((Step("INSERT INTO a VALUES (%s, %s, %s, %s)", values, 0),),)), RANGES).splitlines()[-1]
    assert line == (
        "INSERT INTO a VALUES (ARRAY[E'a', NULL], CAST(E'{}' AS jsonb), CAST(E'00000000-0000-0000-0000-000000000001' AS uuid), "
        "CAST(md5(CAST(:fresh3 AS text)) AS uuid));"
    )


def test_a_script_travels_as_text() -> None:
    assert limit.from_json(limit.to_json(SCRIPT)) == SCRIPT


def test_values_of_one_run_belong_together() -> None:
    known: dict[str, object] = {"user": 101}
    draw = random.SystemRandom()
    fresh = limit.evaluate(Value("fresh", "fresh0", 12), known, draw)
    assert len(fresh) == 12
    assert limit.evaluate(ORDER.values[3], known, draw) == f"it's 5%: {fresh}"
    assert limit.evaluate(Value("input", "user"), known, draw) == 101
    one, two = (limit.evaluate(Value("fresh uuid", "fresh1"), known, draw) for _time in range(2))
    assert one == two
    assert isinstance(one, uuid.UUID)


def test_sqlite_repeats_a_purchases_writes(tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT UNIQUE, buyer INT, visitor TEXT, said TEXT, at TEXT)"
        )
        connection.execute("CREATE TABLE lines (order_id INT REFERENCES orders, sku INT, rest TEXT)")
        connection.execute("CREATE TABLE stock (name TEXT, free INT)")
        connection.execute("INSERT INTO stock VALUES ('apples', 1000000)")
    (tmp_path / limit.SCRIPT_FILE).write_text(limit.to_json(SCRIPT), encoding="utf-8")
    found = limit.of_sqlite(tmp_path, f"sqlite:///{path}", RANGES, seconds=0.05)
    (orders,) = connection.execute("SELECT count(*) FROM orders").fetchone()
    assert orders > 0
    assert found.per_second > 0
    assert connection.execute("SELECT count(*) FROM lines JOIN orders ON orders.id = order_id").fetchone() == (orders,)
    assert connection.execute("SELECT free FROM stock").fetchone() == (1000000 - 2 * orders,)
    buyers = {row[0] for row in connection.execute("SELECT DISTINCT buyer FROM orders")}
    assert buyers <= {100, 101, 102, 103, 104}
    connection.close()


def pretending(folder: Path, says: str, status: int) -> Path:
    program = folder / pgbench.PROGRAM
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{says}\nEND\nexit {status}\n", encoding="utf-8")
    program.chmod(0o755)
    return folder


def test_what_pgbench_says_is_read(tmp_path: Path) -> None:
    says = "number of failed transactions: 0 (0.000%)\nlatency average = 20.131 ms\ntps = 397.390855 (without initial connection time)"
    found = pgbench.run(pretending(tmp_path, says, 0), "postgresql://a@/b?host=%2Ftmp", tmp_path / "x.sql", clients=8, seconds=1)
    assert found == pgbench.Outcome(397.390855, 20.131)


@pytest.mark.parametrize(
    ("says", "status"),
    [
        ("latency average = 1 ms\ntps = 3", 1),
        ("nothing of use", 0),
        ("number of failed transactions: 7 (1.000%)\nlatency average = 1 ms\ntps = 3", 0),
    ],
)
def test_a_failing_pgbench_is_not_taken_for_a_limit(tmp_path: Path, says: str, status: int) -> None:
    with pytest.raises(Problem, match="pgbench failed"):
        pgbench.run(pretending(tmp_path, says, status), "postgresql://a@/b?host=%2Ftmp", tmp_path / "x.sql", clients=1, seconds=1)


def test_pgbench_is_used_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limit, "find_binaries", lambda: tmp_path)
    assert not limit.has_pgbench()
    pretending(tmp_path, "", 0)
    assert limit.has_pgbench()

"""What the database alone can do with the writes of a purchase: no pages, no reading, no Python between the statements.

PostgreSQL's own ``pgbench`` where it is installed, else psycopg with prepared statements in as many processes as there are clients. For
SQLite: ``sqlite3`` in one process, since one writes at a time anyway.
"""

import json
import random
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from renmai.project.bench import pgbench
from renmai.project.bench.distil import Kind, Script, Step, Value
from renmai.project.bench.pgbench import Ranges
from renmai.project.bench.stage import VISITOR_BASE
from renmai.project.database_url import parse_database_url
from renmai.project.postgres import find_binaries
from renmai.project.problems import Problem

SCRIPT_FILE = "purchase.json"
PGBENCH_FILE = "purchase.sql"
MEMBER_INPUTS = ("user", "address")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Database(Protocol):
    """A connection that runs the steps of a script."""

    def begin(self) -> None:
        """Begin a transaction."""

    def commit(self) -> None:
        """End it."""

    def run(self, step: Step, values: Sequence[object]) -> list[int]:
        """Run one statement and return the ids of the rows it made."""


@dataclass(frozen=True)
class Limit:
    """How many purchases' writes per second, how long one takes on average, and what measured it."""

    per_second: float
    average_ms: float
    measured_by: str


def to_json(script: Script) -> str:
    """Return a script as text."""
    return json.dumps(asdict(script), ensure_ascii=False)


def from_json(text: str) -> Script:
    """Read what ``to_json`` wrote."""

    def value(said: Mapping[str, Any]) -> Value:
        return Value(said["kind"], said["text"], said["number"], tuple(value(part) for part in said["parts"]))

    def step(said: Mapping[str, Any]) -> Step:
        return Step(said["sql"], tuple(value(one) for one in said["values"]), said["makes"])

    return Script(tuple(tuple(step(one) for one in steps) for steps in json.loads(text)["transactions"]))


def has_pgbench() -> bool:
    """Whether this machine's PostgreSQL brings pgbench."""
    return (find_binaries() / pgbench.PROGRAM).exists()


def of_postgres(home: Path, url: str, ranges: Ranges, *, clients: int, seconds: float) -> Limit:
    """Measure the limit of a PostgreSQL database that has the shop in it."""
    if has_pgbench():
        outcome = pgbench.run(find_binaries(), url, home / PGBENCH_FILE, clients=clients, seconds=seconds)
        return Limit(outcome.per_second, outcome.average_ms, "pgbench, prepared statements")
    return in_processes(home, url, ranges, clients=clients, seconds=seconds)


def in_processes(home: Path, url: str, ranges: Ranges, *, clients: int, seconds: float) -> Limit:
    """Measure with processes of our own: psycopg with prepared statements."""
    given = json.dumps({"home": str(home), "url": url, "ranges": asdict(ranges), "seconds": seconds})
    command = [sys.executable, "-m", "renmai.project.bench.limit", given]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _client in range(clients)]  # nosec B603  # a fixed program, no shell
    said = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        raise Problem("the statements of a purchase could not be repeated; the reason stands above.")
    done = [json.loads(line) for line in said]
    rate = sum(count / took for count, took in done)
    return Limit(rate, 1000 * clients / rate, "psycopg, prepared statements")


def of_sqlite(home: Path, url: str, ranges: Ranges, *, seconds: float) -> Limit:
    """Measure the limit of a SQLite database that has the shop in it: one process, one connection."""
    count, took = repeat(_script(home), _Sqlite(url, home), ranges, seconds=seconds)
    return Limit(count / took, 1000 * took / count, "sqlite3, one process")


def repeat(script: Script, database: Database, ranges: Ranges, *, seconds: float) -> tuple[int, float]:
    """Run the script again and again for ``seconds``; return how often, and how long it took."""
    draw = random.SystemRandom()
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        _once(script, database, _turn(ranges, draw), draw)
        count += 1
    return count, time.perf_counter() - began


def _once(script: Script, database: Database, known: dict[str, object], draw: random.Random) -> None:
    number = 0
    for steps in script.transactions:
        if len(steps) > 1:
            database.begin()
        for step in steps:
            made = database.run(step, [evaluate(value, known, draw) for value in step.values])
            known.update({f"made {number} {place}": id_ for place, id_ in enumerate(made)})
            number += 1
        if len(steps) > 1:
            database.commit()


def evaluate(value: Value, known: dict[str, object], draw: random.Random) -> Any:
    """Return a value for one run; ``known`` holds the inputs, the rows made so far and the fresh texts of this run."""
    return EVALUATIONS[value.kind](value, known, draw)


def _moment(value: Value, _known: dict[str, object], _draw: random.Random) -> datetime:
    return datetime.now(UTC) + timedelta(milliseconds=value.number)


def _fresh(value: Value, known: dict[str, object], draw: random.Random) -> object:
    return known.setdefault(value.text, "".join(draw.choices(ALPHABET, k=value.number)))


def _fresh_uuid(value: Value, known: dict[str, object], draw: random.Random) -> object:
    return known.setdefault(value.text, uuid.UUID(int=draw.getrandbits(128), version=4))


def _parts(value: Value, known: dict[str, object], draw: random.Random) -> list[Any]:
    return [evaluate(part, known, draw) for part in value.parts]


EVALUATIONS: dict[Kind, Callable[[Value, dict[str, object], random.Random], Any]] = {
    "null": lambda _value, _known, _draw: None,
    "bool": lambda value, _known, _draw: bool(value.number),
    "int": lambda value, _known, _draw: value.number,
    "text": lambda value, _known, _draw: value.text,
    "uuid": lambda value, _known, _draw: uuid.UUID(value.text),
    "moment": _moment,
    "array": _parts,
    "json": lambda value, known, draw: _parts(value, known, draw)[0],
    "joined": lambda value, known, draw: "".join(map(str, _parts(value, known, draw))),
    "made": lambda value, known, _draw: known[f"made {value.text} {value.number}"],
    "fresh": _fresh,
    "fresh uuid": _fresh_uuid,
    "input": lambda value, known, _draw: known[value.text],
}


def _turn(ranges: Ranges, draw: random.Random) -> dict[str, object]:
    member, good = draw.randrange(ranges.members), draw.randrange(ranges.goods)
    inputs: dict[str, object] = {
        name: first + (member if name in MEMBER_INPUTS else good) for name, first in ranges.first.items()
    }
    return inputs | {"visitor": uuid.UUID(int=VISITOR_BASE + member)}


class _Sqlite:
    """SQLite as the shop opens it, with nothing in between."""

    def __init__(self, url: str, home: Path) -> None:
        settings = parse_database_url(url, home=home).settings()
        self._connection = sqlite3.connect(settings["NAME"], timeout=settings["OPTIONS"]["timeout"], isolation_level=None)
        for pragma in settings["OPTIONS"]["init_command"].split(";"):
            self._connection.execute(pragma)

    def begin(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def run(self, step: Step, values: Sequence[object]) -> list[int]:
        sql = step.sql.replace("%s", "?").replace("%%", "%")
        found = self._connection.execute(sql, [_for_sqlite(value) for value in values]).fetchall()
        return sorted(row[0] for row in found) if step.makes else []


class _Postgres:
    """PostgreSQL over psycopg, every statement prepared at its first use."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)

    def begin(self) -> None:
        self._connection.execute("BEGIN")

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def run(self, step: Step, values: Sequence[object]) -> list[int]:
        cursor = self._connection.execute(step.sql.encode(), values)
        return sorted(row[0] for row in cursor.fetchall()) if step.makes else []


def _for_sqlite(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ")
    return value.hex if isinstance(value, uuid.UUID) else value


def _script(home: Path) -> Script:
    return from_json((home / SCRIPT_FILE).read_text(encoding="utf-8"))


def _main(arguments: str) -> int:
    given = json.loads(arguments)
    script, connect = _script(Path(given["home"])), _Postgres
    done = repeat(script, connect(given["url"]), Ranges(**given["ranges"]), seconds=given["seconds"])
    print(json.dumps(done))
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1]))

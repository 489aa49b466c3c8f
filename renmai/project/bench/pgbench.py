"""Writes a script down for pgbench, PostgreSQL's own load generator: the same statements, hot rows and commits, no reading, no Python."""

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from renmai.project.bench.distil import Kind, Script, Step, Value
from renmai.project.problems import Problem

PLACEHOLDER = re.compile(r"%%|%s")
RETURNING = re.compile(r" RETURNING .*$", re.DOTALL)
HEX_PER_RANDOM = 12
LETTERS_OF_UUID = 32
TPS = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
LATENCY = re.compile(r"^latency average = ([0-9.]+) ms", re.MULTILINE)
FAILED = re.compile(r"^number of failed transactions: ([1-9]\d*)", re.MULTILINE)
PROGRAM = "pgbench"


@dataclass(frozen=True)
class Ranges:
    """Whose turn it can be: the first ids of members, addresses and goods, and how many there are. Numbered without gaps."""

    members: int
    goods: int
    first: Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """What pgbench says: scripts per second, and how long one takes on average."""

    per_second: float
    average_ms: float


def script_text(script: Script, ranges: Ranges) -> str:
    """Return ``script`` in pgbench's language."""
    lines = [f"\\set member random(0, {ranges.members - 1})", f"\\set good random(0, {ranges.goods - 1})"]
    lines += [
        f"\\set {name} {first} + :{'member' if name in {'user', 'address'} else 'good'}" for name, first in ranges.first.items()
    ]
    lines += [f"\\set {name} random(1, {16**HEX_PER_RANDOM - 1})" for name in _fresh_names(script)]
    number = 0
    for steps in script.transactions:
        is_alone = len(steps) == 1
        lines += [] if is_alone else ["BEGIN;"]
        for step in steps:
            lines.append(_statement(step, number))
            number += 1
        lines += [] if is_alone else ["COMMIT;"]
    return "\n".join(lines) + "\n"


def run(binaries: Path, url: str, script: Path, *, clients: int, seconds: float) -> Outcome:
    """Let pgbench run the script for ``seconds``. Raises ``Problem`` when it fails or when a transaction did."""
    parts = urlsplit(url)
    folder = parse_qs(parts.query)["host"][0]
    jobs = min(clients, 2)
    command = [str(binaries / PROGRAM), "--no-vacuum", "--protocol=prepared", f"--file={script}", f"--client={clients}"]
    command += [f"--jobs={jobs}", f"--time={max(1, round(seconds))}", f"--host={folder}", f"--username={parts.username}"]
    command.append(unquote(parts.path.removeprefix("/")))
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # nosec B603  # a fixed program, no shell
    said = answer.stdout + answer.stderr
    rate, latency = TPS.search(said), LATENCY.search(said)
    if answer.returncode or rate is None or latency is None or FAILED.search(said):
        raise Problem(f"pgbench failed: {said.strip()[-1500:]}")
    return Outcome(float(rate.group(1)), float(latency.group(1)))


def _fresh_names(script: Script) -> list[str]:
    found: dict[str, None] = {}

    def visit(value: Value) -> None:
        if value.kind in {"fresh", "fresh uuid"}:
            found[value.text] = None
        for part in value.parts:
            visit(part)

    for step in script.steps:
        for value in step.values:
            visit(value)
    return list(found)


def _statement(step: Step, number: int) -> str:
    values = iter(step.values)
    sql = PLACEHOLDER.sub(lambda match: "%" if match.group() == "%%" else _expression(next(values)), step.sql)
    if not step.makes:
        return f"{RETURNING.sub('', sql)};"
    if step.makes == 1:
        return f"{RETURNING.sub(' RETURNING id AS id0', sql)} \\gset step{number}_"
    named = ", ".join(f"(array_agg(id ORDER BY id))[{place + 1}] AS id{place}" for place in range(step.makes))
    return f"WITH made AS ({RETURNING.sub(' RETURNING id', sql)}) SELECT {named} FROM made \\gset step{number}_"  # noqa: S608  for a database that is thrown away  # nosec B608


def _expression(value: Value) -> str:
    return EXPRESSIONS[value.kind](value)


def _input(value: Value) -> str:
    if value.text == "visitor":
        return f"CAST('00000000-0000-4000-8000-' || lpad(to_hex(CAST(:member AS bigint)), {HEX_PER_RANDOM}, '0') AS uuid)"
    return f":{value.text}"


def _fresh(value: Value) -> str:
    drawn = f"md5(CAST(:{value.text} AS text))"
    return f"left({drawn} || {drawn}, {value.number})"


def _array(value: Value) -> str:
    return f"ARRAY[{', '.join(_expression(part) for part in value.parts)}]"


def _joined(value: Value) -> str:
    return "(" + " || ".join(_as_text(part) for part in value.parts) + ")"


def _as_text(value: Value) -> str:
    return _expression(value) if value.kind in {"text", "fresh"} else f"CAST({_expression(value)} AS text)"


def _literal(text: str) -> str:
    """Return a string constant without a colon: pgbench would take what follows one for a variable."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace(":", "\\x3a").replace("\n", "\\n").replace("\r", "\\r")
    return f"E'{escaped}'"


EXPRESSIONS: dict[Kind, Callable[[Value], str]] = {
    "null": lambda _value: "NULL",
    "bool": lambda value: "true" if value.number else "false",
    "int": lambda value: str(value.number),
    "text": lambda value: _literal(value.text),
    "uuid": lambda value: f"CAST({_literal(value.text)} AS uuid)",
    "moment": lambda value: f"(now() + {value.number} * interval '1 millisecond')",
    "array": _array,
    "json": lambda value: f"CAST({_expression(value.parts[0])} AS jsonb)",
    "joined": _joined,
    "fresh": _fresh,
    "fresh uuid": lambda value: f"CAST(md5(CAST(:{value.text} AS text)) AS uuid)",
    "made": lambda value: f":step{value.text}_id{value.number}",
    "input": _input,
}

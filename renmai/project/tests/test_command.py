"""The table of commands: every one has a help and an example that its own parser understands."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError

from renmai.project import command
from renmai.project.problems import Problem

ROWS = command.table()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_command_is_documented_by_an_example_that_works(row: command.Command) -> None:
    words = shlex.split(row.example)
    begin = words.index("renmai")
    assert row.help.endswith(".")
    assert words[begin + 1] == row.name
    options = command.build_parser(ROWS).parse_args(words[begin + 1 :])
    assert options.module is row.module


def test_help_shows_every_command_with_its_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    for row in ROWS:
        assert (f"e.g. {row.example}" in shown) is not row.is_hidden


def test_the_commands_that_others_rely_on_are_there() -> None:
    assert {"up", "worker", "migrate", "demo", "audit", "create-staff"} <= {row.name for row in ROWS}


def test_a_problem_is_one_sentence_and_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(options: object) -> int:
        raise Problem("the cupboard is bare.")

    module = next(row.module for row in ROWS if row.name == "migrate")
    monkeypatch.setattr(module, "run", refuse)
    assert command.main(["migrate"]) == 2
    assert capsys.readouterr().err == "renmai: the cupboard is bare.\n"


def test_a_database_that_is_away_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(options: object) -> int:
        raise OperationalError("connection refused\n\tIs the server running?")

    module = next(row.module for row in ROWS if row.name == "migrate")
    monkeypatch.setattr(module, "run", fail)
    assert command.main(["migrate"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("renmai: We cannot reach our books at the moment.")
    assert said.endswith(" (connection refused)\n")


def test_a_bad_variable_stops_the_start_before_anything_happens(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "renmai", "migrate"],
        env={"RENMAI_HOME": str(tmp_path / "home"), "RENMAI_DEBUG": "perhaps", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert answer.stderr == "renmai: RENMAI_DEBUG must be 1 or 0. It is 'perhaps'.\n"
    assert not (tmp_path / "home").exists()

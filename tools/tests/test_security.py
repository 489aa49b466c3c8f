"""The checks of security: what fails, what passes, and what says that it could not be done."""

import json
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest

from tools import check, security
from tools.security import AUDIT, SKIPPED, Said

FINDING = {"filename": "renmai/x.py", "line_number": 3, "test_id": "B602", "issue_text": "shell=True", "issue_severity": "LOW"}


def bandit(*results: dict[str, Any], nosec: int = 0, errors: Sequence[str] = ()) -> str:
    return json.dumps({"results": results, "errors": list(errors), "metrics": {"_totals": {"nosec": nosec}}})


def audit(*rows: dict[str, Any]) -> str:
    return json.dumps({"dependencies": rows, "fixes": []})


GOOD = {"name": "django", "version": "5.2.8", "vulns": []}
UNKNOWN = {"name": "renmai", "skip_reason": "Dependency not found on PyPI and could not be audited: renmai (0.1.0)"}
WEAK = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"], "aliases": []}]}


def test_code_without_findings_is_good() -> None:
    assert security.code(lambda _command: Said(0, bandit())) == (0, [])


def test_a_finding_fails() -> None:
    status, lines = security.code(lambda _command: Said(1, bandit(FINDING)))
    assert (status, lines) == (1, ["renmai/x.py:3: B602 shell=True"])


@pytest.mark.parametrize(
    ("file", "severity", "status"),
    [
        ("renmai/accounts/x.py", "LOW", 1),
        ("renmai/accounts/tests/test_x.py", "LOW", 0),
        ("renmai/accounts/tests/test_x.py", "MEDIUM", 1),
        ("tools/x.py", "LOW", 0),
        ("tools/x.py", "HIGH", 1),
    ],
)
def test_in_tests_and_tools_only_what_is_wrong_anywhere_counts(file: str, severity: str, status: int) -> None:
    found = FINDING | {"filename": file, "issue_severity": severity}
    assert security.code(lambda _command: Said(1, bandit(found)))[0] == status


def test_an_exception_for_all_rules_at_once_fails() -> None:
    assert security.code(lambda _command: Said(0, bandit(nosec=1)))[0] == 1


@pytest.mark.parametrize("said", [Said(2, "", "usage: bandit"), Said(0, bandit(errors=["cannot be read"]))])
def test_a_bandit_that_does_not_work_fails(said: Said) -> None:
    status, lines = security.code(lambda _command: said)
    assert status == 1
    assert lines[0].startswith("bandit: ")


def test_bandit_itself_finds_a_shell_and_takes_an_exception_with_its_rule(tmp_path: Any) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("import subprocess  # nosec B404\nsubprocess.run('ls ' + input(), shell=True)\n", encoding="utf-8")
    said = security.run(("bandit", "--quiet", "--format", "json", str(bad)))
    assert [found["test_id"] for found in json.loads(said.output)["results"]] == ["B602"]
    assert json.loads(said.output)["metrics"]["_totals"]["nosec"] == 0
    bad.write_text("import subprocess  # nosec\n", encoding="utf-8")
    said = security.run(("bandit", "--quiet", "--format", "json", str(bad)))
    assert json.loads(said.output)["metrics"]["_totals"]["nosec"] == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Said(0, audit(GOOD, UNKNOWN)), (0, ["1 of 2 packages looked up, no known weakness"])),
        (Said(1, audit(GOOD, WEAK)), (1, ["pillow 1.0: PYSEC-1 (mended in 1.1)"])),
        (Said(1, audit(WEAK, UNKNOWN)), (1, ["pillow 1.0: PYSEC-1 (mended in 1.1)"])),
        (Said(0, audit(UNKNOWN)), (SKIPPED, ["skipped: the advisory service answered for none of 1 packages"])),
        (Said(0, audit()), (SKIPPED, ["skipped: the advisory service answered for none of 0 packages"])),
        (Said(None, ""), (SKIPPED, ["skipped: the advisories could not be asked (no answer within 20 seconds)"])),
        (
            Said(1, "", "WARNING:x\nERROR:pip_audit._cli:Connection refused"),
            (SKIPPED, ["skipped: the advisories could not be asked (ERROR:pip_audit._cli:Connection refused)"]),
        ),
    ],
)
def test_packages(said: Said, expected: tuple[int, list[str]]) -> None:
    def run(command: Sequence[str]) -> Said:
        assert command == AUDIT
        return said

    assert security.packages(run) == expected


@pytest.mark.parametrize(
    ("status", "output", "ends", "word"),
    [
        (0, "fine", 0, "ok     weak packages"),
        (1, "pillow 1.0: PYSEC-1", 1, "FAILED weak packages"),
        (SKIPPED, "skipped: nobody there\n", 0, "skipped: nobody there: weak packages"),
    ],
)
def test_the_check_says_skipped_and_never_ok(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], status: int, output: str, ends: int, word: str
) -> None:
    def answer(*_arguments: object, **_options: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess([], status, output, "")

    monkeypatch.setattr("tools.check.subprocess.run", answer)
    assert check.main(["weak"]) == ends
    printed = capsys.readouterr().out
    assert word in printed
    assert ("ok    " in printed) is (status == 0)

"""The rules of the house notice what breaks them."""

from pathlib import Path

import pytest

from tools import bootstrap, lengths, traces
from tools.testing.statements import exactly


def test_a_long_file_and_a_long_function_are_named(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    body = "\n".join("    pass" for _line in range(50))
    path.write_text(f"def short():\n    pass\n\n\ndef long():\n{body}\n")
    assert list(lengths.in_file(path, "long.py")) == ["long.py:5: long has 51 lines, at most 50"]
    path.write_text("value = 1\n" * 401)
    assert list(lengths.in_file(path, "long.py")) == ["long.py: 401 lines, at most 400"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("see /" + "work/shared", "the path of a work place"),
        ("open('/ho" + "me/ann/notes')", "a home folder"),
        ("pip install --index" + "-url https://mirror.example/", "a package index of somebody's own"),
        ("# TO" + "DO later", "an unfinished place"),
    ],
)
def test_a_trace_is_found(line: str, kind: str) -> None:
    assert [(number, found) for number, found, _line in traces.traces(f"fine\n{line}\n")] == [(2, kind)]


@pytest.mark.parametrize(
    "line", ["/orders/wo" + "rk/", "https://example.com/ho" + "me/", "framework/", "~/wo" + "rk/x", "a simple list"]
)
def test_what_only_looks_like_a_trace_is_left_alone(line: str) -> None:
    assert list(traces.traces(line)) == []


def test_the_environment_is_renewed_only_when_what_is_needed_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\ndependencies = ["django"]\n')
    before = bootstrap._fingerprint()
    project.write_text('[project]\ndependencies = ["django"]\n\n[tool.ruff]\nline-length = 100\n')
    assert bootstrap._fingerprint() == before
    project.write_text('[project]\ndependencies = ["django", "segno"]\n')
    assert bootstrap._fingerprint() != before


def test_counting_statements_hides_no_failure_of_the_block() -> None:
    with pytest.raises(ZeroDivisionError), exactly(5):
        _ = 1 // 0

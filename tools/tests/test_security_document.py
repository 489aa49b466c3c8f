"""The security page names its proofs: every one of them exists, and every threat has one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:[\w/]+/)?tests/[\w/]+\.py)(?:: (test_\w+))?`", DOCUMENT)


def exists(file: str, test: str) -> bool:
    path = ROOT / ("" if file.startswith("tools/") else "renmai") / file
    return path.is_file() and (
        not test or re.search(rf"^\s*def {test}\(", path.read_text(encoding="utf-8"), re.MULTILINE) is not None
    )


@pytest.mark.parametrize(("file", "test"), sorted(set(NAMED)))
def test_every_proof_exists(file: str, test: str) -> None:
    assert exists(file, test)


def test_the_look_at_proofs_would_notice_one_that_is_gone() -> None:
    assert not exists("accounts/tests/test_codes.py", "test_that_is_gone")
    assert not exists("accounts/tests/test_gone.py", "")


@pytest.mark.parametrize("title", ["Threat, defence, proof", "What was tried"])
def test_every_row_names_a_proof(title: str) -> None:
    section = DOCUMENT.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 15
    assert [row for row in rows if not re.search(r"tests/[\w/]+\.py", row)] == []

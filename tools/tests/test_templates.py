"""A copy of a database is only as good as the hash under which it is kept."""

import re
from pathlib import Path

import pytest

from tools.testing import templates

IMPORTED = re.compile(r"^\s*(?:import|from) (renmai\.[\w.]+)(?: import (\w+))?", re.MULTILINE)
DEFAULTS = frozenset({"renmai.kernel.clock", "renmai.kernel.ids", "renmai.content.models", "renmai.plays.invitation.models"})
"""What gives a new row its default. No row is written while empty tables are made, and no default stands in a table."""


def test_whatever_changes_the_tables_changes_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "ROOT", tmp_path)
    keys = [templates.key()]
    for name in ("renmai/shop/migrations/0001_initial.py", "renmai/plays/bid/migrations/0001_initial.py", *templates.BESIDES):
        path = tmp_path / name
        path = path if path.suffix else path / "rows.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        for text in ("one", "two"):
            path.write_text(text)
            keys.append(templates.key())
    assert len(set(keys)) == len(keys)
    (tmp_path / "renmai/shop/actions.py").write_text("three")
    assert templates.key() == keys[-1]


def test_migrations_take_their_tables_from_nowhere_else() -> None:
    hashed = {".".join(path.relative_to(templates.ROOT).with_suffix("").parts) for path in templates.sources()}
    for path in templates.sources():
        if path.parent.name == "migrations":
            for module, name in IMPORTED.findall(path.read_text(encoding="utf-8")):
                known = {module, f"{module}.{name}"} & (hashed | DEFAULTS)
                assert known, f"{path.name} imports {module} {name}: name its file in templates.BESIDES"

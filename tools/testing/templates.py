"""A database with all its tables is made once and copied for every process of every later run.

To migrate an empty database takes each process of a run longer than most rooms' tests. What comes of it depends on the migrations, on what they
import, and on Django: the copy is kept under the hash of these, in pytest's own cache folder, and the first process that finds none makes it
while the others wait. Only SQLite: there a database is one file.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parents[2]
BESIDES = ("renmai/accounts/apps.py", "renmai/accounts/regions.py", "renmai/accounts/data", "renmai/ledger/triggers.py")
"""What migrations, and whoever is told that they are done, take from elsewhere."""


def copy_from(folder: Path, connection: BaseDatabaseWrapper) -> None:
    """Let ``connection`` begin its tests with a copy of the template in ``folder``, which is made where there is none. Nothing but for SQLite."""
    creation: Any = connection.creation
    plain: Callable[..., str] = creation.create_test_db
    if connection.vendor != "sqlite" or getattr(plain, "is_copy", False):
        return

    def create_test_db(*given: Any, **named: Any) -> str:
        template = folder / f"{key()}.sqlite3"
        name = str(connection.settings_dict["TEST"]["NAME"])
        with _alone(folder):
            if not template.exists():
                name = plain(*given, **named)
                _keep(connection, template)
                return name
            connection.close()
            shutil.copyfile(template, name)
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
        return name

    create_test_db.is_copy = True  # type: ignore[attr-defined]
    creation.create_test_db = create_test_db


def key() -> str:
    """Return the hash of everything that the tables are made from."""
    found = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for path in sources():
        found.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:32]


def sources() -> list[Path]:
    """Return the files that are hashed, in one order."""
    besides = [path for name in BESIDES for path in [ROOT / name, *(ROOT / name).rglob("*")] if path.is_file()]
    return sorted({*(ROOT / "renmai").rglob("migrations/*.py"), *besides} - set((ROOT / "renmai").rglob("*.pyc")))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(connection: BaseDatabaseWrapper, template: Path) -> None:
    """Keep what was just made as the template, whole or not at all, and throw those away that nobody makes any more."""
    for old in template.parent.glob("*.sqlite3*"):
        old.unlink()
    half = template.with_suffix(".sqlite3.half")
    connection.ensure_connection()
    with closing(sqlite3.connect(half)) as copy:
        connection.connection.backup(copy)
    half.replace(template)

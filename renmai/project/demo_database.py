"""Where the demo keeps its world.

In SQLite the world is built in a file of its own, which takes the place of the real one only when it is complete: a build that is
interrupted leaves nothing half done. A PostgreSQL database is filled in place, and only while it is empty.
"""

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from renmai.project.problems import Problem

BUILDING_SUFFIX = ".building"
COMPANIONS = ("", "-wal", "-shm", "-journal")


def prepare(*, fresh: bool) -> None:
    """Leave a migrated database with a world in it; with ``fresh`` an old world goes first. Raises ``Problem``."""
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite and _is_building():
        _build_here()
        return
    if fresh and not is_sqlite:
        raise Problem("--fresh only throws away the demo's own SQLite file; empty the PostgreSQL database yourself.")
    if not fresh and _has_people():
        return
    if is_sqlite:
        _build_beside()
    else:
        _build_here()


def _is_building() -> bool:
    return str(settings.DATABASES["default"]["NAME"]).endswith(BUILDING_SUFFIX)


def _has_people() -> bool:
    from renmai.accounts.models import User

    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    call_command("migrate", interactive=False, verbosity=0)
    has_people = User.objects.exists()
    connections.close_all()
    return has_people


def _build_here() -> None:
    from renmai.demo import world
    from renmai.project import worker
    from renmai.project.progress import progress

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # A power cut would only cost an unfinished world, so nothing needs to wait for the disk.
            cursor.execute("PRAGMA synchronous=OFF")
    call_command("migrate", interactive=False, verbosity=0)
    with progress("days lived", world.DAYS) as advance:
        world.build(settle=partial(worker.keep_up, is_leaping=True), advance=advance)
    worker.keep_up()
    connections.close_all()


def _build_beside() -> None:
    target = Path(settings.DATABASES["default"]["NAME"])
    building = target.with_name(target.name + BUILDING_SUFFIX)
    _remove(building)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    environ = {**os.environ, "DATABASE_URL": f"sqlite:///{building}"}
    command = [sys.executable, "-m", "renmai", "demo", "--only-build"]
    try:
        status = subprocess.run(command, env=environ, check=False).returncode  # nosec B603  # a fixed program, no shell
        if status:
            raise Problem(f"the demo's world could not be built (status {status}); its reason stands above.")
        _remove(target)
        building.replace(target)
    finally:
        _remove(building)


def _remove(database: Path) -> None:
    for companion in COMPANIONS:
        database.with_name(database.name + companion).unlink(missing_ok=True)

"""A world of the bench: a database of its own, a home folder of its own, and the processes that live in it."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from renmai.project import children, postgres
from renmai.project.database_url import SQLITE_FILE, parse_database_url
from renmai.project.problems import Problem

Vendor = Literal["sqlite", "postgres"]
SERVER_DATABASE = f"/{postgres.DATABASE}?"
START_TIMEOUT_SECONDS = 90
WEB_PROCESSES = 2
HIDDEN = ("RENMAI_", "DATABASE_URL", "DJANGO_", "COVERAGE_", "PYTEST_")


@dataclass(frozen=True)
class Served:
    """A shop that is being served: where, and by which processes (the first started the others)."""

    port: int
    pid: int
    seconds_to_start: float


@dataclass(frozen=True)
class World:
    """A database and a home folder. ``environ`` is what its processes are started with."""

    vendor: Vendor
    home: Path
    url: str
    version: str
    environ: Mapping[str, str] = field(repr=False)

    def do(self, task: str, **given: Any) -> Any:
        """Run a task of ``tasks`` in a process of this world and return what it says. Raises ``Problem`` when it fails."""
        command = [sys.executable, "-m", "renmai.project.bench.tasks", task, json.dumps(given)]
        answer = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)  # nosec B603  # a fixed program, no shell
        if answer.returncode:
            raise Problem(f"the bench's step “{task}” failed: {answer.stderr.strip()[-4000:]}")
        return json.loads(answer.stdout)

    def command(self, *arguments: str) -> str:
        """Run a command of ``renmai`` in this world and return what it prints. Raises ``Problem`` when it fails."""
        command = [sys.executable, "-m", "renmai", *arguments]
        answer = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)  # nosec B603  # a fixed program, no shell
        if answer.returncode:
            raise Problem(f"renmai {arguments[0]} failed in the bench: {(answer.stdout + answer.stderr).strip()[-4000:]}")
        return answer.stdout

    def ask(self, sql: str) -> tuple[Any, ...]:
        """Return the one row that ``sql`` asks for, without a process of its own."""
        if self.vendor == "sqlite":
            import sqlite3

            path = parse_database_url(self.url, home=self.home).name
            with closing(sqlite3.connect(path, timeout=START_TIMEOUT_SECONDS)) as file:
                return tuple(file.execute(sql).fetchone())
        import psycopg

        with psycopg.connect(self.url) as server:
            return tuple(server.execute(sql.encode()).fetchone() or ())

    @contextmanager
    def serve(self, *, processes: int = WEB_PROCESSES) -> Iterator[Served]:
        """Serve the shop as ``renmai up`` does, for the length of the block."""
        command = [sys.executable, "-m", "renmai", "up", "--port", "0", "--workers", str(processes)]
        began = time.perf_counter()
        with tempfile.TemporaryFile() as said:
            process = children.start(command, environ=self.environ, output=said)
            try:
                port = _port_when_ready(process, said.fileno())
                yield Served(port, process.pid, time.perf_counter() - began)
                if process.poll() is not None:
                    raise Problem(f"the shop stopped while it was measured: {_words(said.fileno())}")
            finally:
                children.stop(process)


@dataclass(frozen=True)
class Ground:
    """Where worlds are made: one running database server, or a folder for SQLite's files."""

    vendor: Vendor
    folder: Path
    url: str
    version: str

    def world(self, name: str) -> World:
        """Return a new world with an empty database called ``name``; nothing is migrated yet."""
        home = self.folder / name
        home.mkdir()
        url = self._new_database(name, home)
        kept = {key: value for key, value in os.environ.items() if not key.startswith(HIDDEN)}
        environ = {
            **kept,
            "RENMAI_HOME": str(home),
            "RENMAI_SECRET_KEY": secrets.token_urlsafe(48),
            "RENMAI_LOG_LEVEL": "WARNING",
            # The customers come through a proxy, each from an address of her own.
            "RENMAI_TRUST_PROXY": "1",
            "RENMAI_LIMITS": "0",  # a bench is a flood
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "renmai.project.settings",
        }
        return World(self.vendor, home, url, self.version, environ)

    def _new_database(self, name: str, home: Path) -> str:
        if self.vendor == "sqlite":
            return f"sqlite:///{home / SQLITE_FILE}"
        import psycopg

        with closing(psycopg.connect(self.url, autocommit=True)) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url_of(name)

    def copy(self, world: World, name: str) -> World:
        """Return a world like another one, with its database, home and keys. Nobody may be connected to the original."""
        home = self.folder / name
        shutil.copytree(world.home, home)
        url = f"sqlite:///{home / SQLITE_FILE}"
        if self.vendor != "sqlite":
            import psycopg

            url = self.url_of(name)
            with closing(psycopg.connect(self.url, autocommit=True)) as connection:
                original = parse_database_url(world.url, home=world.home).name
                connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"'.encode())
        environ = {**world.environ, "RENMAI_HOME": str(home), "DATABASE_URL": url}
        return World(self.vendor, home, url, self.version, environ)

    def url_of(self, name: str) -> str:
        """Return the address of a database of this server."""
        return self.url.replace(SERVER_DATABASE, f"/{name}?", 1)


@contextmanager
def ground(vendor: Vendor) -> Iterator[Ground]:
    """Give a place for worlds for the length of the block; PostgreSQL is started with every promise kept."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="renmai-bench-", ignore_cleanup_errors=True))
        if vendor == "sqlite":
            import sqlite3

            yield Ground(vendor, Path(folder), "", f"SQLite {sqlite3.sqlite_version}")
            return
        server = stack.enter_context(postgres.throwaway_server(durable=True))
        yield Ground(vendor, Path(folder), server.url, server.version)


def _port_when_ready(process: subprocess.Popen[bytes], said: int) -> int:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        found = re.search(rb"^ready (\S+)", os.pread(said, 1_000_000, 0), re.MULTILINE)
        if found:
            return urlsplit(found.group(1).decode()).port or 80
        time.sleep(0.02)
    raise Problem(f"the shop did not start: {_words(said)}")


def _words(said: int) -> str:
    return os.pread(said, 1_000_000, 0).decode(errors="replace").strip()[-400:]

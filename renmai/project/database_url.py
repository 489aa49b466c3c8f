"""``DATABASE_URL``: SQLite in a file, or PostgreSQL over the network or a socket."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from renmai.project.problems import EnvironmentProblem

SQLITE_FILE = "renmai.sqlite3"
SQLITE_BUSY_TIMEOUT_SECONDS = 20
CONNECTION_MAX_AGE_SECONDS = 600
POSTGRES_CONNECT_TIMEOUT_SECONDS = 10
POSTGRES_PREPARE_AFTER = 5
"""A statement that a connection has sent this often is prepared by the server, which then neither parses nor plans it again."""
POSTGRES_OPTIONS = frozenset({"host", "sslmode", "sslrootcert", "sslcert", "sslkey", "application_name"})
FORMS = "use sqlite:///path/to/file or postgres://user:password@host:5432/name"


@dataclass(frozen=True, kw_only=True)
class Database:
    """Where the data is. ``name`` is a file for SQLite and a database for PostgreSQL."""

    vendor: str
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def settings(self) -> dict[str, Any]:
        """Return the entry for Django's ``DATABASES``."""
        common = {"NAME": self.name, "CONN_MAX_AGE": CONNECTION_MAX_AGE_SECONDS, "CONN_HEALTH_CHECKS": True}
        if self.vendor == "sqlite":
            # IMMEDIATE takes the write lock when a transaction begins. With SQLite's own default a transaction that reads
            # first and writes later fails at once, without waiting, when another one wrote in between.
            pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            options = {
                "transaction_mode": "IMMEDIATE",
                "timeout": SQLITE_BUSY_TIMEOUT_SECONDS,
                "init_command": pragmas,
            }
            return {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options, **common}
        speed = {"server_side_binding": True, "prepare_threshold": POSTGRES_PREPARE_AFTER}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": {"connect_timeout": POSTGRES_CONNECT_TIMEOUT_SECONDS, **speed, **dict(self.options)},
            **common,
        }


def parse_database_url(url: str, *, home: Path) -> Database:
    """Return the database that ``url`` names; an empty one means the SQLite file in ``home``.

    Raises ``EnvironmentProblem``. The sentence never repeats the address, which may hold a password.
    """
    if not url:
        return Database(vendor="sqlite", name=str(home / SQLITE_FILE))
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as error:
        raise EnvironmentProblem(f"DATABASE_URL cannot be read ({error}): {FORMS}.") from error
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite":
        return _sqlite(name, netloc=parts.netloc)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvironmentProblem(f"DATABASE_URL names a database that Renmai does not know: {FORMS}.")
    if not name:
        raise EnvironmentProblem(f"DATABASE_URL does not say which database to use: {FORMS}.")
    options = dict(parse_qsl(parts.query))
    unknown = sorted(set(options) - POSTGRES_OPTIONS)
    if unknown:
        raise EnvironmentProblem(f"DATABASE_URL has an option that Renmai does not know: {unknown[0]}.")
    # A socket's folder cannot stand where the host stands, so it comes as ?host=/folder, as it does for psql.
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return Database(
        vendor="postgresql",
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=host,
        port=port,
        options=tuple(sorted(options.items())),
    )


def _sqlite(name: str, *, netloc: str) -> Database:
    if netloc or not name or name.endswith("/"):
        raise EnvironmentProblem(f"DATABASE_URL does not name a file: {FORMS}.")
    if name == ":memory:":
        raise EnvironmentProblem("DATABASE_URL must name a file: several processes share the database.")
    return Database(vendor="sqlite", name=str(Path(name).expanduser().absolute()))

"""Everything the outside may configure: ``RENMAI_HOME``, ``DATABASE_URL`` and the ``RENMAI_*`` variables.

``VARIABLES`` is the one table: it is read here and printed into ``docs/configuration.md``. A value that makes no sense, or a
``RENMAI_`` variable that nobody knows, stops the start with one sentence (``EnvironmentProblem``); nothing is guessed.
"""

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from renmai.project.database_url import Database, parse_database_url
from renmai.project.problems import EnvironmentProblem

CHECKOUT = Path(__file__).resolve().parents[2]
SECRET_KEY_FILE = "secret-key"  # noqa: S105  the name of a file  # nosec B105
SECRET_KEY_MIN_LENGTH = 32
LIMITS_MAX = 1000
SHARED_SECRET_MIN_LENGTH = 16
DATABASE_PASSWORD_MIN_LENGTH = 12
PLACEHOLDERS = ("changeme", "example", "placeholder", "yoursecret", "yourtoken", "insecure", "replaceme", "xxxxxxxx", "todo")
LOCAL_HOSTS = frozenset({"", "localhost", "127.0.0.1", "::1", "[::1]"})
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The configuration of one process, typed and checked."""

    home: Path
    database: Database
    secret_key: str = field(repr=False)
    debug: bool
    demo: bool
    base_url: str
    allowed_hosts: tuple[str, ...]
    trust_proxy: bool
    log_level: str
    limits: float
    wechat_app_id: str
    wechat_app_secret: str = field(repr=False)
    text_gateway_url: str
    text_gateway_token: str = field(repr=False)
    sandbox_secret: str = field(repr=False)
    chromium: str

    @property
    def https(self) -> bool:
        """Whether people reach the shop over https."""
        return self.base_url.startswith("https://")

    def require_secret_key(self) -> None:
        """Refuse to serve without a key of one's own; every process that answers people or signs things calls this."""
        if not self.secret_key:
            raise EnvironmentProblem(
                "RENMAI_SECRET_KEY is missing: set it to a random text of at least "
                f"{SECRET_KEY_MIN_LENGTH} characters (python3 -c 'import secrets; print(secrets.token_urlsafe(48))')."
            )


@dataclass(frozen=True)
class Variable:
    """One row of the table: where a field of ``Environment`` comes from, how it is read and what it is for."""

    name: str
    field: str
    parse: Callable[[str], object]
    default: str
    says: str
    default_says: str = ""
    is_secret: bool = False


def _text(value: str) -> str:
    return value.strip()


def _boolean(value: str) -> bool:
    match value.strip().lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "" | "0" | "false" | "no" | "off":
            return False
    raise ValueError("must be 1 or 0")


def _folder(value: str) -> Path:
    if not value.strip():
        raise ValueError("must name a folder")
    return Path(value).expanduser().absolute()


def _base_url(value: str) -> str:
    parts = urlsplit(value.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must begin with http:// or https:// and name a host")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be only the address of the host, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def _gateway_url(value: str) -> str:
    parts = urlsplit(value.strip())
    if value and (parts.scheme != "https" or not parts.hostname):
        raise ValueError("must begin with https:// and name a host")
    return value.strip()


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in value.split(",") if host.strip())
    for host in hosts:
        if "/" in host or "*" in host:
            raise ValueError("must be host names separated by commas, without http:// and without *")
    return hosts


def _log_level(value: str) -> str:
    level = value.strip().upper()
    if level not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return level


def _factor(value: str) -> float:
    try:
        factor = float(value)
    except ValueError:
        factor = -1.0
    if not 0 <= factor <= LIMITS_MAX:
        raise ValueError(f"must be a number from 0 to {LIMITS_MAX}")
    return factor


def _secret(value: str) -> str:
    if value and len(value) < SECRET_KEY_MIN_LENGTH:
        raise ValueError(f"must have at least {SECRET_KEY_MIN_LENGTH} characters")
    if value and (len(set(value)) < SECRET_KEY_MIN_LENGTH // 4 or _is_placeholder(value)):
        raise ValueError("must be random")
    return value


def _shared_secret(value: str) -> str:
    """A secret that somebody else gave us: as long as theirs are, and no placeholder."""
    if value and (
        len(value) < SHARED_SECRET_MIN_LENGTH or len(set(value)) < SHARED_SECRET_MIN_LENGTH // 3 or _is_placeholder(value)
    ):
        raise ValueError(f"must be the secret that was given to you: at least {SHARED_SECRET_MIN_LENGTH} random characters")
    return value


def _is_placeholder(value: str) -> bool:
    plain = "".join(char for char in value.lower() if char.isalnum())
    return any(word in plain for word in PLACEHOLDERS)


def _executable(value: str) -> str:
    if value and not os.access(value, os.X_OK):
        raise ValueError("must be the path of an executable")
    return value


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "RENMAI_HOME",
        "home",
        _folder,
        "",
        "Folder of all local state: the SQLite file, uploaded pictures, static files, the demo's key.",
        "`.renmai` in a checkout, else `~/.renmai`",
    ),
    Variable(
        "RENMAI_SECRET_KEY",
        "secret_key",
        _secret,
        "",
        "Signs sessions and links. At least 32 random characters; the server refuses to start without it. "
        "Only the demo makes one for itself.",
        is_secret=True,
    ),
    Variable("RENMAI_DEBUG", "debug", _boolean, "0", "Pages of Django's debugger. Never where others can reach it."),
    Variable("RENMAI_DEMO", "demo", _boolean, "0", "The world of the demo: sign-ins on the page, an inbox for phone codes."),
    Variable(
        "RENMAI_BASE_URL",
        "base_url",
        _base_url,
        "http://localhost:8000",
        "The address at which people reach the shop; links, QR codes and posters carry it. https switches secure cookies on.",
    ),
    Variable(
        "RENMAI_ALLOWED_HOSTS",
        "allowed_hosts",
        _hosts,
        "",
        "Further host names to answer to, separated by commas. The host of RENMAI_BASE_URL and this machine's own always are.",
    ),
    Variable(
        "RENMAI_TRUST_PROXY",
        "trust_proxy",
        _boolean,
        "0",
        "1 when a reverse proxy in front sets X-Forwarded-Proto and X-Forwarded-For itself.",
    ),
    Variable("RENMAI_LOG_LEVEL", "log_level", _log_level, "INFO", f"One of {', '.join(LOG_LEVELS)}."),
    Variable(
        "RENMAI_LIMITS",
        "limits",
        _factor,
        "1",
        "How generous the limits against floods are (docs/limits.md): 2 allows twice as much, 0 leaves floods to the proxy. "
        "Limits on guessing codes and passwords always hold.",
    ),
    Variable("RENMAI_WECHAT_APP_ID", "wechat_app_id", _text, "", "WeChat sign-in: the app id. Empty leaves WeChat off."),
    Variable(
        "RENMAI_WECHAT_APP_SECRET", "wechat_app_secret", _shared_secret, "", "WeChat sign-in: the app secret.", is_secret=True
    ),
    Variable(
        "RENMAI_TEXT_GATEWAY_URL",
        "text_gateway_url",
        _gateway_url,
        "",
        "Text messages: the https address that takes them as JSON (phone, purpose, body). Empty sends nothing.",
    ),
    Variable(
        "RENMAI_TEXT_GATEWAY_TOKEN", "text_gateway_token", _shared_secret, "", "Text messages: the bearer token.", is_secret=True
    ),
    Variable(
        "RENMAI_SANDBOX_SECRET",
        "sandbox_secret",
        _secret,
        "",
        "Signs the callbacks of the sandbox cashier.",
        "derived from RENMAI_SECRET_KEY",
        is_secret=True,
    ),
    Variable("RENMAI_CHROMIUM", "chromium", _executable, "", "Chromium for the browser tests.", "the one found on PATH"),
)


def default_home() -> Path:
    """Return the folder used when ``RENMAI_HOME`` is not set."""
    return CHECKOUT / ".renmai" if (CHECKOUT / "run").is_file() else Path.home() / ".renmai"


def read(environ: Mapping[str, str]) -> Environment:
    """Return the configuration that ``environ`` describes. Raises ``EnvironmentProblem`` with one sentence."""
    _refuse_unknown(environ)
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        raw = environ.get(variable.name, variable.default)
        if variable.field == "home" and variable.name not in environ:
            raw = str(default_home())
        try:
            values[variable.field] = variable.parse(raw)
        except ValueError as error:
            shown = "" if variable.is_secret else f" It is {raw!r}."
            raise EnvironmentProblem(f"{variable.name} {error}.{shown}") from error
    home: Path = values["home"]
    if environ.get("RENMAI_SECRET_KEY") == "":
        raise EnvironmentProblem("RENMAI_SECRET_KEY is empty: set it to a random text, or do not set it at all.")
    values["secret_key"] = values["secret_key"] or kept_secret_key(home)
    if bool(values["wechat_app_id"]) != bool(values["wechat_app_secret"]):
        raise EnvironmentProblem("RENMAI_WECHAT_APP_ID and RENMAI_WECHAT_APP_SECRET must be set together.")
    if bool(values["text_gateway_url"]) != bool(values["text_gateway_token"]):
        raise EnvironmentProblem("RENMAI_TEXT_GATEWAY_URL and RENMAI_TEXT_GATEWAY_TOKEN must be set together.")
    values["database"] = parse_database_url(environ.get("DATABASE_URL", ""), home=home)
    found = Environment(**values)
    if not found.demo:
        _refuse_what_is_only_for_trying(found)
    return found


def _refuse_what_is_only_for_trying(found: Environment) -> None:
    """Raise for what may be used on one's own machine and nowhere else."""
    if found.debug and urlsplit(found.base_url).hostname not in LOCAL_HOSTS:
        raise EnvironmentProblem(
            "RENMAI_DEBUG shows settings and data to whoever causes an error: it must be 0 unless RENMAI_BASE_URL is this machine's own."
        )
    password = found.database.password
    is_far = found.database.vendor == "postgresql" and not (
        found.database.host.startswith("/") or found.database.host in LOCAL_HOSTS
    )
    is_weak = len(password) < DATABASE_PASSWORD_MIN_LENGTH or password == found.database.user or _is_placeholder(password)
    if is_far and password and is_weak:
        raise EnvironmentProblem(
            "DATABASE_URL has a password that can be guessed, for a database on another machine: it must be random, of at least "
            f"{DATABASE_PASSWORD_MIN_LENGTH} characters (none at all where certificates are used)."
        )


def current() -> Environment:
    """Return the configuration of this process and make sure that its home folder exists."""
    environment = read(os.environ)
    try:
        environment.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise EnvironmentProblem(f"RENMAI_HOME {environment.home} cannot be made: {error.strerror}.") from error
    return environment


def kept_secret_key(home: Path) -> str:
    """Return the key that the demo left in ``home``, or nothing."""
    try:
        return (home / SECRET_KEY_FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentProblem(f"{home / SECRET_KEY_FILE} cannot be read: {error}.") from error


def keep_secret_key(home: Path, key: str) -> None:
    """Leave ``key`` in ``home`` where only this user can read it; a key that is already there stays."""
    path = home / SECRET_KEY_FILE
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(key)
    except FileExistsError:
        return


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = [variable.name for variable in VARIABLES]
    for name in sorted(environ):
        if name.startswith("RENMAI_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
            hint = f" Did you mean {near[0]}?" if near else " docs/configuration.md lists them all."
            raise EnvironmentProblem(f"{name} is not a variable of Renmai.{hint}")

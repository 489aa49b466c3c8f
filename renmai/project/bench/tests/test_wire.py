"""The loader's browser: HTTP of a few lines, and rounds of customers."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from renmai.project.bench import load
from renmai.project.bench.load import Job, Load
from renmai.project.bench.pgbench import Ranges
from renmai.project.bench.shop import Rounds
from renmai.project.bench.stage import Good, Member, Stage
from renmai.project.bench.wire import Browser, Connection, InProcess
from renmai.project.problems import Problem

PAGE = b"HTTP/1.1 200 OK\r\nSet-Cookie: visitor=a:b=c; Path=/\r\nContent-Length: 5\r\n\r\nhello"
MOVED = b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\nLocation: /checkout/?sku_id=1\r\n\r\n"


@contextmanager
def server(*answers: Sequence[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """A server of one connection: one answer per request, each in the given pieces."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with listening.accept()[0] as connection:
                for pieces in answers:
                    if not (request := connection.recv(65536)):
                        return
                    heard.append(request)
                    for piece in pieces:
                        connection.sendall(piece)

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield listening.getsockname()[1], heard
        finally:
            serving.join(timeout=10)


def test_one_connection_several_requests_cookies_kept() -> None:
    with server([PAGE[:30], PAGE[30:80], PAGE[80:]], [MOVED]) as (port, heard):
        browser = Browser(Connection(port), headers={"X-Forwarded-For": "10.0.0.1"})
        assert browser.get("/s/abc").body == b"hello"
        answer = browser.post("/cart/add/", {"sku_id": 1, "next": "checkout"})
        browser.transport.close()
    assert (answer.status, answer.location, answer.body) == (302, "/checkout/?sku_id=1", b"")
    first, second = (request.decode().split("\r\n\r\n") for request in heard)
    assert first[0].startswith("GET /s/abc HTTP/1.1\r\nHost: localhost\r\n")
    assert "X-Forwarded-For: 10.0.0.1" in first[0]
    assert "Cookie" not in first[0]
    assert "Cookie: visitor=a:b=c" in second[0]
    assert "Content-Length: 22" in second[0]
    assert second[1] == "sku_id=1&next=checkout"


def test_an_answer_that_was_not_expected_ends_the_round() -> None:
    with server([MOVED]) as (port, _heard):
        browser = Browser(Connection(port))
        with pytest.raises(Problem, match="GET /cart/ answered 302"):
            browser.get("/cart/?a=1")
        browser.transport.close()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", b""])
def test_an_answer_without_end_is_refused(answer: bytes) -> None:
    with server([answer]) as (port, _heard):
        connection = Connection(port)
        with pytest.raises(Problem, match="the shop"):
            connection.send("GET / HTTP/1.1", b"")
        connection.close()


def test_in_process_the_application_sees_the_same_request() -> None:
    seen: dict[str, object] = {}

    def application(environ: dict[str, object], start: object) -> list[bytes]:
        seen.update(environ)
        start("201 Created", [("Content-Length", "2")])  # type: ignore[operator]
        return [b"o", b"k"]

    answer = Browser(InProcess(application)).post_json("/api/v1/quotes?a=1", b"{}", headers={"X-Visitor": "me"})
    assert (answer.status, answer.body) == (201, b"ok")
    wanted = {"PATH_INFO": "/api/v1/quotes", "QUERY_STRING": "a=1", "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": "2"}
    assert wanted.items() <= seen.items()
    assert seen["HTTP_X_VISITOR"] == "me"


def stage() -> Stage:
    members = tuple(
        Member(100 + number, f"00000000-0000-4000-8000-{number:012x}", 200 + number, "s=1", "v=1", "rm_", "x")
        for number in range(3)
    )
    goods = tuple(Good(300 + number, 400 + number, 500 + number, f"c{number}") for number in range(2))
    return Stage("shop", members, goods)


def test_customers_take_turns() -> None:
    turns = [(member.user_id, good.sku_id) for member, good in map(stage().turn, range(4))]
    assert stage().ranges() == Ranges(3, 2, {"user": 100, "address": 200, "product": 300, "sku": 400, "share": 500})
    assert turns == [(100, 400), (101, 401), (102, 400), (100, 401)]


def test_a_round_looks_at_pages_in_turn_until_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "PAGES_PER_CONNECTION", 10**9)
    with server(*[[PAGE]] * 10_000) as (port, heard):
        found = load.run(Job(1, 0.05, addresses=("/a", "/b")), stage(), port, watched=1)
    assert found.count == len(found.taken_ms) > 0
    assert [request.split()[1] for request in heard] == ([b"/a", b"/b"] * found.count)[: found.count]
    assert found.seconds >= 0.05
    assert load.from_json(load.as_json(found)) == found


def test_a_failure_ends_the_round_and_is_told() -> None:
    with server([MOVED]) as (port, _heard), pytest.raises(Problem, match="GET /a answered 302"):
        load.run(Job(1, 5, addresses=("/a",)), stage(), port, watched=1)


def test_the_middle_round_counts() -> None:
    loads = [
        Load(count, 2.0, 0.1, (float(count),), {"link": float(count)}, {"web": float(count), "database": 1.0})
        for count in (10, 90, 20)
    ]
    rounds = Rounds(tuple(loads))
    assert rounds.per_second == 10
    assert rounds.taken_ms == [10, 90, 20]
    assert rounds.cost("web", "database") == 21
    assert rounds.steps() == "link 20"

"""Tests cannot reach the world, and their clock stands still."""

import socket
from datetime import UTC, datetime, timedelta

import pytest

from renmai.kernel import clock
from tools.testing.moving_clock import START, MovingClock
from tools.testing.sockets import OutsideConnection


@pytest.mark.parametrize("host", ["192.0.2.1", "example.com"])
def test_no_connection_leaves_this_machine(host: str) -> None:
    with socket.socket() as outgoing, pytest.raises(OutsideConnection, match=host):
        outgoing.connect((host, 443))
    with socket.socket() as outgoing, pytest.raises(OutsideConnection, match=host):
        outgoing.connect_ex((host, 443))


def test_loopback_is_open() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())


def test_the_clock_stands_until_it_is_moved(moving_clock: MovingClock) -> None:
    assert clock.now() == clock.now() == START
    moving_clock.advance(days=1, seconds=-1)
    assert clock.now() == START + timedelta(days=1, seconds=-1)
    moving_clock.travel(datetime(2030, 1, 1, tzinfo=UTC))
    assert moving_clock.now == datetime(2030, 1, 1, tzinfo=UTC)


def test_the_true_time_runs_again_afterwards() -> None:
    held = MovingClock()
    held.close()
    assert abs(clock.now() - datetime.now(tz=UTC)) < timedelta(seconds=5)

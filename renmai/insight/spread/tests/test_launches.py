"""The figures of a log counted by hand."""

from dataclasses import dataclass

import pytest

from renmai.insight.spread.launches import cascade_lines, log_cascades
from renmai.insight.spread.trees import Band


@dataclass(frozen=True)
class Launch:
    initiator: int
    item: int
    joined: tuple[int, ...] = ()


def test_a_small_log() -> None:
    found = log_cascades(
        [
            Launch(1, 70, (2,)),
            Launch(2, 70, (1, 3)),
            Launch(4, 71),
            Launch(5, 72, (6,)),
            Launch(5, 73, (6,)),
        ]
    )
    assert (found.launches, found.succeeded, found.failed) == (5, 4, 1)
    assert found.brought is not None
    assert found.brought.value == 1.0
    assert found.mean_of_successful == 1.25
    assert found.sizes == (Band(1, 1, 1, 1), Band(2, 2, 3, 6), Band(3, 4, 1, 3))
    assert found.mean_virality == pytest.approx((3 * 1 + 4 / 3) / 4)
    assert (found.people, found.initiators, found.participants, found.both) == (6, 4, 4, 2)
    assert (found.pairs, found.returned_pairs, found.largest_circle) == (4, 2, 3)
    assert found.top_tenth_share == pytest.approx(2 / 5)


def test_an_empty_log_and_one_of_failures() -> None:
    empty = log_cascades([])
    assert (empty.launches, empty.brought, empty.sizes, empty.largest_circle) == (0, None, (), 0)
    failed = log_cascades([Launch(1, 2), Launch(1, 3)])
    assert (failed.failed, failed.succeeded, failed.mean_of_successful, failed.top_tenth_share) == (2, 0, 0.0, 0.0)
    assert failed.sizes == (Band(1, 1, 2, 2),)


def test_what_a_terminal_shows() -> None:
    lines = cascade_lines(log_cascades([Launch(1, 70, (2,)), Launch(4, 71)]))
    assert lines[0] == "cascades of 2 launches by 2 people; 1 people joined, 0 did both"
    assert lines[1].startswith("people brought by a launch: 0.5000 (")
    assert lines[2] == "launches by people in them: 1: 1, 2: 1"
    assert "cycle time" in lines[-1]
    assert "nobody launched anything" in cascade_lines(log_cascades([]))[1]

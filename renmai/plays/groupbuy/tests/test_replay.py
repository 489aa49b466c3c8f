"""The replay of a log: read line by line, lived through by the play's own actions, compared launch by launch, resumable."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from renmai.accounts.models import Region
from renmai.campaigns.replaying import Advance, Replay, ReplayError
from renmai.journeys.tests.world import buy, customer, goods, violations
from renmai.kernel import outbox
from renmai.kernel.models import OutboxEvent
from renmai.ordering.models import Order
from renmai.payments.models import Refund
from renmai.plays.groupbuy import replay
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.replay import living, log, running
from tools.testing.everything import REACTIONS

SUCCESSES = "0\t5\t1\n2\t5\t3\t4\n1\t6\t0\n"
FAILURES = "0\t6\n5\t5\n7\t6\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "log"
    place.mkdir()
    (place / "tune.txt").write_text(SUCCESSES, encoding="utf-8")
    (place / "invalid.txt").write_text(FAILURES, encoding="utf-8")
    (place / "data_size.txt").write_text("8\t7", encoding="utf-8")
    return place


@contextmanager
def quiet(title: str, total: int | None) -> Iterator[Advance]:
    yield lambda _steps: None


def task(folder: Path, *, limit: int | None = None, work: Callable[[], None] | None = None) -> Replay:
    return Replay(
        folder=folder,
        home=folder.parent,
        limit=limit,
        processes=1,
        progress=quiet,
        work=work or (lambda: outbox.drain(REACTIONS)),
    )


def test_a_line_that_cannot_be_is_put_aside_with_its_reason(folder: Path) -> None:
    (folder / "tune.txt").write_text(
        "0\t5\t1\n0\t5\n0\t9\t1\n0\t5\t0\n0\t5\t1\t1\nx\t5\t1\n0\t5\t-1\n8\t5\t1\n\n", encoding="utf-8"
    )
    read = log.read(folder, limit=None)
    assert [launch.key for launch in read.launches if launch.joined] == ["tune:1"]
    assert [(aside.key, aside.reason) for aside in read.aside] == [
        ("tune:2", "too few or too many numbers"),
        ("tune:3", "nobody or nothing has this number"),
        ("tune:4", "somebody twice in one group"),
        ("tune:5", "somebody twice in one group"),
        ("tune:6", "not numbers"),
        ("tune:7", "not numbers"),
        ("tune:8", "nobody or nothing has this number"),
    ]
    assert read.read == 11


def test_the_same_log_is_read_in_the_same_order_and_a_part_is_its_beginning(folder: Path) -> None:
    whole, again, part = log.read(folder, limit=None), log.read(folder, limit=None), log.read(folder, limit=4)
    assert whole == again
    assert part.launches == whole.launches[:4]
    assert part.digest != whole.digest


@pytest.mark.parametrize("spoil", ["remove", "sizes", "empty"])
def test_a_folder_that_holds_no_log_is_refused(folder: Path, spoil: str) -> None:
    match spoil:
        case "remove":
            folder = folder / "nowhere"
        case "sizes":
            (folder / "data_size.txt").write_text("many", encoding="utf-8")
        case _:
            (folder / "tune.txt").write_text("", encoding="utf-8")
            (folder / "invalid.txt").write_text("", encoding="utf-8")
    with pytest.raises(ReplayError):
        log.read(folder, limit=None)


@pytest.mark.django_db
def test_every_launch_ends_as_the_log_says_and_the_books_agree(folder: Path) -> None:
    assert Region.objects.exists()
    is_right, said = replay.run(task(folder))
    assert said[-1] == "launches 6 = succeeded 3 + failed 3 + quarantined 0"
    assert is_right
    assert sorted(Group.objects.values_list("status", "joined")) == [
        ("done", 2),
        ("done", 2),
        ("done", 3),
        ("failed", 1),
        ("failed", 1),
        ("failed", 1),
    ]
    assert set(Order.objects.filter(seat__group__status="failed").values_list("status", flat=True)) == {"refunded"}
    assert set(Order.objects.filter(seat__group__status="done").values_list("status", flat=True)) == {"shipped"}
    three = Refund.objects.filter(payment__reference__in=Order.objects.filter(seat__group__joined=3).values("number"))
    assert list(three.values_list("amount_fen", flat=True)) == [1000, 1000, 1000]
    assert violations() == []


@pytest.mark.django_db
def test_events_are_delivered_beside_the_launches_and_not_only_in_the_evening(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "WORKED_EVERY", 1)
    waiting: list[int] = []
    worked = living.work_at

    def counted(*given: Any) -> None:
        worked(*given)
        waiting.append(OutboxEvent.objects.filter(status=OutboxEvent.Status.PENDING, due_at__lte=given[0]).count())

    monkeypatch.setattr(running, "work_at", counted)
    is_right, _said = replay.run(task(folder))
    assert is_right
    assert waiting == [0] * 6


@pytest.mark.django_db
def test_it_goes_on_where_it_was_stopped_and_does_nothing_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lived = living.launch
    calls: list[int] = []

    def dies_at_the_third(*given: object) -> None:
        calls.append(1)
        lived(*given)  # type: ignore[arg-type]
        if len(calls) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(running, "launch", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        replay.run(task(folder))
    is_right, said = replay.run(task(folder))
    assert (is_right, said[-1]) == (True, "launches 6 = succeeded 3 + failed 3 + quarantined 0")
    assert Order.objects.count() == Seat.objects.count() == 10
    orders = Order.objects.count()
    is_right, said = replay.run(task(folder))
    assert is_right
    assert "nothing was left to do" in " ".join(said)
    assert Order.objects.count() == orders
    assert violations() == []


@pytest.mark.django_db
def test_a_shop_in_which_somebody_has_bought_is_left_alone(folder: Path) -> None:
    (peach,) = goods()
    buy(customer(), [(peach, 1)])
    with pytest.raises(ReplayError, match="orders of its own"):
        replay.run(task(folder))
    assert Order.objects.count() == 1


@pytest.mark.django_db
def test_an_outcome_that_is_not_the_logs_is_said(folder: Path) -> None:
    replay.run(task(folder))
    Group.objects.filter(status="done", joined=3).update(joined=2, arrivals=3)
    is_right, said = replay.run(task(folder))
    assert not is_right
    assert any(line.startswith("WRONG tune:") and "done with 2 of 3" in line for line in said)
    assert said[-1] == "launches 6 = succeeded 2 + failed 3 + quarantined 0"

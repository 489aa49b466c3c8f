"""``./run torture`` itself: whose turn it is, how it ends, and what it prints for whoever wants to see a finding again."""

import pytest

from tools.torture import __main__ as command
from tools.torture.scenarios import TABLE


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, int]]:
    taken: list[tuple[str, str, int]] = []

    def take(row: command.Row, seed: int) -> tuple[int, str]:
        taken.append((row.scenario.name, row.vendor, seed))
        clock[0] += 30
        return 0, "all well"

    clock = [0.0]
    monkeypatch.setattr(command, "_in_a_process", take)
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    return taken


def test_scenarios_share_the_time_and_each_turn_has_a_seed_of_its_own(
    turns: list[tuple[str, str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--minutes", "50", "--database", "sqlite", "--seed", "7"]) == 0
    assert sum(row.share for row in TABLE) == 100
    counts = {row.name: sum(name == row.name for name, _vendor, _seed in turns) for row in TABLE}
    assert counts == {row.name: row.share for row in TABLE}
    races = [seed for name, _vendor, seed in turns if name == "races"]
    assert races == list(range(7, 7 + len(races)))
    said = capsys.readouterr().out
    assert said.startswith("seed 7\n")
    assert f"races        sqlite    {len(races):>5} {30 * len(races):>8}  all well" in said


def test_the_first_finding_ends_it_and_says_how_to_see_it_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "_in_a_process", lambda _row, _seed: (1, "Broken: a fen"))
    assert command.main(["--only", "simulator", "--database", "sqlite", "--seed", "11"]) == 1
    said = capsys.readouterr().out
    assert "  ./run torture --only simulator --database sqlite --seed 11 --minutes 0.01\n" in said
    assert "FOUND something with seed 11" in said


def test_ctrl_c_ends_it_with_the_table(
    turns: list[tuple[str, str, int]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    take = command._in_a_process

    def interrupted(row: command.Row, seed: int) -> tuple[int, str]:
        if len(turns) == 2:
            raise KeyboardInterrupt
        return take(row, seed)

    monkeypatch.setattr(command, "_in_a_process", interrupted)
    assert command.main(["--only", "kills", "--database", "sqlite"]) == 130
    said = capsys.readouterr().out
    assert "stopped by Ctrl-C" in said
    assert "kills        sqlite        2       60  all well" in said

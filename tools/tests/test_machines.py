"""A machine that asks the audit seldom still finds whatever stays broken."""

import pytest
from hypothesis.stateful import rule

from tools.testing.machines import AUDITED_EVERY, AuditedMachine, run_machine


class Steps(AuditedMachine):
    """Breaks at a step that is set from outside."""

    breaks_at = 0
    audits = 0

    def __init__(self) -> None:
        super().__init__()
        self.steps_done = 0

    @rule()
    def step(self) -> None:
        self.steps_done += 1

    def audit(self) -> None:
        type(self).audits += 1
        assert self.steps_done < self.breaks_at


@pytest.mark.parametrize("breaks_at", [1, AUDITED_EVERY - 1, AUDITED_EVERY + 1])
def test_what_breaks_between_two_audits_is_found(breaks_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Steps, "breaks_at", breaks_at)
    with pytest.raises(AssertionError):
        run_machine(Steps, examples=3, steps=AUDITED_EVERY + 2)


def test_what_never_breaks_is_audited_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Steps, "breaks_at", 10**9)
    monkeypatch.setattr(Steps, "audits", 0)
    run_machine(Steps, examples=1, steps=AUDITED_EVERY * 3)
    assert 0 < Steps.audits <= 4

"""How long state machines run: shortly in ``./run test``, and in ``./run torture`` by its own profile."""

import sys

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

SHORT, LONG = "short", "torture"
TIMES_MORE, TIMES_DEEPER = 4, 2
AUDITED_EVERY = 6
"""How many steps the short form goes between two audits."""


class AuditedMachine(RuleBasedStateMachine):
    """A machine that asks ``audit`` after every few steps and at the end of each example, and in the long profile after each step.

    An audit takes longer than most steps, and what it finds broken stays broken: the short form may name a later step than the one that
    broke it. The machine's own invariants, which hold the rows against the model, are asked after each step in both.
    """

    _asked = 0

    def audit(self) -> None:
        """Ask, and fail if anything is found."""
        raise NotImplementedError

    @invariant()
    def the_audits_are_clean(self) -> None:
        """Ask now and then."""
        self._asked += 1
        if _is_long() or self._asked % AUDITED_EVERY == 0:
            self.audit()

    def teardown(self) -> None:
        """Ask at the end of an example that has not failed already. To be called before the world is taken back."""
        if sys.exc_info()[0] is None:
            self.audit()


def _is_long() -> bool:
    return settings.get_current_profile_name() == LONG


def register_profile() -> None:
    """Make ``--hypothesis-profile=torture`` known, and the short one the usual: ``conftest.py`` does so before the option is read.

    Neither has a deadline: no test judges by the clock of whatever machine it runs on.
    """
    settings.register_profile(LONG, deadline=None)
    settings.register_profile(SHORT, deadline=None)
    settings.load_profile(SHORT)


def examples(short: int) -> int:
    """Return how many examples a property over a whole shop is shown by: ``short``, or more in the long profile."""
    return short * TIMES_MORE if _is_long() else short


def run_machine(machine: type[RuleBasedStateMachine], *, examples: int = 15, steps: int = 25, shrinks: bool = False) -> None:
    """Run ``machine`` for so many examples of so many steps, or for more and deeper ones in the long profile.

    Unless it ``shrinks``, a failure is shown as it was found: its steps can be read, and shrinking them over a whole shop takes minutes.
    """
    is_long = _is_long()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples * TIMES_MORE if is_long else examples,
            stateful_step_count=steps * TIMES_DEEPER if is_long else steps,
            deadline=None,
            phases=list(Phase) if shrinks else [Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )

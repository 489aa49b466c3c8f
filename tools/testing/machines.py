"""How long state machines run: shortly in ``./run test``, and in ``./run torture`` by its own profile."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

SHORT, LONG = "short", "torture"
TIMES_MORE, TIMES_DEEPER = 4, 2


def register_profile() -> None:
    """Make ``--hypothesis-profile=torture`` known, and the short one the usual: ``conftest.py`` does so before the option is read.

    Neither has a deadline: no test judges by the clock of whatever machine it runs on.
    """
    settings.register_profile(LONG, deadline=None)
    settings.register_profile(SHORT, deadline=None)
    settings.load_profile(SHORT)


def run_machine(machine: type[RuleBasedStateMachine], *, examples: int = 15, steps: int = 25, shrinks: bool = False) -> None:
    """Run ``machine`` for so many examples of so many steps, or for more and deeper ones in the long profile.

    Unless it ``shrinks``, a failure is shown as it was found: its steps can be read, and shrinking them over a whole shop takes minutes.
    """
    is_long = settings.get_current_profile_name() == LONG
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

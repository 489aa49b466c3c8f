"""Whatever the staff does through the API stands in the log of acts, with who did it: every operation that changes something."""

import pytest

from renmai.accounts.models import ActLog
from renmai.accounts.policies import Permission
from renmai.api.tests import street
from renmai.api.tests.access import ACCESS
from renmai.api.tests.cases import Case
from renmai.api.tests.test_access import filled
from renmai.api.tests.world import fresh_key
from renmai.policy.queries import clear_cache
from tools.testing.changes import noted, taken_back
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

PERMISSIONS = frozenset(permission.value for permission in Permission)
CHANGES_NOTHING = frozenset({"advise"})
"""It computes an answer from what it is given."""

NO_ACTS = frozenset({"kernel_idempotencykey", "accounts_throttle", "programs_apitoken"})
"""What a request changes without anybody's having done anything: counts, keys of repetition, when a key was used."""


def of_the_staff() -> dict[str, Case]:
    """The operations that change something and need a permission."""
    return {
        name: case
        for name, case in ACCESS.items()
        if case.method != "GET" and set(case.who.split()) & PERMISSIONS and name not in CHANGES_NOTHING
    }


def test_every_act_through_the_api_is_logged_under_its_name(moving_clock: MovingClock) -> None:
    place = street.build(moving_clock)
    cases = of_the_staff()
    assert len(cases) > 40
    wrong = []
    for name, case in cases.items():
        program = place.programs[case.by]
        with taken_back(), noted(but=NO_ACTS) as changes:
            before = ActLog.objects.count()
            path, body = filled(case.path, place), filled(case.body, place)
            answer = program.send(case.method, path, body, **{"Idempotency-Key": fresh_key()})
            logged = list(ActLog.objects.order_by("pk").values_list("act", flat=True)[before:])
            others = [change for change in changes if change.table != "accounts_actlog"]
        clear_cache()
        if answer.status_code != case.status:
            wrong.append(f"{name}: {answer.status_code} {answer.content.decode()[:200]}")
        elif others and not logged:
            wrong.append(f"{name} changed {sorted({change.table for change in others})} and is not logged")
    assert not wrong, "\n".join(wrong)

"""Two operators at once: what neither may choose alone, both together may not either."""

import pytest

from renmai.accounts.models import ActLog, Role
from renmai.accounts.tests.factories import make_staff
from renmai.policy import actions, audit, queries
from renmai.policy.models import SettingChange
from tools.testing.together import Act, at_once, every_interleaving

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND, CAP = (f"commission.{name}_basis_points" for name in ("default", "second", "total_cap"))
WHY = "A sentence that is long enough."


def total() -> int:
    values = {view.setting.key: view.value for view in queries.settings()}
    return int(values[FIRST]) + int(values[SECOND])


def test_two_rates_that_together_exceed_the_cap() -> None:
    one, other = make_staff(Role.OWNER), make_staff(Role.OWNER)
    ends = set()

    def scene() -> tuple[Act, Act]:
        SettingChange.objects.all().delete()
        queries.clear_cache()
        actions.change_setting(one, CAP, value=1000, reason=WHY)
        actions.change_setting(one, FIRST, value=300, reason=WHY)
        actions.change_setting(one, SECOND, value=300, reason=WHY)
        actions.change_setting(one, "commission.depth", value=2, reason=WHY)
        return (
            lambda: actions.change_setting(one, FIRST, value=700, reason=WHY).value,
            lambda: actions.change_setting(other, SECOND, value=700, reason=WHY).value,
        )

    def check(first: str, second: str) -> None:
        said = {first, second}
        ends.add(tuple(sorted(said - {"700"})))
        assert "700" in said
        assert said & {"policy.combined", "request.conflict"}
        assert total() == 1000
        assert SettingChange.objects.count() == 5
        assert list(audit.violations()) == []

    every_interleaving(scene, check)
    assert ("policy.combined",) in ends


def test_one_value_at_a_time_leaves_a_history_without_gaps() -> None:
    people = [make_staff(Role.OWNER) for _number in range(8)]
    said = at_once(
        *[
            lambda who=who, minutes=minutes: actions.change_setting(who, "order.pay_minutes", value=minutes, reason=WHY).value
            for minutes, who in enumerate(people, 40)
        ]
    )
    kept = list(SettingChange.objects.order_by("pk"))
    assert len(kept) == ActLog.objects.filter(act="settings.change").count() == 8 - said.count("request.conflict") >= 1
    assert [change.follows for change in kept] == [0, *[change.pk for change in kept[:-1]]]
    assert queries.integer("order.pay_minutes") == kept[-1].value
    before = list(ActLog.objects.filter(act="settings.change").order_by("pk").values_list("detail", flat=True))
    assert [entry["before"] for entry in before[1:]] == [entry["after"] for entry in before[:-1]]

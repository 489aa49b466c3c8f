"""Alerts that a person closes: who may, once, with a note that is logged."""

import pytest

from renmai.accounts import actions, queries
from renmai.accounts.models import ActLog, Region, Role
from renmai.accounts.policies import ALERT_PERMISSIONS, PERMISSIONS, Permission, alert_permission
from renmai.accounts.tests.factories import enrol, make_member, make_staff
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert

pytestmark = pytest.mark.django_db


def make_alert(code: str = "stock.shortage") -> Alert:
    return Alert.objects.create(code=code, subject=f"thing {Alert.objects.count()}")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("code", [*(f"{prefix}.x" for prefix in ALERT_PERMISSIONS), "outbox.dead", "timer.failed"])
def test_each_kind_is_closed_by_those_who_deal_with_it(role: Role, code: str) -> None:
    alert, person = make_alert(code), make_staff(role)
    if role in PERMISSIONS[alert_permission(code)]:
        assert actions.resolve_alert(person, alert.pk, note="counted again").resolved_at is not None
        logged = ActLog.objects.get(act="alert.resolve")
        assert logged.detail == {"code": code, "subject": alert.subject, "note": "counted again"}
        assert (logged.object_type, logged.object_id) == ("alert", str(alert.pk))
        return
    with pytest.raises(DomainError) as refusal:
        actions.resolve_alert(person, alert.pk, note="counted again")
    assert refusal.value.code == "request.forbidden"
    alert.refresh_from_db()
    assert alert.resolved_at is None
    assert not ActLog.objects.filter(act="alert.resolve").exists()


def test_auditors_and_finance_never_close_the_machinery_s_alerts() -> None:
    assert alert_permission("outbox.dead") is Permission.SETTINGS_CHANGE
    assert all(Role.AUDITOR not in PERMISSIONS[alert_permission(f"{prefix}.x")] for prefix in (*ALERT_PERMISSIONS, "other"))


def test_an_alert_is_closed_once_and_with_words() -> None:
    owner, alert = make_staff(), make_alert()
    for note in ("", "   ", "ok", "\u200b\u200b\u200b\u200b"):
        with pytest.raises(DomainError) as refusal:
            actions.resolve_alert(owner, alert.pk, note=note)
        assert (refusal.value.code, refusal.value.field) == ("accounts.note", "note")
    actions.resolve_alert(owner, alert.pk, note="x" * 1000)
    assert len(ActLog.objects.get(act="alert.resolve").detail["note"]) == 300
    with pytest.raises(DomainError) as twice:
        actions.resolve_alert(owner, alert.pk, note="once more")
    assert twice.value.code == "request.conflict"
    with pytest.raises(DomainError) as missing:
        actions.resolve_alert(owner, 0, note="nothing")
    assert missing.value.code == "request.not_found"


def test_everybody_sees_the_alerts_that_are_hers() -> None:
    stock, late, dead = make_alert("stock.shortage"), make_alert("shipment.late"), make_alert("outbox.dead")
    make_alert("stockings.odd")

    def seen(*roles: Role) -> set[int]:
        return {alert.pk for alert in queries.alerts(make_staff(*roles), is_open=True)}

    assert seen(Role.MERCHANDISER) == {stock.pk}
    assert seen(Role.FULFILMENT) == {stock.pk, late.pk}
    assert seen(Role.AUDITOR) >= {stock.pk, late.pk, dead.pk}
    assert len(seen(Role.AUDITOR)) == 4
    for nobody in (make_staff(Role.ANALYST), make_member()):
        with pytest.raises(DomainError):
            queries.alerts(nobody, is_open=True)


def test_members_are_no_staff_and_factors_are_counted_in_one_statement() -> None:
    owner, other, member = make_staff(), make_staff(Role.SERVICE), make_member()
    enrol(other)
    assert queries.second_factors([owner.pk, other.pk, member.pk]) == {other.pk}
    assert queries.access_staff(owner, other.pk) == other
    for actor, person in ((owner, member), (other, owner)):
        with pytest.raises(DomainError):
            queries.access_staff(actor, person.pk)


def test_acts_are_found_by_their_name() -> None:
    owner = make_staff()
    enrol(owner)
    assert {row.act for row in queries.acts(act="staff.totp_confirm")} == {"staff.totp_confirm"}
    assert len(queries.acts(act="no.such")) == 0


def test_cities_come_with_their_province() -> None:
    found = {row.code: row for row in queries.cities()}
    assert found["440300"].parent == Region.objects.get(name="广东省")
    assert "440305" not in found

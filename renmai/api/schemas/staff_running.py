"""What the staff sees and says of settings, rules, the audit, figures and itself."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from renmai.accounts.models import Role
from renmai.api.answers import Out, Text
from renmai.api.parsing import In

Reason = Field(max_length=300)


class SettingOut(Out):
    """A setting, the value in force, and who set it why."""

    key: str = Field(alias="setting.key")
    title: Text = Field(alias="setting.title")
    unit: Text = Field(alias="setting.unit")
    allowed: Text = Field(alias="setting.allowed")
    rule_keys: list[str] = Field(alias="setting.rule_keys")
    value: bool | int | str
    is_default: bool
    changed_at: datetime | None
    changed_by: str | None
    reason: str

    @staticmethod
    def resolve_changed_by(row: Any) -> str | None:
        """Who set it."""
        return row.changed_by.display_name if row.changed_by else None


class SettingChangeOut(Out):
    """One value that a setting had."""

    value: bool | int | str
    changed_by: str | None
    reason: str
    at: datetime

    @staticmethod
    def resolve_changed_by(row: Any) -> str | None:
        """Who set it."""
        return row.changed_by.display_name if row.changed_by else None


class SettingIn(In):
    """A value from now on, and why."""

    value: bool | int | str
    reason: str = Reason


class RuleOut(Out):
    """One rule of law or of a platform, with its source."""

    key: str
    kind: str
    value: str = Field(alias="shown_value")
    unit: str
    breach: str
    says: Text
    source: str
    valid_from: date
    valid_until: date | None


class AdviceIn(In):
    """Five answers, each from 0 (not at all) to 4 (fully)."""

    goods: int = Field(ge=0, le=4)
    supply: int = Field(ge=0, le=4)
    service: int = Field(ge=0, le=4)
    trust: int = Field(ge=0, le=4)
    rules: int = Field(ge=0, le=4)


class AdviceReasonOut(Out):
    """What one answer contributes."""

    element: str
    title: Text
    points: int
    possible: int
    sentence: Text


class AdviceOut(Out):
    """Agents or direct: what fits now, and why."""

    model: str
    summary: Text
    points: int
    possible: int
    reasons: list[AdviceReasonOut]
    missing: list[str]


class ViolationOut(Out):
    """One broken invariant."""

    invariant: str
    subject: str
    detail: str


class AuditOut(Out):
    """What the audit finds, now."""

    count: int = Field(description="Counted up to a bound.")
    is_capped: bool
    violations: list[ViolationOut]


class ActOut(Out):
    """One act of the staff."""

    actor_name: str = Field(alias="actor.display_name")
    act: str
    object_type: str
    object_id: str
    detail: dict[str, Any]
    at: datetime


class AlertOut(Out):
    """Something a person must look at."""

    id: int
    code: str
    subject: str
    detail: str
    created_at: datetime
    resolved_at: datetime | None


class NoteIn(In):
    """What was done about it."""

    note: str = Field(max_length=400)


class BalanceOut(Out):
    """All accounts of one kind; ``balance_fen`` is on the side on which the kind grows."""

    kind: str
    side: str
    currency: str
    debits_fen: int
    credits_fen: int
    balance_fen: int


class PointOut(Out):
    """One day's value."""

    day: date
    value: int


class FigureOut(Out):
    """A figure of a period; ``unit`` is fen, count, share (0…1) or minutes. Fen and counts are whole."""

    key: str
    label: Text
    definition: Text
    unit: str
    value: int | float | None
    previous: int | float | None
    series: list[PointOut]

    @staticmethod
    def resolve_value(figure: Any) -> int | float | None:
        """Whole where it is counted."""
        return _whole(figure.value, figure.unit)

    @staticmethod
    def resolve_previous(figure: Any) -> int | float | None:
        """Whole where it is counted."""
        return _whole(figure.previous, figure.unit)


class FigureRowOut(Out):
    """One order that a figure was counted from."""

    number: str
    status: str
    funnel: str
    payable_fen: int
    refunded_fen: int
    paid_at: datetime | None


class StaffPersonOut(Out):
    """A member of the staff."""

    id: int
    username: str
    display_name: str
    is_active: bool
    roles: list[str]

    @staticmethod
    def resolve_roles(user: Any) -> list[str]:
        """What she is trusted with."""
        return sorted(row.role for row in user.staff_roles.all())


RoleName = Literal["owner", "merchandiser", "fulfilment", "service", "finance", "analyst", "auditor"]


class RolesIn(In):
    """Exactly what somebody is trusted with."""

    roles: list[RoleName] = Field(min_length=1, max_length=len(Role))


class NewStaffIn(RolesIn):
    """A new member of the staff."""

    username: str = Field(max_length=60)
    password: str = Field(max_length=256)
    display_name: str = Field(max_length=60)


class ActiveIn(In):
    """Whether an account is open."""

    is_active: bool


def _whole(value: float | None, unit: str) -> int | float | None:
    return round(value) if value is not None and unit in {"fen", "count"} else value

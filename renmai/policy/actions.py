"""Writes of the room: an operator changes a setting."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.kernel.errors import DomainError
from renmai.policy import queries, settings_table
from renmai.policy.models import SettingChange
from renmai.policy.rules import Outcome
from renmai.policy.settings_table import Setting, Value

REASON_MAX_LENGTH = 200
REASON_MIN_LENGTH = 2
REVIEW_REASON_MIN_LENGTH = 10
"""What a rule wants reviewed needs a sentence, not a word: it is the record of who took the responsibility."""


def change_setting(actor: User, key: str, *, value: object, reason: str) -> SettingChange:
    """Set ``key`` to ``value`` from now on, for a reason that the history keeps, and log the act.

    Needs ``settings.change``. Raises ``policy.unknown_setting``, ``policy.value`` (type or bounds), ``policy.refused`` (a hard limit,
    with its rule and source), ``policy.combined`` (the two commission rates exceed the cap), ``policy.reason`` (too short; a value
    that a rule wants reviewed needs a longer one) and ``request.conflict`` when somebody else changes a setting at this moment.
    """
    require(actor, Permission.SETTINGS_CHANGE)
    row = settings_table.get(key)
    wanted = settings_table.check_fit(row, value)
    decision = settings_table.judge(row, wanted)
    queries.refuse(decision)
    needed = REVIEW_REASON_MIN_LENGTH if decision.outcome is Outcome.REVIEW else REASON_MIN_LENGTH
    said = " ".join(reason.split())[:REASON_MAX_LENGTH]
    if len(said) < needed:
        raise DomainError("policy.reason", field="reason", minimum=needed)
    with transaction.atomic():
        follows = SettingChange.objects.aggregate(newest=Max("pk"))["newest"] or 0
        before = _value_now(row)
        change = _append(SettingChange(key=key, value=wanted, changed_by=actor, reason=said, follows=follows))
        _check_commissions()
        detail = {"before": before, "after": wanted, "reason": said, "outcome": decision.outcome.value}
        log_act(actor, "settings.change", object_type="setting", object_id=key, detail=detail)
    # Twice: for what this transaction still reads, and for what another thread may have cached before the commit.
    queries.clear_cache()
    transaction.on_commit(queries.clear_cache)
    return change


def _append(change: SettingChange) -> SettingChange:
    """Write the change behind the one it follows. Raises ``request.conflict`` when another change took that place a moment ago."""
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError:
        raise DomainError("request.conflict") from None
    return change


def _value_now(row: Setting) -> Value:
    newest = SettingChange.objects.filter(key=row.key).order_by("-pk").first()
    return newest.value if newest is not None and queries.holds(newest) else row.default


def _check_commissions() -> None:
    """Refuse, from inside the transaction, rates that together exceed the cap: the row just written is part of the sum."""
    values = {view.setting.key: view.value for view in queries.settings()}
    first, second, cap = (int(values[f"commission.{name}_basis_points"]) for name in ("default", "second", "total_cap"))
    total = first + (second if values["commission.depth"] != 1 else 0)
    if total > cap:
        raise DomainError("policy.combined", field="value", sum=_percent(total), cap=_percent(cap))


def _percent(basis_points: int) -> str:
    return f"{basis_points / 100:g} %"

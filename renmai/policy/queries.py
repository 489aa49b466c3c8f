"""Reads of the room: the values in force, their history, and what the rules say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Max

from renmai.accounts.models import User
from renmai.kernel.errors import DomainError
from renmai.policy import rules as rule_table
from renmai.policy.models import SettingChange
from renmai.policy.rules import Decision, Rule, Verdict
from renmai.policy.rules.types import Value as RuleValue
from renmai.policy.settings_table import SETTINGS, Setting, Value, get, judge

CACHE_KEY = "policy.settings"
CACHE_SECONDS = 5
HISTORY_LIMIT = 100


@dataclass(frozen=True)
class SettingView:
    """One setting as the console shows it: its row, the value in force, and who set it when and why (nobody: the default)."""

    setting: Setting
    value: Value
    is_default: bool
    changed_at: datetime | None
    changed_by: User | None
    reason: str


def setting(key: str) -> Value:
    """Return the value in force. At most ``CACHE_SECONDS`` old in this process; raises ``policy.unknown_setting``.

    A stored value that no longer fits its bounds or breaks a hard limit is passed over for the default: the law holds even when
    it became stricter after the operator had chosen.
    """
    values = cache.get(CACHE_KEY)
    if values is None:
        values = {change.key: change.value for change in newest_changes() if holds(change)}
        cache.set(CACHE_KEY, values, CACHE_SECONDS)
    row = get(key)
    value: Value = values.get(key, row.default)
    return value


def integer(key: str) -> int:
    """Return a setting that is a whole number. Asking so for another kind is a bug and raises ``TypeError``."""
    value = setting(key)
    if type(value) is not int:
        raise TypeError(f"{key} is not a whole number")
    return value


def text(key: str) -> str:
    """Return a setting that is a text. Asking so for another kind is a bug and raises ``TypeError``."""
    value = setting(key)
    if not isinstance(value, str):
        raise TypeError(f"{key} is not a text")
    return value


def switch(key: str) -> bool:
    """Return a setting that is on or off. Asking so for another kind is a bug and raises ``TypeError``."""
    value = setting(key)
    if not isinstance(value, bool):
        raise TypeError(f"{key} is not a switch")
    return value


def clear_cache() -> None:
    """Forget what this process knows of the settings, so that the next question reads them again."""
    cache.delete(CACHE_KEY)


def settings() -> list[SettingView]:
    """Return every setting in table order, in one statement and not from the cache."""
    changes = {change.key: change for change in newest_changes()}
    return [_view(row, changes.get(row.key)) for row in SETTINGS]


def history(key: str) -> list[SettingChange]:
    """Return the changes of one setting, newest first, at most ``HISTORY_LIMIT``."""
    get(key)
    return list(SettingChange.objects.filter(key=key).select_related("changed_by").order_by("-pk")[:HISTORY_LIMIT])


def newest_changes() -> list[SettingChange]:
    """Return the newest row of each setting that was ever changed."""
    newest = SettingChange.objects.values("key").annotate(newest=Max("pk")).values("newest")
    return list(SettingChange.objects.filter(pk__in=newest).select_related("changed_by").order_by("key"))


def holds(change: SettingChange) -> bool:
    """Whether a stored value still belongs to a setting, fits its bounds and breaks no hard limit."""
    row = next((row for row in SETTINGS if row.key == change.key), None)
    return row is not None and row.fits(change.value) and not judge(row, change.value).is_refused


def rules(*, at: datetime | None = None, jurisdiction: str | None = "CN") -> tuple[Rule, ...]:
    """Return the rules in force at ``at`` (default: now) in ``jurisdiction`` (None: in any)."""
    return rule_table.in_force(at=at, jurisdiction=jurisdiction)


def decide(
    key: str,
    value: RuleValue,
    *,
    at: datetime | None = None,
    jurisdiction: str = "CN",
    channels: Collection[str] | None = None,
) -> Decision:
    """Answer whether ``value`` may be; see ``rules.decide``."""
    return rule_table.decide(key, value, at=at, jurisdiction=jurisdiction, channels=channels)


def decide_all(
    wants: Mapping[str, RuleValue],
    *,
    at: datetime | None = None,
    jurisdiction: str = "CN",
    channels: Collection[str] | None = None,
) -> Verdict:
    """Answer whether all of ``wants`` may be together; see ``rules.decide_all``."""
    return rule_table.decide_all(wants, at=at, jurisdiction=jurisdiction, channels=channels)


def require(key: str, value: RuleValue, *, field: str = "value") -> None:
    """Raise ``policy.refused`` at ``field``, naming the rule and its source, when a hard limit forbids ``value`` now."""
    refuse(decide(key, value), field=field)


def require_all(
    wants: Mapping[str, RuleValue], *, channels: Collection[str] | None = None, field: str = "value"
) -> tuple[Decision, ...]:
    """Raise ``policy.refused`` for the first hard limit that ``wants`` break on ``channels``; return what needs a look."""
    verdict = decide_all(wants, channels=channels)
    for decision in verdict.decisions:
        refuse(decision, field=field)
    return verdict.decisions


def refuse(decision: Decision, *, field: str = "value") -> None:
    """Raise ``policy.refused`` at ``field`` when ``decision`` is a refusal."""
    if decision.is_refused and decision.rule is not None:
        raise DomainError("policy.refused", field=field, says=decision.rule.says, rule=decision.rule.key, source=decision.source)


def _view(row: Setting, change: SettingChange | None) -> SettingView:
    if change is None or not holds(change):
        return SettingView(row, row.default, is_default=True, changed_at=None, changed_by=None, reason="")
    return SettingView(
        row,
        change.value,
        is_default=change.value == row.default,
        changed_at=change.at,
        changed_by=change.changed_by,
        reason=change.reason,
    )

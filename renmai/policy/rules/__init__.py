"""The rule table and its engine: what the law and the platforms demand, each row with its source and the time in which it holds.

A row is never changed once a release carried it: a new version gets a row with ``valid_from``, and the old one a ``valid_until``.
Lawyers must confirm the rows before anybody relies on them; the table says what the software enforces. A stricter value may be
configured, a looser one than a hard limit may not.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta, timezone

from django.db import models
from django.utils.translation import gettext_lazy as _

from renmai.kernel import clock
from renmai.policy.rules import campaigns, customers, platforms, selling
from renmai.policy.rules.types import Decision, Kind, Outcome, Rule, Value, Verdict

__all__ = [
    "KEYS",
    "RULES",
    "Decision",
    "Kind",
    "Occupation",
    "Outcome",
    "Rule",
    "Value",
    "Verdict",
    "decide",
    "decide_all",
    "in_force",
]

CHINA = timezone(timedelta(hours=8))
"""The day of a rule is a day in China, which has one time zone and no summer time."""

RULES: tuple[Rule, ...] = (*selling.ROWS, *platforms.ROWS, *customers.ROWS, *campaigns.ROWS)
KEYS = frozenset(rule.key for rule in RULES)


class Occupation(models.TextChoices):
    """What a person who wants to become an agent does for a living, as far as ``agent.occupation`` asks."""

    EMPLOYEE = "employee", _("Employee")
    SELF_EMPLOYED = "self_employed", _("Self-employed")
    AT_HOME = "at_home", _("At home")
    RETIRED = "retired", _("Retired")
    OTHER = "other", _("Something else")
    STUDENT = "student", _("Full-time student")
    TEACHER = "teacher", _("Teacher")
    MEDIC = "medic", _("Medical staff")
    CIVIL_SERVANT = "civil_servant", _("Civil servant")
    SERVICEMAN = "serviceman", _("Soldier in service")


def in_force(*, at: datetime | None = None, jurisdiction: str | None = "CN") -> tuple[Rule, ...]:
    """Return the rules that hold at the moment ``at`` (default: now) in ``jurisdiction`` (None: in any), in table order."""
    day = (at or clock.now()).astimezone(CHINA).date()
    return tuple(rule for rule in RULES if rule.is_valid_on(day) and jurisdiction in {None, rule.jurisdiction})


def decide(
    key: str,
    value: Value,
    *,
    at: datetime | None = None,
    jurisdiction: str = "CN",
    channels: Collection[str] | None = None,
) -> Decision:
    """Answer whether ``value`` may be, by the rules of ``key`` in force: the hardest breach wins, with its rule and source.

    A rule that is bound to channels is asked only for what runs on one of ``channels``; None asks them all. Without a breach the
    answer is *allow*, naming a rule that was kept, or none when no rule speaks at that time and place. Raises ``KeyError`` for a key
    that the table does not know and ``TypeError`` for a value of another type: bugs of the caller.
    """
    if key not in KEYS:
        raise KeyError(key)
    in_question = (rule for rule in in_force(at=at, jurisdiction=jurisdiction) if rule.key == key)
    rules = [rule for rule in in_question if rule.speaks_for(channels)]
    broken = [rule for rule in rules if not rule.is_kept_by(value)]
    if broken:
        hardest = max(broken, key=lambda rule: rule.breach.severity)
        return Decision(hardest.breach, hardest, hardest.source)
    if rules:
        return Decision(Outcome.ALLOW, rules[0], rules[0].source)
    return Decision(Outcome.ALLOW, None)


def decide_all(
    wants: Mapping[str, Value],
    *,
    at: datetime | None = None,
    jurisdiction: str = "CN",
    channels: Collection[str] | None = None,
) -> Verdict:
    """Answer whether all of ``wants`` (value by key) may be together: see ``decide``, which is asked for each.

    Asked when a campaign is configured, when it is launched and while it runs: a rule that began to hold in between is found.
    """
    decisions = [decide(key, value, at=at, jurisdiction=jurisdiction, channels=channels) for key, value in wants.items()]
    objections = [decision for decision in decisions if decision.outcome is not Outcome.ALLOW]
    objections.sort(key=lambda decision: -decision.outcome.severity)
    return Verdict(objections[0].outcome if objections else Outcome.ALLOW, tuple(objections))

"""Writes the rule table, the settings and the linter's patterns as Markdown, for ``docs/policy.md``."""

from collections.abc import Iterable, Sequence

from django.utils import translation

from renmai.policy.channels import EVERYWHERE, Channel
from renmai.policy.linting.patterns import PATTERNS, Pattern
from renmai.policy.rules import RULES, Rule
from renmai.policy.settings_table import SETTINGS, Setting

ABOUT_RULES = (
    "Each row is enforced by the software as it stands here; lawyers must confirm the rows before anybody relies on them. *refuse* "
    "is a hard limit: no setting gets past it. *review* lets a value through for which the operator has to answer in writing."
)
ABOUT_PATTERNS = (
    "What the linter of campaign copy looks for, after the text was put into plain form ([linting.md](linting.md)). The two examples of a "
    "row are its tests."
)
ABOUT_SETTINGS = (
    "An operator changes these in the console. A change needs a reason, is kept for ever, and takes effect within five seconds in "
    "every process."
)


def documentation(language: str = "en") -> str:
    """Return three tables in ``language``: rules (all versions, all jurisdictions), settings, patterns."""
    with translation.override(language):
        rules = _table(
            ("Rule", "Limit", "Breach", "What it says", "Source", "Where", "Channels", "Holds"),
            (_rule_cells(rule) for rule in RULES),
        )
        settings = _table(
            ("Setting", "What it is", "Default", "Allowed", "Unit", "Bound by"),
            (_setting_cells(setting) for setting in SETTINGS),
        )
        patterns = _table(
            ("Pattern", "Answer", "Rule", "Channels", "Found, for example", "Spared, for example"),
            (_pattern_cells(pattern) for pattern in PATTERNS),
        )
        parts = (("Rules", ABOUT_RULES, rules), ("Settings", ABOUT_SETTINGS, settings), ("Patterns", ABOUT_PATTERNS, patterns))
        return "\n\n".join(f"## {title}\n\n{about}\n\n{table}" for title, about, table in parts)


def _rule_cells(rule: Rule) -> tuple[str, ...]:
    until = f" until {rule.valid_until.isoformat()}" if rule.valid_until else ""
    limit = f"{rule.kind.label} {rule.shown_value} {rule.unit}".strip()
    holds = f"from {rule.valid_from.isoformat()}{until}"
    channels = _channels(rule.channels)
    return (f"`{rule.key}`", limit, rule.breach.value, str(rule.says), rule.source, rule.jurisdiction, channels, holds)


def _pattern_cells(pattern: Pattern) -> tuple[str, ...]:
    channels = "all" if pattern.channels == EVERYWHERE else _channels(pattern.channels)
    return (f"`{pattern.code}`", pattern.outcome.value, f"`{pattern.rule_key}`", channels, pattern.matches, pattern.spares)


def _channels(names: frozenset[str]) -> str:
    return ", ".join(name for name in Channel.values if name in names) or "all"


def _setting_cells(setting: Setting) -> tuple[str, ...]:
    bound_by = ", ".join(f"`{key}`" for key in setting.rule_keys)
    default = str(setting.default).lower() if isinstance(setting.default, bool) else str(setting.default)
    return (f"`{setting.key}`", str(setting.title), default, setting.allowed, str(setting.unit), bound_by)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(heads), _line(["---"] * len(heads)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"

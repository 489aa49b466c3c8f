"""Writes the rule table and the settings as Markdown, for ``docs/policy.md``."""

from collections.abc import Iterable, Sequence

from django.utils import translation

from renmai.policy.channels import Channel
from renmai.policy.rules import RULES, Rule
from renmai.policy.settings_table import SETTINGS, Setting

ABOUT_RULES = (
    "Each row is enforced by the software as it stands here; lawyers must confirm the rows before anybody relies on them. *refuse* "
    "is a hard limit: no setting gets past it. *review* lets a value through for which the operator has to answer in writing."
)
ABOUT_SETTINGS = (
    "An operator changes these in the console. A change needs a reason, is kept for ever, and takes effect within five seconds in "
    "every process."
)


def documentation(language: str = "en") -> str:
    """Return two tables, rules (all versions, all jurisdictions) and settings, in ``language``."""
    with translation.override(language):
        rules = _table(
            ("Rule", "Limit", "Breach", "What it says", "Source", "Where", "Channels", "Holds"),
            (_rule_cells(rule) for rule in RULES),
        )
        settings = _table(
            ("Setting", "What it is", "Default", "Allowed", "Unit", "Bound by"),
            (_setting_cells(setting) for setting in SETTINGS),
        )
        return f"## Rules\n\n{ABOUT_RULES}\n\n{rules}\n\n## Settings\n\n{ABOUT_SETTINGS}\n\n{settings}"


def _rule_cells(rule: Rule) -> tuple[str, ...]:
    until = f" until {rule.valid_until.isoformat()}" if rule.valid_until else ""
    limit = f"{rule.kind.label} {rule.shown_value} {rule.unit}".strip()
    holds = f"from {rule.valid_from.isoformat()}{until}"
    channels = ", ".join(name for name in Channel.values if name in rule.channels) or "all"
    return (f"`{rule.key}`", limit, rule.breach.value, str(rule.says), rule.source, rule.jurisdiction, channels, holds)


def _setting_cells(setting: Setting) -> tuple[str, ...]:
    bound_by = ", ".join(f"`{key}`" for key in setting.rule_keys)
    default = str(setting.default).lower() if isinstance(setting.default, bool) else str(setting.default)
    return (f"`{setting.key}`", str(setting.title), default, setting.allowed, str(setting.unit), bound_by)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(heads), _line(["---"] * len(heads)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"

"""Browse alerts in words: why nobody was told, which model judges, and what the figures come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from renmai.alerts.queries import AlertFigures, ModelView
from renmai.insight.queries import Period
from renmai.web.console.charts import day_text

SECOND_MS: Final = 1000
REASONS: Final[Mapping[str, "str | Promise"]] = {
    "no_consent": gettext_lazy("The customer did not agree that her agent is told"),
    "no_agent": gettext_lazy("She has no agent who sells now"),
    "not_her": gettext_lazy("The customer said that such goods are not hers"),
    "not_on_sale": gettext_lazy("The product is not on sale"),
    "already_told": gettext_lazy("Told already today, of the same product"),
    "not_sure": gettext_lazy("Not sure enough that she will buy"),
    "customer_cap": gettext_lazy("Told often enough of this customer today"),
    "agent_cap": gettext_lazy("The agent was told often enough today"),
    "muted": gettext_lazy("The customer muted her agent"),
    "paused": gettext_lazy("The agent's sharing is paused"),
    "quiet_hours": gettext_lazy("In the hours of peace"),
    "receiver_cap": gettext_lazy("The customer was written to often enough today"),
    "tie_cap": gettext_lazy("This agent wrote to her often enough this week"),
    "too_dear": gettext_lazy("A share would cost more trust than it brings"),
}
WHY_STARTING: Final[Mapping[str, "str | Promise"]] = {
    "none": gettext_lazy("There are not enough sessions of your own yet (500 with 50 buyers): the starting model judges."),
    "worse": gettext_lazy(
        "The last fit was no better than the starting model on sessions it had not seen: the starting model judges."
    ),
    "stale": gettext_lazy("The last fit is older than 14 days: the starting model judges until the next one."),
    "unreadable": gettext_lazy(
        "The last fit is of other features than there are now: the starting model judges until the next one."
    ),
    "fitted": gettext_lazy("Fitted to sessions of your own."),
}


@dataclass(frozen=True)
class Held:
    """Why agents were not told, and how often."""

    reason: "str | Promise"
    count: int


def held_views(rows: list[tuple[str, int]]) -> list[Held]:
    """Return the reasons in words, in their order."""
    return [Held(REASONS.get(reason, reason), count) for reason, count in rows]


def delay(milliseconds: int | None) -> str:
    """Return a delay in seconds; a dash where there is none."""
    if milliseconds is None:
        return "–"
    return pgettext("delay", "%(seconds)s s") % {"seconds": f"{milliseconds / SECOND_MS:.2f}"}


def share(part: int, whole: int) -> str:
    """Return a share in whole percent; a dash of nothing."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def sentence(found: AlertFigures, period: Period) -> str:
    """Say what the alerts of a period came to."""
    span = {"first": day_text(period.first), "last": day_text(period.last)}
    if not found.told:
        return _("%(first)s to %(last)s: no agent was told anything.") % span
    told = ngettext(
        "%(first)s to %(last)s: agents were told %(told)s time, shared %(shared)s and missed %(missed)s.",
        "%(first)s to %(last)s: agents were told %(told)s times, shared %(shared)s and missed %(missed)s.",
        found.told,
    ) % {**span, "told": found.told, "shared": found.shared, "missed": found.missed}
    after = ngettext(
        "Within a week %(ordered)s order of the same product followed; %(expected)s were to be expected by the chances.",
        "Within a week %(ordered)s orders of the same product followed; %(expected)s were to be expected by the chances.",
        found.ordered,
    ) % {
        "ordered": found.ordered,
        "expected": f"{found.expected_orders:.1f}",
    }
    return f"{told} {after}"


def why(view: ModelView) -> str:
    """Say which model judges and why."""
    return str(WHY_STARTING[view.why])

"""Words and colours of campaigns: states, units of figures, guardrails."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Figure
from renmai.campaigns.scenes.models import Scene
from renmai.web.console.amounts import percent
from renmai.web.ui.formats import money_text

TONES: Mapping[str, str] = {
    Campaign.Status.REVIEW: "warn",
    Campaign.Status.LAUNCHED: "good",
    Campaign.Status.PAUSED: "warn",
    Campaign.Status.STOPPED: "bad",
}
SCENE_TONES: Mapping[str, str] = {Scene.Status.PUBLISHED: "good", Scene.Status.WITHDRAWN: "bad"}
BOUNDS: Mapping[str, "str | Promise"] = {
    "returns": gettext_lazy("Returned pieces"),
    "complaints": gettext_lazy("Quality claims"),
    "mutes": gettext_lazy("Readers who muted somebody"),
}
BOUND_STATES: Mapping[str, tuple["str | Promise", str]] = {
    "few": (gettext_lazy("Too few to judge"), ""),
    "kept": (gettext_lazy("Within its bound"), "good"),
    "near": (gettext_lazy("Over it, perhaps by chance"), "warn"),
    "broken": (gettext_lazy("Over its bound: it stops"), "bad"),
}
MINUTE, HOUR, DAY = 60, 3600, 86_400


def figure_text(figure: Figure) -> str:
    """Write the figure of a play in its unit."""
    if figure.value is None:
        return "—"
    match figure.unit:
        case "fen":
            return money_text(figure.value)
        case "basis_points":
            return f"{percent(figure.value)} %"
        case "seconds":
            return seconds_text(figure.value)
        case _:
            return f"{figure.value:,}"


def seconds_text(seconds: int) -> str:
    """Write a span in its largest fitting unit."""
    if seconds >= 2 * DAY:
        return _("%(count)s days") % {"count": f"{seconds / DAY:.1f}"}
    if seconds >= 2 * HOUR:
        return _("%(count)s h") % {"count": f"{seconds / HOUR:.1f}"}
    if seconds >= 2 * MINUTE:
        return _("%(count)d min") % {"count": round(seconds / MINUTE)}
    return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}

"""Tags of the console's pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.catalogue.models import in_language
from renmai.kernel import clock
from renmai.ordering.actions.shipping import CARRIERS
from renmai.ordering.models import OrderAdjustment
from renmai.web.console.charts import Chart, value_text
from renmai.web.ui import formats, pictures

register = template.Library()

TONES: dict[str, dict[str, str]] = {
    "order": {"placed": "", "paid": "warn", "shipped": "info", "received": "good", "settled": "good", "refunded": "bad"},
    "shipment": {"waiting": "warn", "shipped": "info", "delivered": "good"},
    "aftersale": {
        "requested": "warn",
        "awaiting": "info",
        "returning": "warn",
        "refunding": "info",
        "reshipping": "info",
        "done": "good",
        "rejected": "bad",
    },
    "withdrawal": {
        "requested": "warn",
        "reviewed": "warn",
        "approved": "info",
        "paid": "good",
        "rejected": "bad",
        "failed": "bad",
    },
    "agent": {"active": "good", "suspended": "bad"},
    "commission": {"frozen": "info", "available": "good", "void": "bad"},
    "payment": {"pending": "warn", "captured": "good", "failed": "bad"},
    "refund": {"created": "info", "submitted": "info", "succeeded": "good", "failed": "bad"},
    "payout": {"created": "info", "submitted": "info", "succeeded": "good", "failed": "bad"},
}
"""How the state of each thing is coloured; what is not named stays grey."""

WHOLE_YUAN_FROM_FEN = 100_000
DAY_SECONDS = 24 * 3600
HOUR_SECONDS = 3600


@register.simple_tag
def status(thing: Model) -> SafeString:
    """Draw the state of an order, a parcel, a claim, a withdrawal, an agent, a commission, a payment, a refund or a payout."""
    value = thing.status  # type: ignore[attr-defined]
    tone = TONES[str(thing._meta.model_name)].get(value, "")
    return badge(thing.get_status_display(), tone)  # type: ignore[attr-defined]


@register.simple_tag
def badge(text: str, tone: str = "") -> SafeString:
    """Draw a badge. ``tone``: good, warn, bad, info, honey, coral or none."""
    return format_html('<span class="badge{}">{}</span>', f" badge-{tone}" if tone else "", text)


@register.simple_tag
def deadline(when: datetime) -> SafeString:
    """Draw how long there is until ``when``, or how late it is; the exact moment stands behind it."""
    seconds = int((when - clock.now()).total_seconds())
    span = _span(abs(seconds))
    if seconds < 0:
        text, tone = _("%(span)s late") % {"span": span}, "bad"
    else:
        text, tone = _("%(span)s left") % {"span": span}, "warn" if seconds < DAY_SECONDS else ""
    return format_html(
        '<time class="badge{}" datetime="{}" title="{}">{}</time>',
        f" badge-{tone}" if tone else "",
        when.isoformat(),
        formats.moment_text(when),
        text,
    )


@register.filter
def figure_text(value: float | None, unit: str) -> str:
    """Write a figure in its unit."""
    return value_text(value, unit)


@register.filter
def yuan_text(amount_fen: int) -> str:
    """Write a large amount in whole yuan, a small one to the fen: for tiles, and for figures that are estimates."""
    if abs(amount_fen) < WHOLE_YUAN_FROM_FEN:
        return formats.money_text(amount_fen)
    return formats.money_text(round(amount_fen, -2)).removesuffix(".00")


@register.filter
def rate_text(basis_points: int) -> str:
    """Write basis points as a percentage."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


@register.inclusion_tag("console/parts/chart.html")
def line_chart(chart: Chart, sentence: str) -> dict[str, Any]:
    """Draw a chart by day, with ``sentence`` above it and the numbers as a table below."""
    return {"chart": chart, "sentence": sentence}


@register.filter
def minus(amount_fen: int) -> int:
    """Return an amount that is taken away."""
    return -amount_fen


@register.filter
def adjustment_label(adjustment: OrderAdjustment) -> str:
    """Return why a price differs, in the active language."""
    return in_language(adjustment.label_zh, adjustment.label_en)


@register.filter
def carrier_name(code: str) -> str:
    """Return a carrier's name in the active language."""
    return str(dict(CARRIERS).get(code, code))


@register.filter
def drawer_name(number: int, kind: str) -> str:
    """Return the name of one drawer of many."""
    return f"{kind}-{number}"


@register.simple_tag
def picture_address(path: str) -> str:
    """Return the address of an uploaded picture."""
    return pictures.sources(path, motif="", seed=0, size="full").url


@register.filter
def at(table: Mapping[Any, Any], key: object) -> Any:
    """Return what stands at ``key``, None when nothing does."""
    return table.get(key)


def _span(seconds: int) -> str:
    if seconds >= 2 * DAY_SECONDS:
        days = seconds // DAY_SECONDS
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if seconds >= HOUR_SECONDS:
        hours = seconds // HOUR_SECONDS
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    minutes = max(1, seconds // 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}

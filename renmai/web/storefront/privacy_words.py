"""What the shop keeps of somebody, in sentences she understands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.insight.portraits.facets import Source
from renmai.insight.portraits.queries import Shown

TITLES: "dict[Source, str | Promise]" = {
    Source.BROWSING: _("From what you looked at"),
    Source.ORDERS: _("From what you bought"),
}
REASONS: "dict[Source, str | Promise]" = {
    Source.BROWSING: _("Kept because you agreed to it. It fades by itself, and goes when you switch it off."),
    Source.ORDERS: _("Part of your orders, which the shop keeps by law and contract. You can take single lines out."),
}
ASKED: "dict[str, str | Promise]" = {
    "category": _("You like to look at"),
    "brand": _("Brands you like"),
    "price": _("Prices you choose"),
    "style": _("Words for your style"),
    "hour": _("When you are usually here"),
    "watches": _("You keep an eye on"),
    "wants": pgettext_lazy("privacy", "You would like"),
}


@dataclass(frozen=True)
class Line:
    """One facet in her words."""

    title: "str | Promise"
    shown: Shown


@dataclass(frozen=True)
class Chapter:
    """All lines of one source, and why they may be kept."""

    title: "str | Promise"
    reason: "str | Promise"
    lines: tuple[Line, ...]


def chapters(shown: Sequence[Shown]) -> list[Chapter]:
    """Return the portrait by source, those without anything left out."""
    found = []
    for source in Source:
        lines = tuple(Line(ASKED[row.facet], row) for row in shown if row.source is source)
        if lines:
            found.append(Chapter(TITLES[source], REASONS[source], lines))
    return found

"""The figures of spread in words: each with its definition, so that pages and programs say the same."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.insight.spread.estimates import Estimate
from renmai.insight.spread.queries import Spread


@dataclass(frozen=True)
class SpreadFigure:
    """One figure. ``unit``: ``times``, ``share`` (0…1), ``hours``, ``count``. ``low`` and ``high`` are None for what is counted, not estimated.

    ``count`` is the number of people or trees it comes from.
    """

    key: str
    label: "str | Promise"
    definition: "str | Promise"
    unit: str
    value: float | None
    low: float | None = None
    high: float | None = None
    count: int = 0


K = _(
    "How many others somebody brings who take part: pay an order of the campaign, pass its link on, or help, join or are invited as the play "
    "has it. Counted are those who took part in the period and had seven days since; what they brought in their seven days. Above 1 it grows "
    "by itself."
)
INVITATIONS = _("How many others opened her links for the campaign in her seven days, each once.")
CONVERSION = _("How many of those whom she reached took part in those days. Invitations times conversion is K.")
CYCLE = _("The time from taking part to the moment somebody she brought takes part, within seven days: half are faster.")
TREES = _(
    "Everybody stands below the person whose link she opened first. Who came by herself begins a tree. Counted is everybody up to the end of "
    "the period."
)
LARGEST = _("People in the largest tree, whoever began it included.")
DEPTH = _("Steps from whoever began a tree to the last one below her, in the deepest tree.")
VIRALITY = _(
    "How far apart two people of the largest tree stand on average (structural virality; Goel and others 2015). At most 2 when one tells "
    "everybody, more the longer the chains are."
)
MEAN_VIRALITY = _("The same as a mean over all trees in which somebody was brought.")


def spread_figures(spread: Spread) -> tuple[SpreadFigure, ...]:
    """Return the figures of ``spread`` in the order in which one reads them."""
    found, trees = spread.reproduction, spread.forest
    has_trees = trees.largest > 1
    return (
        _estimated("k", _("K: others brought by each"), K, "times", found.k),
        _estimated("invitations", _("Invitations each"), INVITATIONS, "times", found.invitations),
        _estimated("conversion", _("Conversion"), CONVERSION, "share", found.conversion),
        _estimated("cycle", _("Cycle time"), CYCLE, "hours", found.cycle_hours),
        SpreadFigure("trees", _("Trees"), TREES, "count", trees.trees, count=trees.people),
        SpreadFigure("largest", _("Largest tree"), LARGEST, "count", trees.largest, count=trees.trees),
        SpreadFigure("depth", _("Depth"), DEPTH, "count", trees.depth, count=trees.trees),
        SpreadFigure(
            "virality", _("Virality"), VIRALITY, "times", trees.virality_of_largest if has_trees else None, count=trees.largest
        ),
        SpreadFigure(
            "mean_virality",
            _("Virality of all"),
            MEAN_VIRALITY,
            "times",
            trees.mean_virality if has_trees else None,
            count=trees.trees,
        ),
    )


def _estimated(key: str, label: "str | Promise", definition: "str | Promise", unit: str, found: Estimate | None) -> SpreadFigure:
    if found is None:
        return SpreadFigure(key, label, definition, unit, None)
    high = min(found.high, 1.0) if unit == "share" else found.high
    return SpreadFigure(key, label, definition, unit, found.value, found.low, high, found.count)

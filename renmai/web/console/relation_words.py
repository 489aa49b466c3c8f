"""The words of the three panels of relations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from renmai.campaigns.relations import Relation
from renmai.insight.queries.relations import Counted

TITLES: Final = {
    Relation.PLATFORM: _("The platform and people"),
    Relation.PEOPLE: _("People among themselves"),
    Relation.CUSTOMERS: _("Agents and their customers"),
}
MEANINGS: Final = {
    Relation.PLATFORM: _("What somebody does with the shop itself, nobody in between."),
    Relation.PEOPLE: _("What people do with each other as equals: members as friends, agents with one another."),
    Relation.CUSTOMERS: _("What happens between the agent of a shop and those who come through her."),
}


@dataclass(frozen=True)
class Panel:
    """One kind of relation with its rows, the largest count among them, and a sentence about all of it."""

    title: str
    meaning: str
    sentence: str
    rows: Sequence[Counted]
    most: int


def panel(relation: Relation, rows: Sequence[Counted]) -> Panel:
    """Return the panel of ``relation``."""
    times, before = sum(row.times for row in rows), sum(row.before for row in rows)
    said = ngettext(
        "%(times)s time in this period, %(before)s before", "%(times)s times in this period, %(before)s before", times
    )
    sentence = said % {"times": f"{times:,}", "before": f"{before:,}"}
    return Panel(str(TITLES[relation]), str(MEANINGS[relation]), sentence, rows, max(row.times for row in rows))

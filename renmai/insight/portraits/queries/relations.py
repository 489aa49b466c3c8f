"""The three kinds of relation that somebody has: with the platform, with other people, with agents or customers.

The kinds of interaction are those of ``insight.queries.relations``, one table for everybody and for one person; nothing is counted in two panels.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.campaigns.relations import Interaction as Kind
from renmai.campaigns.relations import Relation
from renmai.insight.queries.relations import kinds

LABELS: "dict[Relation, str | Promise]" = {
    Relation.PLATFORM: _("With the platform"),
    Relation.PEOPLE: _("With other users"),
    Relation.CUSTOMERS: _("With agents and customers"),
}


@dataclass(frozen=True)
class Interaction:
    """One type of interaction: how often it came from her, how often from others to her, and when last."""

    code: str
    label: "str | Promise"
    count: int
    met: int
    last_at: datetime | None


@dataclass(frozen=True)
class Panel:
    """One kind of relation with its interactions; those that never happened stand there with 0."""

    relation: Relation
    label: "str | Promise"
    interactions: tuple[Interaction, ...]


def relations(user: User) -> tuple[Panel, ...]:
    """Return the three panels. One statement for each type."""
    every = kinds()
    found = {kind.key: _counted(kind, user) for kind in every}
    return tuple(
        Panel(relation, LABELS[relation], tuple(found[kind.key] for kind in every if kind.relation is relation))
        for relation in Relation
    )


def _counted(kind: Kind, user: User) -> Interaction:
    hers = Q(**{kind.user or kind.person: user.pk})
    to_her = Q(**{kind.other: user.pk}) & ~hers if kind.other else Q(pk__in=[])
    rows = kind.rows().order_by().filter(hers | to_her if kind.other else hers)
    row = rows.aggregate(count=Count("pk", filter=hers), met=Count("pk", filter=to_her), last=Max(F(kind.at)))
    return Interaction(kind.key, kind.label, row["count"], row["met"], row["last"])

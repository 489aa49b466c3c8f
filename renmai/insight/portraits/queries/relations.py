"""The three kinds of relation that somebody has: with the platform, with other people, with agents or customers.

The kinds of interaction are those of ``insight.queries.relations``, one table for everybody and for one person; nothing is counted in two panels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, F, Max, Q, Value
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
    """Return the three panels. One statement, however many types there are."""
    every = kinds()
    found = _counted(every, user)
    return tuple(
        Panel(relation, LABELS[relation], tuple(found[kind.key] for kind in every if kind.relation is relation))
        for relation in Relation
    )


def _counted(every: Sequence[Kind], user: User) -> dict[str, Interaction]:
    """Return each type's figures by its key: the counts of all tables as the rows of one union."""
    first, *others = (_figures(kind, user) for kind in every)
    rows = {code: (count, met, last) for code, count, met, last in first.union(*others, all=True)}
    return {kind.key: Interaction(kind.key, kind.label, *rows[kind.key]) for kind in every}


def _figures(kind: Kind, user: User) -> Any:
    """Return one row: the key, how often it came from her, how often from others to her, and when last."""
    hers = Q(**{kind.user or kind.person: user.pk})
    to_her = Q(**{kind.other: user.pk}) & ~hers if kind.other else Q(pk__in=[])
    rows = kind.rows().order_by().filter(hers | to_her if kind.other else hers)
    one = rows.values(relation_kind=Value(kind.key, output_field=CharField()))
    counted = one.annotate(hers_count=Count("pk", filter=hers), met_count=Count("pk", filter=to_her), newest_at=Max(F(kind.at)))
    return counted.values_list("relation_kind", "hers_count", "met_count", "newest_at")

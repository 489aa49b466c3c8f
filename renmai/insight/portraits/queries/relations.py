"""The three kinds of relation that somebody has: with the platform, with other users, with the agent who serves her.

Every interaction has a type of its own, is counted from its rows and has a time; nothing is counted in two panels.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Max, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import Consent, User
from renmai.catalogue.models import Favourite
from renmai.insight.portraits.facts import arrivals, bought_orders
from renmai.ordering.models import AfterSale, Review
from renmai.sharing.models import BindingLog, Share, Visit


class Relation(StrEnum):
    """A kind of relation."""

    PLATFORM = "platform"
    USERS = "users"
    CONSUMER = "consumer"


LABELS: "dict[Relation, str | Promise]" = {
    Relation.PLATFORM: _("With the platform"),
    Relation.USERS: _("With other users"),
    Relation.CONSUMER: _("With agents and customers"),
}


@dataclass(frozen=True)
class Interaction:
    """One type of interaction: how often, and when last."""

    code: str
    label: "str | Promise"
    count: int
    last_at: datetime | None


@dataclass(frozen=True)
class Panel:
    """One kind of relation with its interactions; those that never happened stand there with 0."""

    relation: Relation
    label: "str | Promise"
    interactions: tuple[Interaction, ...]


@dataclass(frozen=True)
class _Type:
    code: str
    relation: Relation
    label: "str | Promise"
    rows: Callable[[User], QuerySet[Any]]
    at: str


def _others_visits(user: User) -> QuerySet[Visit]:
    return Visit.objects.filter(share__sharer=user, is_valid=True).exclude(user=user)


TYPES: tuple[_Type, ...] = (
    _Type(
        "bought",
        Relation.PLATFORM,
        _("Bought from the shop itself"),
        lambda u: bought_orders().filter(buyer=u, shop_id=None),
        "paid_at",
    ),
    _Type("reviewed", Relation.PLATFORM, _("Wrote a review"), lambda u: Review.objects.filter(author=u), "at"),
    _Type(
        "claimed",
        Relation.PLATFORM,
        _("Asked for after-sales"),
        lambda u: AfterSale.objects.filter(order__buyer=u),
        "requested_at",
    ),
    _Type("kept", Relation.PLATFORM, _("Kept as a favourite"), lambda u: Favourite.objects.filter(user=u), "at"),
    _Type("agreed", Relation.PLATFORM, _("Agreed to a purpose"), lambda u: Consent.objects.filter(user=u), "granted_at"),
    _Type(
        "opened",
        Relation.USERS,
        _("Opened somebody's link"),
        lambda u: Visit.objects.filter(user=u, is_valid=True).exclude(share__sharer=u),
        "at",
    ),
    _Type("shared", Relation.USERS, _("Made a link"), lambda u: Share.objects.filter(sharer=u), "created_at"),
    _Type("was_opened", Relation.USERS, _("Others opened her links"), _others_visits, "at"),
    _Type("brought", Relation.USERS, _("Brought somebody new"), lambda u: arrivals().filter(share__sharer=u), "at"),
    _Type(
        "served",
        Relation.CONSUMER,
        _("Bought through an agent"),
        lambda u: bought_orders().filter(buyer=u, shop_id__gt=0),
        "paid_at",
    ),
    _Type(
        "bound", Relation.CONSUMER, _("Her binding to an agent changed"), lambda u: BindingLog.objects.filter(customer=u), "at"
    ),
    _Type("sold", Relation.CONSUMER, _("Sold as an agent"), lambda u: bought_orders().filter(agent_id=_agent(u)), "paid_at"),
)
"""Every interaction, typed."""


def _agent(user: User) -> int:
    agent = getattr(user, "agent", None)
    return agent.pk if agent else 0


def relations(user: User) -> tuple[Panel, ...]:
    """Return the three panels. One statement for each type."""
    found = {kind.code: _counted(kind, user) for kind in TYPES}
    return tuple(
        Panel(relation, LABELS[relation], tuple(found[kind.code] for kind in TYPES if kind.relation is relation))
        for relation in Relation
    )


def _counted(kind: _Type, user: User) -> Interaction:
    row = kind.rows(user).order_by().aggregate(count=Count("pk"), last=Max(F(kind.at)))
    return Interaction(kind.code, kind.label, row["count"], row["last"])

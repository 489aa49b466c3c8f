"""The three kinds of relation: the platform and a person, people among themselves, an agent and her customers.

Every kind of thing that happens between two sides is a row of ``INTERACTIONS``, with the one relation it belongs to and the rows it is counted from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import Consent
from renmai.distribution.models import Agent, Withdrawal
from renmai.insight.queries.periods import Period
from renmai.ordering.models import AfterSale, Order, Review
from renmai.sharing.models import Binding, Mute, Shop, Visit
from renmai.trust.models import Feedback

Rows = Callable[[], QuerySet[Any]]


class Relation(StrEnum):
    """Between whom."""

    PLATFORM = "platform"
    PEOPLE = "people"
    CUSTOMERS = "customers"


@dataclass(frozen=True)
class Interaction:
    """One kind of thing that happens: its rows, the column of its moment, and the column of the person from whom it comes."""

    relation: Relation
    key: str
    label: Promise
    rows: Rows
    at: str
    person: str


@dataclass(frozen=True)
class Counted:
    """How often something happened in a period, from how many people, and how often in the period of the same length before."""

    interaction: Interaction
    times: int
    people: int
    before: int


def _of_agent(owner: str) -> Exists:
    """Whether the person in this column is the agent of a shop."""
    return Exists(Shop.objects.filter(owner=OuterRef(owner)))


def _openings(*, by_agent: bool) -> QuerySet[Visit]:
    rows = Visit.objects.filter(is_valid=True)
    return rows.filter(_of_agent("share__sharer")) if by_agent else rows.exclude(_of_agent("share__sharer"))


def _feedback(*, on_agent: bool) -> QuerySet[Feedback]:
    rows = Feedback.objects.all()
    return rows.filter(_of_agent("sharer")) if on_agent else rows.exclude(_of_agent("sharer"))


def _mutes(*, of_agent: bool) -> QuerySet[Mute]:
    rows = Mute.objects.all()
    return rows.filter(_of_agent("sharer")) if of_agent else rows.exclude(_of_agent("sharer"))


_P, _U, _C = Relation.PLATFORM, Relation.PEOPLE, Relation.CUSTOMERS
INTERACTIONS: Final = (
    Interaction(
        _P, "order", _("Orders without an agent"), lambda: Order.objects.filter(shop_id__isnull=True), "placed_at", "buyer"
    ),
    Interaction(_P, "claim", _("Requests after a sale"), AfterSale.objects.all, "requested_at", "order__buyer"),
    Interaction(_P, "review", _("Reviews"), Review.objects.all, "at", "author"),
    Interaction(_P, "consent", _("Agreements given"), Consent.objects.all, "granted_at", "user"),
    Interaction(_P, "agent", _("Became an agent"), Agent.objects.all, "joined_at", "user"),
    Interaction(_P, "withdrawal", _("Withdrawals asked for"), Withdrawal.objects.all, "requested_at", "agent"),
    Interaction(_U, "opened", _("Links of members opened"), lambda: _openings(by_agent=False), "at", "visitor"),
    Interaction(_U, "said", _("Answers to what members shared"), lambda: _feedback(on_agent=False), "at", "receiver"),
    Interaction(_U, "muted", _("Members muted"), lambda: _mutes(of_agent=False), "at", "receiver"),
    Interaction(_C, "opened_agent", _("Links of agents opened"), lambda: _openings(by_agent=True), "at", "visitor"),
    Interaction(_C, "bound", _("Customers bound to an agent"), Binding.objects.all, "bound_at", "customer"),
    Interaction(
        _C, "order_agent", _("Orders through an agent"), lambda: Order.objects.filter(shop_id__isnull=False), "placed_at", "buyer"
    ),
    Interaction(_C, "said_agent", _("Answers to what agents shared"), lambda: _feedback(on_agent=True), "at", "receiver"),
    Interaction(_C, "muted_agent", _("Agents muted"), lambda: _mutes(of_agent=True), "at", "receiver"),
)


def interactions(period: Period) -> tuple[Counted, ...]:
    """Return every kind of interaction with its figures, in the order of ``INTERACTIONS``. A statement for each."""
    return tuple(_counted(each, period) for each in INTERACTIONS)


def _counted(each: Interaction, period: Period) -> Counted:
    before = period.before
    now = Q(**{f"{each.at}__gte": period.start})
    rows = each.rows().filter(**{f"{each.at}__gte": before.start, f"{each.at}__lt": period.end})
    found = rows.aggregate(
        times=Count("pk", filter=now), people=Count(each.person, distinct=True, filter=now), before=Count("pk", filter=~now)
    )
    return Counted(each, found["times"], found["people"], found["before"])

"""The three kinds of relation: the platform and a person, people among themselves, an agent and her customers.

Every kind of thing that happens between two sides is a row of ``kinds()``, with the one relation it belongs to and the rows it is counted from.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import Consent
from renmai.campaigns.plays import plays
from renmai.campaigns.relations import Interaction, Relation, Rows, told
from renmai.catalogue.models import Favourite
from renmai.content.models import Follow, Post, PostVisit
from renmai.distribution.models import Agent, Withdrawal
from renmai.insight.queries.periods import Period
from renmai.ordering.models import AfterSale, Order, Review, Suggestion
from renmai.sharing.models import Binding, Mute, Share, Shop, Visit
from renmai.trust.models import Feedback, Sending


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


def _links(*, by_agent: bool) -> QuerySet[Share]:
    rows = Share.objects.all()
    return rows.filter(_of_agent("sharer")) if by_agent else rows.exclude(_of_agent("sharer"))


def _follows(*, of_agent: bool) -> QuerySet[Follow]:
    rows = Follow.objects.filter(kind=Follow.Kind.AUTHOR)
    return rows.filter(_of_agent("author")) if of_agent else rows.exclude(_of_agent("author"))


def _pushed(*, by_agent: bool) -> QuerySet[Sending]:
    rows = Sending.objects.all()
    return rows.filter(_of_agent("sharer")) if by_agent else rows.exclude(_of_agent("sharer"))


def _sold() -> QuerySet[Order]:
    seller = Shop.objects.filter(pk=OuterRef("shop_id")).values("owner_id")[:1]
    return Order.objects.filter(shop_id__isnull=False).annotate(seller=Subquery(seller))


def _read(source: str) -> Rows:
    return lambda: PostVisit.objects.filter(post__source=source)


_P, _U, _C = Relation.PLATFORM, Relation.PEOPLE, Relation.CUSTOMERS
INTERACTIONS: Final = (
    Interaction(
        _P, "order", _("Orders without an agent"), lambda: Order.objects.filter(shop_id__isnull=True), "placed_at", "buyer"
    ),
    Interaction(_P, "claim", _("Requests after a sale"), AfterSale.objects.all, "requested_at", "order__buyer"),
    Interaction(_P, "review", _("Reviews"), Review.objects.all, "at", "author"),
    Interaction(_P, "suggestion", _("Suggestions about goods"), Suggestion.objects.all, "at", "author"),
    Interaction(_P, "favourite", _("Goods kept for later"), Favourite.objects.all, "at", "user"),
    Interaction(_P, "consent", _("Agreements given"), Consent.objects.all, "granted_at", "user"),
    Interaction(
        _P,
        "followed",
        _("Topics and the shop followed"),
        lambda: Follow.objects.exclude(kind=Follow.Kind.AUTHOR),
        "at",
        "follower",
    ),
    Interaction(_P, "read", _("Posts of the shop read"), _read(Post.Source.OFFICIAL), "at", "visitor", "user"),
    Interaction(_P, "agent", _("Became an agent"), Agent.objects.all, "joined_at", "user"),
    Interaction(_P, "withdrawal", _("Withdrawals asked for"), Withdrawal.objects.all, "requested_at", "agent", "agent__user"),
    Interaction(_U, "shared", _("Links made by members"), lambda: _links(by_agent=False), "created_at", "sharer"),
    Interaction(
        _U, "opened", _("Links of members opened"), lambda: _openings(by_agent=False), "at", "visitor", "user", "share__sharer"
    ),
    Interaction(
        _U, "said", _("Answers to what members shared"), lambda: _feedback(on_agent=False), "at", "receiver", other="sharer"
    ),
    Interaction(_U, "muted", _("Members muted"), lambda: _mutes(of_agent=False), "at", "receiver", other="sharer"),
    Interaction(_U, "pushed", _("Sent by members"), lambda: _pushed(by_agent=False), "at", "sharer", other="receiver"),
    Interaction(_U, "follow", _("Members followed"), lambda: _follows(of_agent=False), "at", "follower", other="author"),
    Interaction(
        _U, "read_member", _("Posts of members read"), _read(Post.Source.MEMBER), "at", "visitor", "user", "post__author"
    ),
    Interaction(
        _U,
        "introduced",
        _("Agents brought in by agents"),
        lambda: Agent.objects.filter(introduced_by__isnull=False),
        "joined_at",
        "introduced_by",
        "introduced_by__user",
        "user",
    ),
    Interaction(_C, "shared_agent", _("Links made by agents"), lambda: _links(by_agent=True), "created_at", "sharer"),
    Interaction(
        _C,
        "opened_agent",
        _("Links of agents opened"),
        lambda: _openings(by_agent=True),
        "at",
        "visitor",
        "user",
        "share__sharer",
    ),
    Interaction(_C, "bound", _("Customers bound to an agent"), Binding.objects.all, "bound_at", "customer", other="shop__owner"),
    Interaction(_C, "order_agent", _("Orders through an agent"), _sold, "placed_at", "buyer", other="seller"),
    Interaction(
        _C, "said_agent", _("Answers to what agents shared"), lambda: _feedback(on_agent=True), "at", "receiver", other="sharer"
    ),
    Interaction(_C, "muted_agent", _("Agents muted"), lambda: _mutes(of_agent=True), "at", "receiver", other="sharer"),
    Interaction(_C, "pushed_agent", _("Sent by agents"), lambda: _pushed(by_agent=True), "at", "sharer", other="receiver"),
    Interaction(_C, "follow_agent", _("Agents followed"), lambda: _follows(of_agent=True), "at", "follower", other="author"),
    Interaction(_C, "read_agent", _("Posts of agents read"), _read(Post.Source.AGENT), "at", "visitor", "user", "post__author"),
)


def kinds() -> tuple[Interaction, ...]:
    """Return every kind of interaction: of the rooms below, of the plays that are installed, and of the rooms that told theirs."""
    of_plays = tuple(kind for play in plays().values() for kind in play.interactions)
    return (*INTERACTIONS, *of_plays, *told())


def interactions(period: Period) -> tuple[Counted, ...]:
    """Return every kind of interaction with its figures, in the order of ``kinds``. A statement for each."""
    return tuple(_counted(each, period) for each in kinds())


def _counted(each: Interaction, period: Period) -> Counted:
    before = period.before
    now = Q(**{f"{each.at}__gte": period.start})
    rows = each.rows().filter(**{f"{each.at}__gte": before.start, f"{each.at}__lt": period.end})
    found = rows.aggregate(
        times=Count("pk", filter=now), people=Count(each.person, distinct=True, filter=now), before=Count("pk", filter=~now)
    )
    return Counted(each, found["times"], found["people"], found["before"])

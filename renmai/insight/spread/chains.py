"""The chains of one campaign read from their rows: link → opening → taking part → order.

A person takes part from the earliest of these moments on: she placed an order with the campaign's grant that was paid, she made her own link
for it, or she took part in the play's own way (helped, joined a group, was invited: ``Play.joinings``). Who brought her is told by her first
valid opening of another's link for it before that moment, as in the tree of a share (``sharing.queries.cascade``); without one, by the
play, or by the link that her order was attributed to.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.plays import Joining, plays
from renmai.distribution.models import Agent
from renmai.insight.models import SeedAsk
from renmai.insight.spread.reproduction import Member
from renmai.insight.spread.seeds import Contact
from renmai.kernel import clock
from renmai.sharing.models import Pause, Share, Visit

MAX_ORDERS = 50_000
MAX_LINKS = 50_000
MAX_OPENINGS = 200_000
"""Beyond these the newest are read and the answer says that it was cut."""

SAME_ACT = timedelta(minutes=1)
"""An order and what the play makes of it are written down a moment apart."""

GRAPH_DAYS = 90
"""How far back the share graph looks: whom somebody reached half a year ago she need not reach today."""

MAX_CONTACTS = 400_000
CHUNK = 5_000
ASKED_AGAIN = timedelta(days=7)
"""So long nobody is asked for another campaign."""


@dataclass(frozen=True)
class Steps:
    """The steps on the way. Different people: ``sharers`` made their own link, ``invited`` opened another's, ``joined`` took part, ``brought`` those
    of them through somebody. Orders: ``placed`` with the campaign's grant, ``paid`` those with money.
    """

    sharers: int
    invited: int
    joined: int
    brought: int
    placed: int
    paid: int

    @property
    def most(self) -> int:
        """The largest of them: what the others are drawn against."""
        return max(self.sharers, self.invited, self.joined, self.brought, self.placed, self.paid)


@dataclass(frozen=True)
class Chains:
    """Everybody who took part so far, the first standing first."""

    members: tuple[Member, ...]
    steps: Steps
    is_cut: bool


class _Bought(NamedTuple):
    buyer: int
    at: datetime
    sharer: int | None


class _Opened(NamedTuple):
    sharer: int
    person: str
    at: datetime


def chains_of(campaign_id: int, *, now: datetime, until: datetime | None = None) -> Chains:
    """Return everybody who took part in a campaign before ``now``, and its steps before ``until`` (``now`` if None).

    Five statements, and what the play's ``joinings`` need.
    """
    end = until or now
    counted = Participation.objects.filter(campaign_id=campaign_id, at__lt=end).aggregate(
        placed=Count("order", distinct=True), paid=Count("order", distinct=True, filter=Q(order__paid_at__isnull=False))
    )
    bought = _bought(campaign_id, now)
    links = dict(
        Share.objects.filter(campaign_id=campaign_id, created_at__lt=now)
        .values_list("sharer_id")
        .annotate(first=Min("created_at"))
        .order_by("-first")[:MAX_LINKS]
    )
    opened = _opened(campaign_id, now)
    joined = _joined(campaign_id, now)
    members = _members(bought, links, opened, joined)
    steps = Steps(
        sharers=sum(made < end for made in links.values()),
        invited=len({opening.person for opening in opened if opening.at < end}),
        joined=sum(member.entered_at < end for member in members),
        brought=sum(bool(member.parent_key) and member.entered_at < end for member in members),
        placed=counted["placed"],
        paid=counted["paid"],
    )
    is_cut = len(bought) == MAX_ORDERS or len(joined) >= MAX_ORDERS or len(links) == MAX_LINKS or len(opened) >= MAX_OPENINGS
    return Chains(members, steps, is_cut)


def contacts(*, until: datetime) -> list[Contact]:
    """Return who opened whose links in the ``GRAPH_DAYS`` before ``until``, and in how many of them she then bought. Two statements.

    An opening counts once per link; who never said who she is, is nobody one could hear from.
    """
    since = until - timedelta(days=GRAPH_DAYS)
    person = Coalesce("user_id", "visitor__user_id")
    rows = Visit.objects.filter(is_valid=True, at__gte=since, at__lt=until).annotate(person=person).filter(person__isnull=False)
    opened = (
        rows.values_list("share__sharer_id", "person").annotate(links=Count("share", distinct=True)).order_by()[:MAX_CONTACTS]
    )
    bought = dict(_bought_through(since, until))
    return [
        Contact(sharer, friend, opened=links, joined=min(links, bought.get((sharer, friend), 0)))
        for sharer, friend, links in opened
        if sharer != friend
    ]


def askable(user_ids: Sequence[int]) -> frozenset[int]:
    """Return those of ``user_ids`` whom the house may ask: active agents, and members who agreed to be written to. One statement per 5,000.

    Not whoever may make no links now, nor whom it asked in the ``ASKED_AGAIN`` before, for whatever campaign.
    """
    now = clock.now()
    paused = Pause.objects.filter(sharer=OuterRef("pk"), lifted_at__isnull=True, until__gt=now)
    lately = SeedAsk.objects.filter(user=OuterRef("pk"), at__gt=now - ASKED_AGAIN)
    text = PURPOSES[Purpose.MARKETING]
    agreed = Q(consents__purpose=Purpose.MARKETING, consents__version=text.version, consents__withdrawn_at__isnull=True)
    found: set[int] = set()
    for start in range(0, len(user_ids), CHUNK):
        people = User.objects.filter(pk__in=user_ids[start : start + CHUNK], is_active=True, deleted_at__isnull=True)
        people = people.exclude(Exists(paused)).exclude(Exists(lately))
        found.update(people.filter(agreed | Q(agent__status=Agent.Status.ACTIVE)).values_list("pk", flat=True))
    return frozenset(found)


def _bought_through(since: datetime, until: datetime) -> Iterable[tuple[tuple[int, int], int]]:
    rows = (
        Share.objects.filter(attribution__order__paid_at__gte=since, attribution__order__paid_at__lt=until)
        .values_list("sharer_id", "attribution__order__buyer_id")
        .annotate(links=Count("pk", distinct=True))
        .order_by()[:MAX_CONTACTS]
    )
    return (((sharer, buyer), links) for sharer, buyer, links in rows)


def _bought(campaign_id: int, now: datetime) -> list[_Bought]:
    """Return the first paid order of each buyer and whose link it was attributed to. One statement."""
    sharer = Share.objects.filter(pk=OuterRef("order__share_id")).values("sharer_id")[:1]
    rows = (
        Participation.objects.filter(campaign_id=campaign_id, at__lt=now, order__paid_at__isnull=False)
        .annotate(sharer=Subquery(sharer))
        .order_by("-at", "-pk")
        .values_list("order__buyer_id", "at", "sharer")[:MAX_ORDERS]
    )
    return [_Bought(*row) for row in rows]


def _opened(campaign_id: int, now: datetime) -> list[_Opened]:
    """Return when each person first opened each other's links for the campaign. One statement."""
    rows = (
        Visit.objects.filter(share__campaign_id=campaign_id, is_valid=True, at__lt=now)
        .values_list("share__sharer_id", Coalesce("user_id", "visitor__user_id"), "visitor_id")
        .annotate(first=Min("at"))
        .order_by("-first")[:MAX_OPENINGS]
    )
    first: dict[tuple[int, str], datetime] = {}
    for sharer, user, visitor, at in rows:
        pair = sharer, person_key(user) if user else f"v{visitor}"
        first[pair] = min(at, first.get(pair, at))
    return [_Opened(sharer, person, at) for (sharer, person), at in first.items() if person != person_key(sharer)]


def _joined(campaign_id: int, now: datetime) -> Sequence[Joining]:
    """Return who took part in the play's own way, the newest first. One statement and the play's."""
    campaign = Campaign.objects.get(pk=campaign_id)
    chosen = plays().get(campaign.play)
    found = chosen.joinings(campaign, until=now, limit=MAX_ORDERS) if chosen else ()
    return sorted(found, key=lambda joining: joining.at, reverse=True)


def person_key(user_id: int) -> str:
    """Return the key of a person who said who she is; guests have keys of their own."""
    return f"u{user_id}"


def user_of(key: str) -> int:
    """Return whose key it is, of a person who said who she is."""
    return int(key.removeprefix("u"))


def _members(
    bought: Sequence[_Bought], links: Mapping[int, datetime], opened: Sequence[_Opened], joined: Sequence[Joining]
) -> tuple[Member, ...]:
    first_order = {row.buyer: row for row in bought}  # newest first: the earliest stays
    first_joining = {joining.user_id: joining for joining in joined}
    moments = (
        *((user, at) for user, at in links.items()),
        *((row.buyer, row.at) for row in first_order.values()),
        *((joining.user_id, joining.at) for joining in first_joining.values()),
    )
    entered: dict[int, datetime] = {}
    for user, at in moments:
        entered[user] = min(at, entered.get(user, at))
    openings: dict[int, list[datetime]] = defaultdict(list)
    came_by: dict[str, list[_Opened]] = defaultdict(list)
    for opening in opened:
        openings[opening.sharer].append(opening.at)
        came_by[opening.person].append(opening)
    return tuple(
        Member(
            key=person_key(user),
            entered_at=at,
            parent_key=_parent(user, at, came_by[person_key(user)], _told(user, at, first_joining, first_order), entered),
            opened_at=tuple(sorted(openings[user])),
            has_paid=user in first_order,
        )
        for user, at in sorted(entered.items(), key=lambda item: (item[1], item[0]))
    )


def _told(user: int, at: datetime, joined: Mapping[int, Joining], bought: Mapping[int, _Bought]) -> tuple[int, ...]:
    """Return through whom the play and her first order say that she came, when that is how she began to take part."""
    joining, order = joined.get(user), bought.get(user)
    by_play = joining.through_id if joining is not None and joining.at - at < SAME_ACT else None
    by_order = order.sharer if order is not None and order.at - at < SAME_ACT else None
    return tuple(sharer for sharer in (by_play, by_order) if sharer is not None)


def _parent(user: int, at: datetime, openings: Iterable[_Opened], told: Iterable[int], entered: Mapping[int, datetime]) -> str:
    """Return through whom she came: somebody who took part before her, so that nobody goes round in a circle."""
    through = sorted((opening.at, opening.sharer) for opening in openings if opening.at <= at)
    for sharer in (*(sharer for _moment, sharer in through), *told):
        if sharer != user and sharer in entered and (entered[sharer], sharer) < (at, user):
            return person_key(sharer)
    return ""

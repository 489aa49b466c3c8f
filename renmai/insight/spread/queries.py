"""The spread of a campaign, and whom to ask first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from renmai.accounts.models import User
from renmai.insight.models import SeedAsk
from renmai.insight.queries.periods import CHINA, Period
from renmai.insight.spread.chains import MAX_LINKS, Chains, askable, chains_of, contacts
from renmai.insight.spread.costs import brought_customers, customers_by_incentive, customers_of
from renmai.insight.spread.reproduction import WINDOW, Member, Reproduction, reproduction
from renmai.insight.spread.retention import Customer, KeptCost, cost_by_incentive
from renmai.insight.spread.seeds import Seed, edges_of, pick
from renmai.insight.spread.trees import Forest, forest
from renmai.insight.spread.wearing import Day, Wear, first_wear
from renmai.kernel import clock
from renmai.sharing.models import Share

MOST_DAYS = 120
"""Wear is looked for in so many days: whoever changes nothing for longer has long been told."""

MOST_SEEDS = 30
DRAW = 2026
"""Where the picker's dice begin: the same graph gives the same people."""


@dataclass(frozen=True)
class Week:
    """K of those who took part in the week that begins on ``first``; ``is_whole`` when all of them had their window."""

    first: date
    reproduction: Reproduction
    is_whole: bool


@dataclass(frozen=True)
class Spread:
    """How a campaign spreads.

    ``reproduction``, ``weeks`` and ``costs`` are about who came in the period; ``chains`` and ``forest`` about everybody up to its end; ``wear``
    about whole days up to yesterday. ``costs`` is this campaign's, ``incentives`` compares everything that ran.
    """

    period: Period
    chains: Chains
    reproduction: Reproduction
    weeks: tuple[Week, ...]
    forest: Forest
    wear: Wear | None
    costs: tuple[KeptCost, ...]
    incentives: tuple[KeptCost, ...]


@dataclass(frozen=True)
class Asked:
    """Somebody to ask first, and why: whom she reaches directly, how often they bought through her, what she adds."""

    user: User
    seed: Seed
    opened: int
    joined: int


def spread_of(campaign_id: int, period: Period) -> Spread:
    """Return how a campaign spreads. Sixteen statements for up to 5,000 customers, and the play's ``joinings``.

    Raises ``Campaign.DoesNotExist``; who may see it is the caller's matter.
    """
    now = clock.now()
    until = min(period.end, now)
    chains = chains_of(campaign_id, now=now, until=until)
    members = chains.members
    return Spread(
        period=period,
        chains=chains,
        reproduction=reproduction(members, now=now, entered=(period.start, until)),
        weeks=_weeks(members, period, now=now),
        forest=forest({member.key: member.parent_key or None for member in members if member.entered_at < until}),
        wear=first_wear(days_of(members, now=now)),
        costs=cost_by_incentive(_customers(campaign_id, chains, start=period.start, end=until), now=now),
        incentives=cost_by_incentive(customers_by_incentive(start=period.start, end=until), now=now),
    )


def _customers(campaign_id: int, chains: Chains, *, start: datetime, end: datetime) -> list[Customer]:
    """Return the customers of a campaign: by the orders with its grant, or where it grants nothing to orders, by who was brought."""
    if chains.steps.placed:
        return customers_of(campaign_id, start=start, end=end)
    # One row for the campaign, whatever else an agent earned on them.
    return [replace(each, incentive="") for _inviter, each in brought_customers(chains.members, start=start, end=end)]


def wear_of(campaign_id: int) -> Wear | None:
    """Return the wear of a campaign as far as whole days show it, None when it spreads as it did. Five statements, and the play's."""
    now = clock.now()
    return first_wear(days_of(chains_of(campaign_id, now=now).members, now=now))


def seeds_for(campaign_id: int, *, count: int = MOST_SEEDS) -> list[Asked]:
    """Return whom to ask first to pass a campaign on, the best first: chosen on the links opened in the last 90 days.

    Only active agents and members who agreed to be written to are asked, nobody who has passed it on already or was asked to, and nobody
    twice within a week. Six statements for up to 5,000 sharers.
    """
    found = contacts(until=clock.now())
    may = askable(sorted({pair.sharer for pair in found}))
    asked = set(SeedAsk.objects.filter(campaign=campaign_id).values_list("user_id", flat=True)[:MAX_LINKS])
    asked |= set(Share.objects.filter(campaign_id=campaign_id).values_list("sharer_id", flat=True)[:MAX_LINKS])
    people = {person for pair in found for person in (pair.sharer, pair.friend)}
    seeds = pick(edges_of(found), min(count, MOST_SEEDS), seed=DRAW, barred=(people - may) | asked)
    users = User.objects.in_bulk([seed.person for seed in seeds])
    opened: Counter[int] = Counter()
    joined: Counter[int] = Counter()
    for pair in found:
        opened[pair.sharer] += pair.opened
        joined[pair.sharer] += pair.joined
    return [Asked(users[seed.person], seed, opened[seed.person], joined[seed.person]) for seed in seeds]


def days_of(members: Sequence[Member], *, now: datetime, window: timedelta = WINDOW) -> list[Day]:
    """Return the last whole days in China time: how many took part within the ``window`` before, and how many came through somebody.

    Begins with the first member and ends yesterday.
    """
    entered = [member.entered_at.astimezone(CHINA).date() for member in members]
    came = Counter(entered)
    brought = Counter(day for day, member in zip(entered, members, strict=True) if member.parent_key)
    last = now.astimezone(CHINA).date() - timedelta(days=1)
    first = max(min(entered, default=last + timedelta(days=1)), last - timedelta(days=MOST_DAYS - 1))
    whole = [first + timedelta(days=index) for index in range((last - first).days + 1)]
    back = range(window.days)
    return [Day(day, sum(came[day - timedelta(days=before)] for before in back), brought[day]) for day in whole]


def _weeks(members: Sequence[Member], period: Period, *, now: datetime) -> tuple[Week, ...]:
    """Return K by weeks of the period, counted back from its end; the first may be shorter."""
    weeks = []
    last = period.last
    while last >= period.first:
        week = Period(max(period.first, last - timedelta(days=6)), last)
        found = reproduction(members, now=now, entered=(week.start, week.end))
        weeks.append(Week(week.first, found, is_whole=week.end + WINDOW <= now))
        last = week.first - timedelta(days=1)
    return tuple(reversed(weeks))

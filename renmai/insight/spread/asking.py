"""Who was asked to pass a campaign on, and what came of it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.insight.models import SeedAsk
from renmai.insight.spread.chains import Chains, chains_of, person_key
from renmai.insight.spread.queries import MOST_SEEDS, Asked, seeds_for
from renmai.insight.spread.reproduction import WINDOW
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.sharing.models import Share

MOST_SHOWN = 200


@dataclass(frozen=True)
class AskedSeed:
    """Somebody who was asked: how many were expected, whether she made her link since, whom she brought in the seven days after."""

    user: User
    at: datetime
    expected: float
    has_link: bool
    brought: int
    is_over: bool


@dataclass(frozen=True)
class Asking:
    """Everybody who was asked for a campaign, the latest first. The sums are of those whose seven days are over."""

    people: tuple[AskedSeed, ...]

    @property
    def over(self) -> int:
        """How many of them had their days."""
        return sum(each.is_over for each in self.people)

    @property
    def expected(self) -> float:
        """How many people were expected to take part through these, they themselves included."""
        return sum(each.expected for each in self.people if each.is_over)

    @property
    def came(self) -> int:
        """How many did: those of them who passed it on, and whom they brought."""
        return sum(each.brought + each.has_link for each in self.people if each.is_over)


def write_down(campaign: Campaign, user_ids: Collection[int], *, asked_by: User) -> list[Asked]:
    """Write down that those of ``user_ids`` are asked who are suggested now, and return them. In the caller's transaction.

    Who is suggested agreed to be written to, may share, and was not asked lately (``seeds_for``): nobody else is asked.
    """
    chosen = [each for each in seeds_for(campaign.pk, count=MOST_SEEDS) if each.user.pk in user_ids]
    return [
        each
        for each in chosen
        if insert_missing(
            [SeedAsk(campaign=campaign, user=each.user, asked_by=asked_by, at=clock.now(), expected=each.seed.gain)]
        )
    ]


def asking_of(campaign_id: int, *, window: timedelta = WINDOW) -> Asking:
    """Return who was asked to pass a campaign on, the latest ``MOST_SHOWN``, and what came of each. Two statements, and those of the chains."""
    rows = list(SeedAsk.objects.filter(campaign=campaign_id).select_related("user").order_by("-at", "-pk")[:MOST_SHOWN])
    if not rows:
        return Asking(())
    now = clock.now()
    people = [row.user_id for row in rows]
    links = dict(Share.objects.filter(campaign_id=campaign_id, sharer__in=people).values_list("sharer_id", "created_at"))
    brought = _brought(chains_of(campaign_id, now=now), {row.user_id: row.at for row in rows}, window)
    return Asking(
        tuple(
            AskedSeed(
                user=row.user,
                at=row.at,
                expected=row.expected,
                has_link=row.user_id in links,
                brought=brought[row.user_id],
                is_over=row.at + window <= now,
            )
            for row in rows
        )
    )


def _brought(chains: Chains, asked: dict[int, datetime], window: timedelta) -> Counter[int]:
    at_of = {person_key(user_id): (user_id, at) for user_id, at in asked.items()}
    found: Counter[int] = Counter()
    for member in chains.members:
        if member.parent_key in at_of:
            user_id, at = at_of[member.parent_key]
            found[user_id] += at <= member.entered_at <= at + window
    return found

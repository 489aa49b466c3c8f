"""Feedback as it is read: one's own, what goods and sharers got, and who shares to whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet

from renmai.accounts.models import User
from renmai.kernel.errors import DomainError
from renmai.sharing import queries as sharing
from renmai.trust.models import Feedback, Tie

PAGE_SIZE = 20
MOST_SHARERS = 100
Word = Feedback.Word


@dataclass(frozen=True)
class FeedbackCount:
    """How often each word was said and stands."""

    useful: int = 0
    not_useful: int = 0
    mutes: int = 0
    complaints: int = 0

    @property
    def total(self) -> int:
        """All words together."""
        return self.useful + self.not_useful + self.mutes + self.complaints


@dataclass(frozen=True)
class SharerToMe:
    """Somebody who shared to me, how many of her links I opened or was sent, when last, and what I said of them."""

    user: User
    since: datetime
    last_at: datetime
    is_muted: bool
    said: FeedbackCount


def access_feedback(user: User, feedback_id: int) -> Feedback:
    """Return one's own word; ``request.not_found`` for anybody else's."""
    said = Feedback.objects.filter(pk=feedback_id, receiver=user).select_related("sharer", "share").first()
    if said is None:
        raise DomainError("request.not_found")
    return said


def access_sharer(user: User, sharer_id: int) -> User:
    """Return somebody who shared to ``user`` or whom she muted; ``request.not_found`` for anybody else."""
    is_known = Tie.objects.filter(receiver=user, sharer=sharer_id).exists()
    found = User.objects.filter(pk=sharer_id).first()
    if found is None or not (is_known or sharing.is_muted(receiver_id=user.pk, sharer_id=sharer_id)):
        raise DomainError("request.not_found")
    return found


def shares_to_me(user: User) -> list[SharerToMe]:
    """Return who shared to somebody, the last one first, and whom she muted; at most ``MOST_SHARERS``. Three statements."""
    muted = {row.sharer_id: row for row in sharing.muted_by(user.pk)}
    ties = list(Tie.objects.filter(receiver=user).select_related("sharer").order_by("-moved_at", "-pk")[:MOST_SHARERS])
    said = _counts(Feedback.objects.filter(receiver=user, sharer__in=[row.sharer_id for row in ties]), "sharer")
    found = [
        SharerToMe(row.sharer, row.begun_at, row.moved_at, row.sharer_id in muted, said.get(row.sharer_id, FeedbackCount()))
        for row in ties
    ]
    return sorted(found, key=lambda each: not each.is_muted)


def feedback_by_sharer(*, since: datetime, page: int = 1) -> list[tuple[User, FeedbackCount]]:
    """Return one page of the sharers about whom something was said since, those with most complaints and mutes first."""
    bad = Count("pk", filter=Q(word__in=[Word.MUTE, Word.COMPLAINT]))
    standing = Feedback.objects.filter(undone_at__isnull=True, at__gte=since).values("sharer")
    start = (min(max(page, 1), 500) - 1) * PAGE_SIZE
    ranked = standing.annotate(bad=bad, total=Count("pk")).order_by("-bad", "-total", "sharer")[start : start + PAGE_SIZE]
    ids = [row["sharer"] for row in ranked]
    counts = _counts(Feedback.objects.filter(sharer__in=ids, at__gte=since), "sharer")
    people = User.objects.in_bulk(ids)
    return [(people[pk], counts[pk]) for pk in ids]


def mutes_through(campaign_id: int) -> int:
    """Return how many people muted somebody over a link of a campaign and still do."""
    return muted_over(campaign_id).values("receiver").distinct().count()


def muted_over(campaign_id: int | OuterRef) -> QuerySet[Feedback]:
    """Return the mutes over links of a campaign that stand, for a part of a larger statement."""
    return Feedback.objects.filter(campaign_id=campaign_id, word=Word.MUTE, undone_at__isnull=True)


def _counts(rows: QuerySet[Feedback], column: str) -> dict[int, FeedbackCount]:
    counted = rows.filter(undone_at__isnull=True).values(column).order_by(column)
    return {
        row[column]: FeedbackCount(row["useful"], row["not_useful"], row["mutes"], row["complaints"])
        for row in counted.annotate(
            useful=Count("pk", filter=Q(word=Word.USEFUL)),
            not_useful=Count("pk", filter=Q(word=Word.NOT_USEFUL)),
            mutes=Count("pk", filter=Q(word=Word.MUTE)),
            complaints=Count("pk", filter=Q(word=Word.COMPLAINT)),
        )
    }

"""What must always be true of invitations: one inviter, no way back to oneself, nothing owed without a kept order."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from renmai.campaigns.models import Reward
from renmai.insight.experiments.models import Exposure
from renmai.kernel.audits import Violation
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.queries.lists import INVITED, INVITER, KEY

SHOWN: Final = 1000

_NOT_UNDER_A_ROOT: Final = """
WITH RECURSIVE reached (id) AS (
    SELECT invited_id FROM invitation_invitation
    WHERE inviter_id NOT IN (SELECT invited_id FROM invitation_invitation)
    UNION ALL
    SELECT below.invited_id FROM invitation_invitation below JOIN reached ON below.inviter_id = reached.id
)
SELECT invited_id FROM invitation_invitation WHERE invited_id NOT IN (SELECT id FROM reached) ORDER BY invited_id LIMIT %s
"""
"""Whoever has no root above her stands on a circle or below one. Everybody has one inviter, so each is reached once: linear."""


def violations() -> Iterator[Violation]:
    """Yield every broken rule of the play."""
    yield from _no_cycles()
    yield from _elders()
    yield from _kept_orders()
    yield from _rewards()
    yield from _promises()


def _no_cycles() -> Iterator[Violation]:
    with connection.cursor() as cursor:
        cursor.execute(_NOT_UNDER_A_ROOT, [SHOWN])
        circling = [user_id for (user_id,) in cursor.fetchall()]
    for user_id in circling:
        yield Violation(
            f"introductions.{KEY}", f"user {user_id}", "is brought by somebody whom she brought herself, step by step"
        )


def _elders() -> Iterator[Violation]:
    copied = Q(inviter_joined_at=F("inviter__created_at"), invited_joined_at=F("invited__created_at"))
    yield from _each(Invitation.objects.exclude(copied), "has other dates of joining than its two people")
    yield from _each(Invitation.objects.filter(at__lt=F("invited_joined_at")), "is older than the invited")


def _kept_orders() -> Iterator[Violation]:
    kept = Invitation.objects.filter(kept_order__isnull=False)
    yield from _each(kept.exclude(kept_order__buyer=F("invited")), "counts somebody else's order")
    yield from _each(kept.filter(kept_order__settled_at__isnull=True), "counts an order that is not kept")
    yield from _each(kept.filter(kept_order__placed_at__lt=F("at")), "counts an order from before it")
    yield from _each(kept.filter(kept_at__lt=F("kept_order__settled_at")), "was kept before its order was")


def _rewards() -> Iterator[Violation]:
    """Each reward belongs to the kept order of its invitation and to the right side; a turn of the month means one is owed."""
    for side, column in ((INVITER, "inviter"), (INVITED, "invited")):
        mine = Invitation.objects.annotate(cause=_cause(side)).filter(
            cause=OuterRef("cause"),
            kept_order=OuterRef("order"),
            campaign=OuterRef("campaign"),
            **{column: OuterRef("beneficiary")},
        )
        owed = Reward.objects.filter(cause__startswith=f"{KEY}:", cause__endswith=f":{side}")
        for reward in owed.filter(~Exists(mine)).order_by("pk")[:SHOWN]:
            yield Violation(f"rewards.{KEY}", f"reward {reward.pk}", f"is no {side}'s for a kept order of an invitation")
    its_own = Reward.objects.filter(cause=OuterRef("cause"))
    without = Invitation.objects.filter(turn__isnull=False).annotate(cause=_cause(INVITER)).filter(~Exists(its_own))
    yield from _each(without, "has a turn of the month and owes nothing")


def _promises() -> Iterator[Violation]:
    """Whoever was dealt terms by an experiment before she brought somebody brought her by these terms."""
    dealt = Exposure.objects.filter(experiment__campaign__play=KEY, user__isnull=False, superseded_at__isnull=True)
    first: dict[tuple[int, int], tuple[datetime, int]] = {}
    for row in dealt.select_related("experiment").order_by("at", "pk").iterator():
        variants = [key for key, _share in row.experiment.variants]
        pair = row.experiment.campaign_id or 0, row.user_id or 0
        first.setdefault(pair, (row.at, row.experiment.versions[variants.index(row.variant)]))
    rows = Invitation.objects.filter(campaign__in={campaign for campaign, _user in first})
    for invitation in rows.order_by("pk").iterator():
        at, version = first.get((invitation.campaign_id, invitation.inviter_id), (invitation.at, invitation.version))
        if at <= invitation.at and version != invitation.version:
            says = f"is by terms {invitation.version}, and the inviter was promised {version}"
            yield Violation(f"campaigns.{KEY}", f"invitation {invitation.pk}", says)


def _cause(side: str) -> Concat:
    return Concat(Value(f"{KEY}:"), Cast("pk", CharField()), Value(f":{side}"), output_field=CharField())


def _each(rows: "QuerySet[Any]", says: str) -> Iterator[Violation]:
    for row in rows.order_by("pk")[:SHOWN]:
        yield Violation(f"campaigns.{KEY}", f"invitation {row.pk}", says)

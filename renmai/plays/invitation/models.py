"""Tables of the play: everybody's own code, and who brought whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.kernel import clock, ids
from renmai.ordering.models import Order

CODE_LENGTH = 8


def new_code() -> str:
    """Return a code that can be read aloud."""
    return ids.token(CODE_LENGTH)


class InviteCode(models.Model):
    """A member's own code, made when she first looks for it."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="invite_code")
    code = models.CharField(max_length=12, unique=True, default=new_code)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.code


class Invitation(models.Model):
    """Who brought whom: one inviter per person, for ever, by the terms of ``version``.

    An inviter joined before whom she brought (of the same moment: was written down first). So every step up the forest leads to
    somebody older, and no chain can come back to where it began: the table itself refuses cycles.
    """

    class Via(models.TextChoices):
        """How the two were tied."""

        CODE = "code"
        LINK = "link"

    campaign = models.ForeignKey(Campaign, db_index=False, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    inviter = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="invitations")
    invited = models.OneToOneField(User, on_delete=models.PROTECT, related_name="invitation")
    inviter_joined_at = models.DateTimeField()
    invited_joined_at = models.DateTimeField()
    via = models.CharField(max_length=4, choices=Via)
    at = models.DateTimeField(default=clock.now)
    in_common = models.CharField(max_length=40, default="", blank=True)
    """What both were seen with when they were tied (``device``, ``phone``), for the look at the rewards."""

    kept_order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="+")
    """The first kept order that was large enough: the only one that is thanked for."""

    kept_at = models.DateTimeField(null=True)
    month = models.CharField(max_length=7, default="", blank=True)
    """The month in China in which it was kept, such as ``2026-11``."""

    turn = models.PositiveIntegerField(null=True)
    """Which of the inviter's thanked invitations of that month it is, from 1: the limit is a unique key. NULL: over the limit."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="invitation_elder",
                condition=~Q(inviter=F("invited"))
                & (
                    Q(inviter_joined_at__lt=F("invited_joined_at"))
                    | Q(inviter_joined_at=F("invited_joined_at"), inviter__lt=F("invited"))
                ),
            ),
            models.CheckConstraint(
                name="invitation_kept",
                condition=Q(kept_order__isnull=True, kept_at__isnull=True, turn__isnull=True)
                | Q(kept_order__isnull=False, kept_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["campaign", "inviter", "month", "turn"], condition=Q(turn__isnull=False), name="invitation_turn"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["inviter", "-at"], name="invitation_inviter")]

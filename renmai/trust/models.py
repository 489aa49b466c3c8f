"""Tables of trust: ties, the ledger of what moved them, feedback, what was sent, what was learnt of people and of all; pledges."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.sharing.models import Share
from renmai.trust.pledges import Pledge
from renmai.trust.weights import Kind


class Tie(models.Model):
    """One sharer and one receiver. ``good``, ``bad``, ``flow`` and ``pressure`` are on the stored scale of ``trust.decay``.

    Every one of them is the sum of its entries: the table could be thrown away and made again.
    """

    sharer = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="ties_given")
    receiver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ties_received")
    good = models.FloatField(default=0.0)
    bad = models.FloatField(default=0.0)
    pressure = models.FloatField(default=0.0)
    flow = models.FloatField(default=0.0)
    """What she paid and kept through the tie, in fen, fading like trust: an estimate of what flows, never a sum of money."""

    begun_at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sharer", "receiver"], name="trust_tie_once"),
            models.CheckConstraint(name="trust_tie_of_two", condition=~Q(sharer=F("receiver"))),
        ]
        indexes: ClassVar = [models.Index(fields=["moved_at"], name="trust_tie_moved")]


class Entry(models.Model):
    """The ledger: one thing that earned or spent trust, with its evidence, which counts once. Append-only.

    What is taken back has a second row of the same moment with the opposite amounts, so that nothing of it is left.
    """

    tie = models.ForeignKey(Tie, db_index=False, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    evidence = models.CharField(max_length=60)
    """What it is made of: ``order:5``, ``review:7``, ``claim:2``, ``feedback:4``, ``visit:share:receiver:day``, ``sending:9``."""

    takes_back = models.BooleanField(default=False)
    good = models.FloatField(default=0.0)
    bad = models.FloatField(default=0.0)
    pressure = models.FloatField(default=0.0)
    flow_fen = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["evidence", "kind", "takes_back"], name="trust_entry_once")]
        indexes: ClassVar = [models.Index(fields=["tie", "-at"], name="trust_entry_tie")]


class Feedback(models.Model):
    """What a receiver said of what was shared with her, in one tap; she can take it back."""

    class Word(models.TextChoices):
        """What can be said. ``complaint`` is said with a sentence, and pauses the sharer's sharing."""

        USEFUL = "useful", pgettext_lazy("feedback", "Useful")
        NOT_USEFUL = "not_useful", pgettext_lazy("feedback", "Not useful")
        MUTE = "mute", pgettext_lazy("feedback", "Mute")
        COMPLAINT = "complaint", pgettext_lazy("feedback", "Complaint")

    receiver = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="feedback_given")
    sharer = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="feedback_received")
    share = models.ForeignKey(Share, null=True, on_delete=models.PROTECT, related_name="feedback")
    product_id = models.BigIntegerField(null=True, db_index=True)
    campaign_id = models.BigIntegerField(null=True, db_index=True)
    word = models.CharField(max_length=10, choices=Word)
    note = models.CharField(max_length=300, default="", blank=True)
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["receiver", "share", "word"], condition=Q(undone_at__isnull=True), name="feedback_said_once"
            ),
            models.CheckConstraint(name="feedback_of_two", condition=~Q(receiver=F("sharer"))),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sharer", "-at"], name="feedback_sharer"),
            models.Index(fields=["receiver", "-at"], name="feedback_receiver"),
        ]


class Sending(models.Model):
    """One share that was pushed to one receiver, with what was known before: what the hazards are fitted on when it was explored."""

    sharer = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="+")
    product_id = models.BigIntegerField(null=True)
    pressure = models.FloatField()
    belief = models.FloatField()
    relevance = models.FloatField()
    is_exploring = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["receiver", "-at"], name="trust_sending_receiver"),
            models.Index(fields=["at"], condition=Q(is_exploring=True), name="trust_sending_explored"),
        ]


class Standing(models.Model):
    """What is known of somebody from all her ties, as of a moment: as a sharer the votes for her, as a receiver how she judges."""

    class Role(models.TextChoices):
        """On which side of her ties."""

        SHARER = "sharer", pgettext_lazy("trust", "Sharer")
        RECEIVER = "receiver", pgettext_lazy("trust", "Receiver")

    user = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role)
    good = models.FloatField(default=0.0)
    bad = models.FloatField(default=0.0)
    temper = models.FloatField(default=0.0)
    """How readily a receiver mutes, in log odds; 0 until it was fitted."""

    as_of = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "role"], name="trust_standing_once")]


class Fit(models.Model):
    """What was learnt of all: the platform's rate of good, and the weights of muting and buying. The newest row is in force."""

    platform_rate = models.FloatField()
    muting = models.JSONField()
    buying = models.JSONField()
    """Lists of θ0 … θ3: base, pressure, belief, relevance."""

    observations = models.PositiveIntegerField(default=0)
    mutes = models.PositiveIntegerField(default=0)
    log_loss = models.FloatField(null=True)
    at = models.DateTimeField(default=clock.now)


class PlatformTie(models.Model):
    """What the platform has earned with one agent by keeping its pledges. ``good`` and ``bad`` are on the stored scale of ``trust.decay``.

    Like a tie, it is the sum of its entries.
    """

    agent = models.OneToOneField(User, on_delete=models.PROTECT, related_name="platform_tie")
    good = models.FloatField(default=0.0)
    bad = models.FloatField(default=0.0)
    moved_at = models.DateTimeField(default=clock.now)


class PlatformEntry(models.Model):
    """The ledger of pledges: one that was kept or broken, with its evidence, which counts once. Append-only."""

    tie = models.ForeignKey(PlatformTie, db_index=False, on_delete=models.PROTECT, related_name="entries")
    pledge = models.CharField(max_length=10, choices=Pledge)
    evidence = models.CharField(max_length=60)
    """What it is made of: ``withdrawal:5``, ``parcel:7``, ``order:3``, ``claim:2``."""

    good = models.FloatField(default=0.0)
    bad = models.FloatField(default=0.0)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["evidence", "pledge"], name="platform_entry_once")]
        indexes: ClassVar = [
            models.Index(fields=["tie", "-at"], name="platform_entry_tie"),
            models.Index(fields=["at"], name="platform_entry_at"),
        ]

    @property
    def is_kept(self) -> bool:
        """Whether the pledge was kept."""
        return self.bad == 0


class Progress(models.Model):
    """How far a table of the rooms below was read."""

    source = models.CharField(max_length=20, unique=True)
    position = models.BigIntegerField(default=0)

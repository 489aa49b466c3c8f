"""Accounts and transfers. A transfer is immutable; a balance is what the transfers say."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from renmai.kernel import clock


class Side(models.TextChoices):
    """The side on which an account grows."""

    DEBIT = "debit"
    CREDIT = "credit"


class Account(models.Model):
    """A place where money is. ``kind`` is a row of ``chart.KINDS``; ``code`` reads ``kind:owner:purpose``, such as ``agent:17:available``.

    ``limited`` accounts (people's wallets) may never be overdrawn and keep running totals under a check constraint. Unlimited ones
    (the platform's) keep none: their balance is the sum of their transfers, so that no purchase waits for another at one hot row.
    """

    code = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    currency = models.CharField(max_length=3, default="CNY")
    side = models.CharField(max_length=6, choices=Side)
    limited = models.BooleanField()
    debits_posted_fen = models.BigIntegerField(default=0)
    credits_posted_fen = models.BigIntegerField(default=0)
    debits_pending_fen = models.BigIntegerField(default=0)
    credits_pending_fen = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "currency"], name="account_code"),
            models.CheckConstraint(
                name="account_not_overdrawn",
                condition=Q(limited=False)
                | Q(side="credit", credits_posted_fen__gte=F("debits_posted_fen") + F("debits_pending_fen"))
                | Q(side="debit", debits_posted_fen__gte=F("credits_posted_fen") + F("credits_pending_fen")),
            ),
            models.CheckConstraint(
                name="account_totals_not_negative",
                condition=Q(
                    debits_posted_fen__gte=0, credits_posted_fen__gte=0, debits_pending_fen__gte=0, credits_pending_fen__gte=0
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.currency}"


class Transfer(models.Model):
    """Money from one account to another. The id is made by the caller from what the transfer is for, so it applies at most once.

    ``kind`` says whether it moves money at once (``posted``), holds it (``pending``), or resolves a held one (``post`` up to the held
    amount, ``void``, ``expire``); a held transfer is resolved once, by the unique ``pending``.
    """

    class Kind(models.TextChoices):
        """What a transfer does."""

        POSTED = "posted"
        PENDING = "pending"
        POST = "post"
        VOID = "void"
        EXPIRE = "expire"

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.POSTED)
    debit_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    pending = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="resolution")
    expires_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40)
    reference = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="transfer_amount", condition=Q(amount_fen__gt=0) | Q(kind__in=["void", "expire"])),
            models.CheckConstraint(name="transfer_two_accounts", condition=~Q(debit_account=F("credit_account"))),
            models.CheckConstraint(
                name="transfer_resolution",
                condition=Q(kind__in=["posted", "pending"], pending__isnull=True)
                | Q(kind__in=["post", "void", "expire"], pending__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reference"], name="transfer_reference"),
            models.Index(fields=["at", "id"], name="transfer_at"),
            models.Index(fields=["expires_at"], condition=Q(kind="pending"), name="transfer_expiry"),
        ]

"""Agents, what they earn on kept sales, and how it leaves."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.ordering.models import OrderLine


class Agent(models.Model):
    """A member allowed to earn commission. Joining costs nothing; ``introduced_by`` counts only where depth 2 is configured."""

    class Status(models.TextChoices):
        """Whether she may earn."""

        ACTIVE = "active", pgettext_lazy("agent", "Active")
        SUSPENDED = "suspended", pgettext_lazy("agent", "Suspended")
        CLOSED = "closed", pgettext_lazy("agent", "Closed")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.ACTIVE: frozenset({Status.SUSPENDED, Status.CLOSED}),
        Status.SUSPENDED: frozenset({Status.ACTIVE, Status.CLOSED}),
        Status.CLOSED: frozenset(),
    }

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="agent")
    status = models.CharField(max_length=9, choices=Status, default=Status.ACTIVE)
    introduced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="introduced")
    born_on = models.DateField()
    occupation = models.CharField(max_length=30)
    real_name = models.CharField(max_length=40, default="", blank=True)
    payout_account = models.CharField(max_length=64, default="", blank=True)
    joined_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.user.display_name


class LeaderTerm(models.Model):
    """From when to when somebody led an agent's team, by appointment of the staff. She earns on her agents' sales only where the second

    layer is the leader's: a side layer counts like any other, so nobody earns as an introducer then.
    """

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="leader_terms")
    leader = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="led_terms")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent"], condition=Q(until__isnull=True), name="leader_one_now"),
            models.CheckConstraint(name="leader_other", condition=~Q(agent=F("leader"))),
            models.CheckConstraint(name="leader_term", condition=Q(until__isnull=True) | Q(until__gte=F("since"))),
        ]


class ProductRate(models.Model):
    """The commission of one product, in basis points of the net line; without a row the default setting applies."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="commission_rate")
    basis_points = models.PositiveIntegerField()
    second_basis_points = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="rate_within_law", condition=Q(basis_points__lte=3000 - F("second_basis_points"))),
        ]


class Commission(models.Model):
    """What one line earns for one agent: amount = base × rate, taken back by quantity when pieces come back.

    Once thawed, what is left of it in her wallet is amount − (reversed − owed) − withdrawn − repaid, never below zero.
    """

    class Status(models.TextChoices):
        """How far it is from her hand."""

        CREATED = "created", _("Created: goods not yet received")
        FROZEN = "frozen", _("Frozen: after-sales window open")
        AVAILABLE = "available", pgettext_lazy("commission", "Available")
        WITHDRAWN = "withdrawn", pgettext_lazy("commission", "Withdrawn")
        VOID = "void", pgettext_lazy("commission", "Void")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.CREATED: frozenset({Status.FROZEN, Status.VOID}),
        Status.FROZEN: frozenset({Status.AVAILABLE, Status.VOID}),
        Status.AVAILABLE: frozenset({Status.WITHDRAWN, Status.VOID}),
        Status.WITHDRAWN: frozenset({Status.AVAILABLE, Status.VOID}),
        Status.VOID: frozenset(),
    }

    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="commissions")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="commissions")
    depth = models.PositiveSmallIntegerField(default=1)
    basis_points = models.PositiveIntegerField()
    base_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    reversed_fen = models.BigIntegerField(default=0)
    owed_fen = models.BigIntegerField(default=0)
    """The part of ``reversed_fen`` that was gone already when its goods came back: it became debt."""

    withdrawn_fen = models.BigIntegerField(default=0)
    repaid_fen = models.BigIntegerField(default=0)
    """What of this commission went to pay earlier debt."""

    currency = models.CharField(max_length=3, default="CNY")
    status = models.CharField(max_length=9, choices=Status, default=Status.CREATED)
    created_at = models.DateTimeField(default=clock.now)
    thaw_at = models.DateTimeField(null=True)
    thawed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order_line", "depth"], name="commission_once"),
            models.CheckConstraint(name="commission_depth", condition=Q(depth__gte=1, depth__lte=2)),
            models.CheckConstraint(
                name="commission_sane",
                condition=Q(
                    amount_fen__gt=0,
                    owed_fen__gte=0,
                    owed_fen__lte=F("reversed_fen"),
                    reversed_fen__lte=F("amount_fen"),
                    withdrawn_fen__gte=0,
                    repaid_fen__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="commission_spent_once",
                condition=Q(amount_fen__gte=F("reversed_fen") - F("owed_fen") + F("withdrawn_fen") + F("repaid_fen")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "-created_at"], name="commission_agent"),
            models.Index(fields=["status", "thaw_at"], name="commission_thaw"),
            models.Index(fields=["agent", "thawed_at", "id"], name="commission_oldest"),
        ]


LEFT = F("amount_fen") - F("reversed_fen") + F("owed_fen") - F("withdrawn_fen") - F("repaid_fen")
"""What is left of a thawed commission in its agent's wallet, as SQL."""


class CommissionEntry(models.Model):
    """One line of an agent's income statement: what happened, how much, and why. Append-only; ``cause`` makes it happen once."""

    class Kind(models.TextChoices):
        """What happened."""

        CREATED = "created", _("Commission created")
        FROZEN = "frozen", _("Goods received, frozen")
        THAWED = "thawed", pgettext_lazy("commission", "Thawed")
        VOIDED = "voided", _("Void: refunded before it thawed")
        CLAWED_BACK = "clawed_back", _("Taken back: refunded after it thawed")
        DEBT = "debt", _("Owed: refunded after it was withdrawn")
        REPAID = "repaid", _("Debt repaid from commission")
        WITHDRAWN = "withdrawn", pgettext_lazy("commission", "Withdrawn")
        RETURNED = "returned", _("Withdrawal came back")
        PAID = "paid", pgettext_lazy("commission", "Paid out")
        TAX = "tax", _("Tax withheld")

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="entries")
    commission = models.ForeignKey(Commission, null=True, on_delete=models.PROTECT, related_name="entries")
    withdrawal = models.ForeignKey("Withdrawal", null=True, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=11, choices=Kind)
    amount_fen = models.BigIntegerField()
    cause = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agent", "-at"], name="commission_entry_agent")]


class Withdrawal(models.Model):
    """An agent takes out available commission. Two different people approve; tax is withheld; the provider pays the rest."""

    class Status(models.TextChoices):
        """How far it got."""

        REQUESTED = "requested", pgettext_lazy("withdrawal", "Waiting for review")
        REVIEWED = "reviewed", _("Waiting for the second approval")
        APPROVED = "approved", _("Approved, being paid")
        PAID = "paid", pgettext_lazy("withdrawal", "Paid")
        REJECTED = "rejected", pgettext_lazy("withdrawal", "Not approved")
        FAILED = "failed", _("Payment failed, money is back")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.REQUESTED: frozenset({Status.REVIEWED, Status.REJECTED}),
        Status.REVIEWED: frozenset({Status.APPROVED, Status.REJECTED}),
        Status.APPROVED: frozenset({Status.PAID, Status.FAILED}),
        Status.PAID: frozenset(),
        Status.REJECTED: frozenset(),
        Status.FAILED: frozenset(),
    }

    number = models.CharField(max_length=40, unique=True)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="withdrawals")
    amount_fen = models.BigIntegerField()
    tax_fen = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="CNY")
    status = models.CharField(max_length=9, choices=Status, default=Status.REQUESTED)
    payee = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=64)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, default="", blank=True)
    requested_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "idempotency_key"], name="withdrawal_once"),
            models.CheckConstraint(
                name="withdrawal_sane", condition=Q(amount_fen__gt=0, tax_fen__gte=0, tax_fen__lt=F("amount_fen"))
            ),
            models.CheckConstraint(
                name="withdrawal_two_people",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("reviewed_by")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "requested_at"], name="withdrawal_waiting")]


class WithdrawalPart(models.Model):
    """Which commission a withdrawal takes from, oldest first."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.PROTECT, related_name="parts")
    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="withdrawal_parts")
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["withdrawal", "commission"], name="withdrawal_part_once"),
            models.CheckConstraint(name="withdrawal_part_amount", condition=Q(amount_fen__gt=0)),
        ]


class TaxYear(models.Model):
    """An agent's income and tax of one calendar year, for cumulative withholding."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="tax_years")
    year = models.PositiveSmallIntegerField()
    income_fen = models.BigIntegerField(default=0)
    withheld_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "year"], name="tax_year_once"),
            models.CheckConstraint(name="tax_year_sane", condition=Q(income_fen__gte=0, withheld_fen__gte=0)),
        ]

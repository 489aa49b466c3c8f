"""What customers suggest about goods, and what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.kernel import clock

SUGGESTION_LENGTH = 500


class Suggestion(models.Model):
    """One suggestion about a product. Taken up it names the product that it changed, and since when.

    ``changed`` may be another product than the one it was about: a new variety, a better successor.
    """

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("Waits for an answer")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Not taken up")
        TAKEN_UP = "taken_up", _("Taken up")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.OPEN: frozenset({Status.ANSWERED, Status.DECLINED, Status.TAKEN_UP}),
        Status.ANSWERED: frozenset({Status.DECLINED, Status.TAKEN_UP}),
        Status.DECLINED: frozenset({Status.TAKEN_UP}),
        Status.TAKEN_UP: frozenset(),
    }

    product = models.ForeignKey(Product, db_index=False, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="suggestions")
    text = models.CharField(max_length=SUGGESTION_LENGTH)
    at = models.DateTimeField(default=clock.now)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    answer = models.CharField(max_length=SUGGESTION_LENGTH, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    """When it got its first answer."""

    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    changed = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="taken_up")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "author", "text"], name="suggestion_once"),
            models.CheckConstraint(
                name="suggestion_names_what_it_changed",
                condition=Q(status="taken_up", changed__isnull=False, changed_at__isnull=False)
                | Q(~Q(status="taken_up"), changed__isnull=True, changed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="suggestion_answered",
                condition=Q(status="open", answered_at__isnull=True) | Q(~Q(status="open"), answered_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "-at"], name="suggestion_desk"),
            models.Index(fields=["author", "-at"], name="suggestion_author"),
        ]

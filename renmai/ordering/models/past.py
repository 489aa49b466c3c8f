"""What an outside shop's past became here, so that nothing is imported twice."""

from typing import ClassVar

from django.db import models

from renmai.accounts.models import User
from renmai.ordering.models.orders import Order


class ImportedBuyer(models.Model):
    """Who a customer of an outside shop's past is here."""

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="imported_as")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "key"], name="imported_buyer_once")]


class ImportedDocument(models.Model):
    """One document of an outside shop's past that became an order, so that a second run imports nothing.

    ``digest`` is of its own lines; ``returns`` are the keys of the return lines that were taken off it.
    """

    source = models.CharField(max_length=40)
    document = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    returns = models.JSONField(default=list)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="imported_from")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "document"], name="imported_once")]

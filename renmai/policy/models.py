"""The operator's settings as rows. The rules themselves are code (``policy.rules``): nobody edits the law in a form."""

from typing import ClassVar

from django.db import models

from renmai.accounts.models import User
from renmai.kernel import clock


class SettingChange(models.Model):
    """One value of one setting from a moment on. Append-only: the newest row is in force, the others are its history."""

    key = models.CharField(max_length=60)
    value = models.JSONField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField(default=clock.now)
    follows = models.BigIntegerField(null=True, unique=True)
    """The change before this one, of any setting, nought for the first: of two that were judged by the same values one is refused."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "-id"], name="setting_key")]

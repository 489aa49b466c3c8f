"""Django application of the room `accounts`."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the table of regions as the package knows it."""
        post_migrate.connect(_load_regions, sender=self)


def _load_regions(*, using: str, plan: Any = (), **_sent: Any) -> None:
    from renmai.accounts import regions

    if not any(backwards for _migration, backwards in plan):
        regions.load_regions(using)

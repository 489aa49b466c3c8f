"""Django application of the room `ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

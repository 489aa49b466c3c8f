"""Django application of the room `fraud`."""

from django.apps import AppConfig


class FraudConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.fraud"
    label = "fraud"
    default_auto_field = "django.db.models.BigAutoField"

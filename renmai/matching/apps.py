"""Django application of the room `matching`."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"

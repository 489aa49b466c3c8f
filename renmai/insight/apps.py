"""Django application of the room `insight`."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the room `value`."""

from django.apps import AppConfig


class ValueConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.insight.value"
    label = "value"
    default_auto_field = "django.db.models.BigAutoField"

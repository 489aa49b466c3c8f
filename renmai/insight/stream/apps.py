"""Django application of the room `stream`."""

from django.apps import AppConfig


class StreamConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.insight.stream"
    label = "stream"
    default_auto_field = "django.db.models.BigAutoField"

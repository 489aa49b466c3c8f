"""Django application of the room `portraits`."""

from django.apps import AppConfig


class PortraitsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.insight.portraits"
    label = "portraits"
    default_auto_field = "django.db.models.BigAutoField"

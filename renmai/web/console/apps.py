"""Django application of the room `web.console`."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.web.console"
    label = "console"
    default_auto_field = "django.db.models.BigAutoField"

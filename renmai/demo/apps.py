"""Django application of the room `demo`."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

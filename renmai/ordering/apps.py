"""Django application of the room `ordering`."""

from django.apps import AppConfig


class OrderingConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.ordering"
    label = "ordering"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the room `sharing`."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

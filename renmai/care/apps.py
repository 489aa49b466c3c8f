"""Django application of the room `care`."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"

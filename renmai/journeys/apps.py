"""Django application of the room `journeys`."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.journeys"
    label = "journeys"
    default_auto_field = "django.db.models.BigAutoField"

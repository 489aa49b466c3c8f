"""Django application of the room `experiments`."""

from django.apps import AppConfig


class ExperimentsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.insight.experiments"
    label = "experiments"
    default_auto_field = "django.db.models.BigAutoField"

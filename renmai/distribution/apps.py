"""Django application of the room `distribution`."""

from django.apps import AppConfig


class DistributionConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.distribution"
    label = "distribution"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the room `trust`."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.trust"
    label = "trust"
    default_auto_field = "django.db.models.BigAutoField"

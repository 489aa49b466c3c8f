"""Django application of the room `policy`."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"

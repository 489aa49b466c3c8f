"""Django application of the room `api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the room `api`."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.programs"
    label = "programs"
    default_auto_field = "django.db.models.BigAutoField"

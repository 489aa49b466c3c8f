"""Django application of the room `web.workbench`."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.web.workbench"
    label = "workbench"
    default_auto_field = "django.db.models.BigAutoField"

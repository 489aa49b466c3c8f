"""Django application of the room `content`."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

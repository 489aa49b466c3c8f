"""Django application of the room `web.ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.web.ui"
    label = "ui"

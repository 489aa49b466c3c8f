"""Django application of the room `web.ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.web.ui"
    label = "ui"

    def ready(self) -> None:
        """Teach every list of addresses how rows are named."""
        from renmai.web.ui.converters import register

        register()

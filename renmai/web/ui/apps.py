"""Django application of the room `web.ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.web.ui"
    label = "ui"

    def ready(self) -> None:
        """Teach every list of addresses how rows are named, and mark the sessions of the staff."""
        from renmai.web.ui.converters import register
        from renmai.web.ui.staff_sessions import watch_sign_ins

        register()
        watch_sign_ins()

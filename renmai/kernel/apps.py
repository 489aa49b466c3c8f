"""Django application of the room `kernel`."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the refusals of every room and every play that has some, before anybody can raise one."""
        from importlib import import_module
        from importlib.util import find_spec

        from django.apps import apps

        for app in apps.get_app_configs():
            if find_spec(f"{app.name}.refusals"):
                import_module(f"{app.name}.refusals")

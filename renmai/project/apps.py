"""Django application of the room `project`."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Watch the connections that are kept between requests."""
        from renmai.project import connections

        connections.install()

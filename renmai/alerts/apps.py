"""Django application of the room `alerts`."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the panels of relations what happens here."""
        from renmai.alerts.relations import INTERACTIONS
        from renmai.campaigns.relations import tell

        tell(*INTERACTIONS)

"""Django application of the room `payments`."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start with a provider that could be forged."""
        from renmai.payments.providers import registry

        registry.check_all()

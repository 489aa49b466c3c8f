"""Django application of the room `payments`."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

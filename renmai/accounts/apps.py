"""Django application of the room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

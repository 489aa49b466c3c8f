"""Django application of the play `bargain`."""

from django.apps import AppConfig


class BargainConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai.plays.bargain"
    label = "bargain"
    default_auto_field = "django.db.models.BigAutoField"

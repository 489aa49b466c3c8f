"""Django application of the play `presale`."""

from django.apps import AppConfig


class PresaleConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai.plays.presale"
    label = "presale"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the play `flash`."""

from django.apps import AppConfig


class FlashConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai.plays.flash"
    label = "flash"
    default_auto_field = "django.db.models.BigAutoField"

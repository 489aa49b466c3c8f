"""Django application of the play `red_packet`."""

from django.apps import AppConfig


class RedPacketConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai.plays.red_packet"
    label = "red_packet"
    default_auto_field = "django.db.models.BigAutoField"

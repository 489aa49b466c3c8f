"""Django application of the room `channels`."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

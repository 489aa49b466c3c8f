"""Django application of the room `channels`."""

import logging

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep httpx from writing addresses into the log: those of WeChat carry the app's secret."""
        logging.getLogger("httpx").setLevel(logging.WARNING)

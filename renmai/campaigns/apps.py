"""Django application of the room `campaigns`."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

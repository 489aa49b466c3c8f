"""Django application of the play `groupbuy`."""

from django.apps import AppConfig


class GroupBuyConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai.plays.groupbuy"
    label = "groupbuy"
    default_auto_field = "django.db.models.BigAutoField"

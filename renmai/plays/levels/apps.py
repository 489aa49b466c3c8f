"""Django application of the play `levels`."""

from django.apps import AppConfig


class LevelsConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai.plays.levels"
    label = "levels"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the play `points`."""

from django.apps import AppConfig


class PointsConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai.plays.points"
    label = "points"
    default_auto_field = "django.db.models.BigAutoField"

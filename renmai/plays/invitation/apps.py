"""Django application of the play `invitation`."""

from django.apps import AppConfig


class InvitationConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai.plays.invitation"
    label = "invitation"
    default_auto_field = "django.db.models.BigAutoField"

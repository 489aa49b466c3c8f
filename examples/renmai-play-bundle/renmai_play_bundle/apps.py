"""Django application of the play `bundle`."""

from django.apps import AppConfig


class BundleConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai_play_bundle"
    label = "bundle"
    default_auto_field = "django.db.models.BigAutoField"

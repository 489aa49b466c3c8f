"""Django application of the room `catalogue`."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

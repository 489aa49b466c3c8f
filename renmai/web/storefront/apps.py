"""Django application of the room `web.storefront`."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    """Registers the room with Django."""

    name = "renmai.web.storefront"
    label = "storefront"
    default_auto_field = "django.db.models.BigAutoField"

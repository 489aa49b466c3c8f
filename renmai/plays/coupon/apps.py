"""Django application of the play `coupon`."""

from django.apps import AppConfig


class CouponConfig(AppConfig):
    """Registers the play with Django."""

    name = "renmai.plays.coupon"
    label = "coupon"
    default_auto_field = "django.db.models.BigAutoField"

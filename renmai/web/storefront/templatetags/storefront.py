"""Filters of the customer pages."""

from django import template

from renmai.sharing.models import Shop
from renmai.web.storefront.introductions import face_of
from renmai.web.ui.pictures import media_url

register = template.Library()


@register.filter
def tenths(value: int) -> str:
    """Write tenths as a number with one decimal: 47 becomes ``4.7``."""
    return f"{value // 10}.{value % 10}"


@register.filter
def whole_stars(value: int) -> int:
    """Round tenths of a star to whole stars, half up."""
    return (value + 5) // 10


@register.filter
def media_address(path: str) -> str:
    """Return the address of an uploaded picture."""
    return media_url(path)


@register.filter
def face(shop: Shop) -> str:
    """Return what draws the agent of a shop, for the tag ``avatar``."""
    return face_of(shop)

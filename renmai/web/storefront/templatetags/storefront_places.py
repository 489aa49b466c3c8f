"""Places as people write them."""

from django import template

from renmai.accounts.models import Region
from renmai.accounts.queries import path_of

register = template.Library()


@register.filter
def region_text(region: Region) -> str:
    """Return ``广东省 深圳市 南山区``; free when the region's parents were loaded with it."""
    return path_of(region)

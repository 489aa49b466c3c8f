"""What templates of other rooms, which only have a campaign's terms, need to draw a coupon."""

from collections.abc import Mapping
from typing import Any

from django import template

from renmai.plays.coupon.conditions import Conditions, conditions_of

register = template.Library()


@register.filter
def on_coupon(terms: Mapping[str, Any]) -> Conditions:
    """Return what stands on a coupon with these terms."""
    return conditions_of(terms)

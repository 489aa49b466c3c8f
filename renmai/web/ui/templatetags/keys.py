"""The idempotency key of a form: sent twice, acts once."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from renmai.kernel import ids

register = template.Library()


@register.simple_tag
def idempotency_key() -> SafeString:
    """Return the hidden field that makes a form that moves money act once, however often it is sent."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', ids.secret(32))

"""Addresses that leave the agent's pages: what she gives to others."""

from django.conf import settings
from django.urls import reverse

from renmai.sharing.models import Share, Shop


def share_link(link: Share) -> str:
    """Return the whole address that others open, as it is copied, drawn as a QR code and printed on the poster."""
    return settings.RENMAI_BASE_URL.rstrip("/") + reverse("storefront:share", args=[link.code])


def shop_page(shop: Shop) -> str:
    """Return the address of the shop as customers see it."""
    return reverse("storefront:shop", args=[shop.code])

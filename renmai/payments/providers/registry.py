"""Finds providers by name in the settings table ``RENMAI_PAYMENT_PROVIDERS`` (name → dotted path of the class)."""

from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from renmai.kernel.errors import DomainError
from renmai.payments.providers.base import Provider


def names() -> list[str]:
    """Return the names of all providers."""
    return sorted(settings.RENMAI_PAYMENT_PROVIDERS)


def get(name: str) -> Provider:
    """Return the provider ``name``. Raises ``payments.unknown_provider``."""
    path = settings.RENMAI_PAYMENT_PROVIDERS.get(name)
    if path is None:
        raise DomainError("payments.unknown_provider")
    return cast("Provider", import_string(path)())


def check_all() -> None:
    """Build every provider once, so that one without its secret stops the start and not the first payment."""
    for name in names():
        get(name)

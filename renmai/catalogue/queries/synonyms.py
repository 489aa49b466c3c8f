"""Synonyms as the staff reads them."""

from typing import Final

from django.core.paginator import Page, Paginator

from renmai.accounts.models import User
from renmai.catalogue.models import Synonym
from renmai.catalogue.policies import require_products

PAGE_SIZE: Final = 30


def synonyms(actor: User, *, page: int = 1) -> "Page[Synonym]":
    """Return one page of the synonyms, the newest first. Needs ``products.edit``. Two statements."""
    require_products(actor)
    return Paginator(Synonym.objects.order_by("-pk"), PAGE_SIZE).get_page(page)

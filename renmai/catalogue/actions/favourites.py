"""Favourites: what a person keeps for later."""

from typing import Final

from django.db import IntegrityError, transaction

from renmai.accounts.models import User
from renmai.catalogue.models import Favourite
from renmai.catalogue.queries import access_product
from renmai.kernel.errors import DomainError

MAX_FAVOURITES: Final = 500


@transaction.atomic
def toggle_favourite(user: User, product_id: int) -> bool:
    """Keep the product, or stop keeping it; return whether it is kept now.

    Raises ``request.not_found``, ``catalogue.too_many_favourites``. Two clicks at once end like one: kept.
    """
    if Favourite.objects.filter(user=user, product_id=product_id).delete()[0]:
        return False
    access_product(None, product_id)
    if Favourite.objects.filter(user=user).count() >= MAX_FAVOURITES:
        raise DomainError("catalogue.too_many_favourites", most=MAX_FAVOURITES)
    try:
        with transaction.atomic():
            Favourite.objects.create(user=user, product_id=product_id)
    except IntegrityError:
        return True
    return True

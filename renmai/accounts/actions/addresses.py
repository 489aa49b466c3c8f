"""Addresses of a person."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from renmai.accounts import queries
from renmai.accounts.inputs import AddressInput
from renmai.accounts.models import Address, User
from renmai.kernel import clock
from renmai.kernel.errors import DomainError


def save_address(user: User, address: AddressInput, *, address_id: int | None = None) -> Address:
    """Add an address, or change the one with ``address_id``; the first one becomes the default.

    Orders keep copies, so a change never reaches a parcel on its way. Raises ``accounts.recipient``, ``.phone``, ``.region``,
    ``.street`` beside their fields, ``accounts.address_limit``, ``request.not_found``.
    """
    clean = address.clean()
    region = queries.region(clean.region_code)
    try:
        with transaction.atomic():
            _hold(user)
            row = Address(user=user) if address_id is None else queries.access_address(user, address_id)
            others = _open(user).exclude(pk=row.pk)
            if address_id is None and others.count() >= queries.ADDRESS_LIMIT:
                raise DomainError("accounts.address_limit", maximum=queries.ADDRESS_LIMIT)
            has_default = others.filter(is_default=True).exists()
            if clean.is_default and has_default:
                others.filter(is_default=True).update(is_default=False)
            row.is_default = clean.is_default or row.is_default or not has_default
            row.recipient, row.phone, row.street, row.region = clean.recipient, clean.phone, clean.street, region
            row.save()
            return row
    except IntegrityError:
        # Two windows made a default at once; the constraint let one through.
        raise DomainError("request.conflict") from None


def set_default_address(user: User, address_id: int) -> Address:
    """Make one address the default. Raises ``request.not_found``."""
    try:
        with transaction.atomic():
            _hold(user)
            row = queries.access_address(user, address_id)
            _open(user).filter(is_default=True).exclude(pk=row.pk).update(is_default=False)
            Address.objects.filter(pk=row.pk).update(is_default=True)
    except IntegrityError:
        raise DomainError("request.conflict") from None
    row.is_default = True
    return row


def remove_address(user: User, address_id: int) -> None:
    """Remove an address from the list; when it was the default, the newest other one takes its place."""
    with transaction.atomic():
        _hold(user)
        row = queries.access_address(user, address_id)
        if Address.objects.filter(pk=row.pk, deleted_at__isnull=True).update(deleted_at=clock.now()) and row.is_default:
            heir = _open(user).order_by("-pk").first()
            if heir is not None:
                Address.objects.filter(pk=heir.pk).update(is_default=True)


def _hold(user: User) -> None:
    """Let one change of a person's list wait for another: how many there are and which is the default depends on all of them.

    The one default is a constraint all the same. New orders, which only refer to the person, do not wait.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))


def _open(user: User) -> QuerySet[Address]:
    return Address.objects.filter(user=user, deleted_at__isnull=True)

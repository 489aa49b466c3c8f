"""Addresses and China's regions."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.accounts import actions, queries
from renmai.accounts.inputs import AddressInput
from renmai.accounts.models import Address, User
from renmai.api.answers import Listed, Paged, whole
from renmai.api.callers import ANYONE, PERSON, person
from renmai.api.parsing import Code, Id
from renmai.api.schemas.people import AddressIn, AddressOut, RegionOut

router = Router(tags=["Addresses"], auth=PERSON)


@router.get("/regions", response=Paged[RegionOut], auth=ANYONE)
def list_regions(request: HttpRequest, *, parent: Code | None = None) -> Listed[Any]:
    """China's regions below ``parent``; the provinces without one. Three levels: province, city, district."""
    return whole(queries.regions(parent))


@router.get("/addresses", response=Paged[AddressOut])
def list_addresses(request: HttpRequest) -> Listed[Any]:
    """One's addresses. The default first."""
    return whole(queries.addresses(person(request)))


@router.post("/addresses", response={201: AddressOut})
def add_address(request: HttpRequest, given: AddressIn) -> Address:
    """Add an address. The first one becomes the default."""
    return _saved(person(request), given)


@router.put("/addresses/{address_id}", response=AddressOut)
def change_address(request: HttpRequest, address_id: Id, given: AddressIn) -> Address:
    """Change an address. Orders keep copies, so parcels on their way are not touched."""
    return _saved(person(request), given, address_id=address_id)


@router.delete("/addresses/{address_id}", response={204: None})
def remove_address(request: HttpRequest, address_id: Id) -> None:
    """Remove an address from one's list."""
    actions.remove_address(person(request), address_id)


@router.post("/addresses/{address_id}/default", response=AddressOut)
def set_default_address(request: HttpRequest, address_id: Id) -> Address:
    """Make an address the default."""
    return actions.set_default_address(person(request), address_id)


def _saved(user: User, given: AddressIn, *, address_id: int | None = None) -> Address:
    address = AddressInput(given.recipient, given.phone, given.region_code, given.street, given.is_default)
    return actions.save_address(user, address, address_id=address_id)

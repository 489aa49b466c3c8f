"""The forms by which waiting parcels leave, one drawer each."""

from collections.abc import Sequence

from renmai.ordering.models import Shipment
from renmai.web.console.forms import ShipForm

Drawer = tuple[Shipment, ShipForm, bool]
"""A parcel, its form, and whether it is open."""


def drawers(parcels: Sequence[Shipment], refused: tuple[int, ShipForm] | None = None) -> list[Drawer]:
    """Return a form for each waiting parcel of the page; the refused one opens, even when its parcel has left the list."""
    waiting = [parcel for parcel in parcels if parcel.status == Shipment.Status.WAITING]
    made: list[Drawer] = []
    for parcel in waiting:
        is_refused = refused is not None and refused[0] == parcel.pk
        made.append((parcel, refused[1] if refused and is_refused else ShipForm(prefix=str(parcel.pk)), is_refused))
    if refused is not None and refused[0] not in {parcel.pk for parcel in waiting}:
        gone = Shipment.objects.select_related("order", "supplier").filter(pk=refused[0]).first()
        if gone is not None:
            made.append((gone, refused[1], True))
    return made

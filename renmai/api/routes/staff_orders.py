"""The staff: orders, parcels, pickups, after-sales."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, listed
from renmai.api.callers import Staff, person
from renmai.api.keys import once
from renmai.api.parsing import Code, Id, PageNumber, Plain, Words
from renmai.api.schemas.buying import FullOrderOut
from renmai.api.schemas.claims import AnswerIn, ClaimOut, FullClaimOut, ReceivedBackIn
from renmai.api.schemas.staff_orders import BatchOut, CsvIn, CsvOut, PickupIn, ShipIn, StaffOrderOut, StaffShipmentOut
from renmai.journeys import after_sale, receiving
from renmai.ordering import queries
from renmai.ordering.actions import shipping
from renmai.ordering.models import Shipment

VIEW, SHIP = Staff(Permission.ORDERS_VIEW), Staff(Permission.ORDERS_SHIP)
CLAIMS, DECIDE = Staff(Permission.AFTER_SALES_DECIDE, Permission.ORDERS_VIEW), Staff(Permission.AFTER_SALES_DECIDE)
router = Router(tags=["Staff: orders"], auth=VIEW)
Short = Annotated[Plain, Field(max_length=20)]


class OrdersAsked(BaseModel):
    """Which orders to list."""

    model_config = ConfigDict(frozen=True)

    status: Short = ""
    text: Words = Field(default="", description="An order's number, a recipient, a phone, or a tracking number.")
    source: Annotated[Plain, Field(max_length=40)] = ""
    shop_id: Id | None = None
    placed_from: AwareDatetime | None = None
    placed_to: AwareDatetime | None = None
    page: PageNumber = 1


@router.get("/staff/orders", response=Paged[StaffOrderOut])
def list_all_orders(request: HttpRequest, wanted: Query[OrdersAsked]) -> Listed[Any]:
    """All orders, as far as they match. Newest first."""
    fields = wanted.model_dump(exclude={"page"})
    return listed(queries.all_orders(person(request), queries.OrderFilter(**fields), page=wanted.page))


@router.get("/staff/shipments", response=Paged[StaffShipmentOut])
def list_shipments(
    request: HttpRequest, *, status: Short = "waiting", supplier_id: Id | None = None, page: PageNumber = 1
) -> Listed[Any]:
    """Parcels in one status. Those that wait begin with the most urgent."""
    return listed(queries.shipments_of(person(request), status=status, supplier_id=supplier_id, page=page))


@router.get("/staff/shipments/template", response=CsvOut)
def get_shipments_csv(request: HttpRequest, *, supplier_id: Id | None = None) -> dict[str, str]:
    """The parcels that wait as the CSV that batch shipping reads. Fill in carrier and tracking number and send it back."""
    return {"csv": queries.shipments_csv(person(request), supplier_id=supplier_id)}


@router.post("/staff/shipments/batch", response=BatchOut, auth=SHIP)
def batch_ship(request: HttpRequest, given: CsvIn) -> shipping.BatchReport:
    """Ship the parcels of a CSV. Each row is an action of its own; a row sent twice with the same number counts once."""
    return shipping.batch_ship(person(request), given.csv)


@router.post("/staff/shipments/{shipment_id}/ship", response=StaffShipmentOut, auth=SHIP)
def ship_parcel(request: HttpRequest, shipment_id: Id, given: ShipIn) -> Shipment:
    """Send a parcel off. Again with the same number changes nothing."""
    return shipping.ship(person(request), shipment_id, carrier=given.carrier, tracking_number=given.tracking_number)


@router.post("/staff/shipments/{shipment_id}/delivered", response=StaffShipmentOut, auth=SHIP)
def mark_delivered(request: HttpRequest, shipment_id: Id) -> Shipment:
    """Note that the carrier has delivered a parcel. The customer's receipt is another thing."""
    return shipping.mark_delivered(person(request), shipment_id)


@router.get("/staff/pickups", response=Paged[StaffOrderOut])
def list_pickups(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """Paid orders that nobody has fetched yet. Oldest first."""
    return listed(queries.pickups_waiting(person(request), page=page))


@router.post("/staff/pickups/{number}/hand-over", response=FullOrderOut, auth=SHIP)
def hand_over(request: HttpRequest, number: Code, given: PickupIn) -> queries.OrderPage:
    """Hand an order to the customer who shows its code. Shipped and received at once."""
    receiving.hand_over(person(request), number, code=given.code)
    return queries.order_page(person(request), number)


@router.get("/staff/after-sales", response=Paged[ClaimOut], auth=CLAIMS)
def list_claims(request: HttpRequest, *, status: Short = "requested", page: PageNumber = 1) -> Listed[Any]:
    """Claims in one status, or all that are ``open``. Nearest deadline first."""
    return listed(queries.after_sales_waiting(person(request), status=status, page=page))


@router.post("/staff/after-sales/{number}/approve", response=FullClaimOut, auth=DECIDE)
def approve_claim(request: HttpRequest, number: Code, given: AnswerIn) -> queries.AfterSalePage:
    """Approve a claim. Needs an Idempotency-Key; a refund-only is refunded, anything else waits for the goods."""
    once(request, lambda: after_sale.approve(person(request), number, answer=given.answer), given.answer)
    return queries.after_sale_page(person(request), number)


@router.post("/staff/after-sales/{number}/reject", response=FullClaimOut, auth=DECIDE)
def reject_claim(request: HttpRequest, number: Code, given: AnswerIn) -> queries.AfterSalePage:
    """Refuse a claim and say why. Needs an Idempotency-Key."""
    once(request, lambda: after_sale.reject(person(request), number, answer=given.answer), given.answer)
    return queries.after_sale_page(person(request), number)


@router.post("/staff/after-sales/{number}/receive-back", response=FullClaimOut, auth=DECIDE)
def receive_back(request: HttpRequest, number: Code, given: ReceivedBackIn) -> queries.AfterSalePage:
    """Confirm that the goods came back: refund, or replace. Needs an Idempotency-Key; resaleable pieces go back on the shelf."""
    act = person(request)
    once(request, lambda: after_sale.receive_back(act, number, is_resaleable=given.is_resaleable), given.is_resaleable)
    return queries.after_sale_page(act, number)

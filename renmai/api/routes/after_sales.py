"""Claims of customers."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.api.answers import Listed, Paged, listed, whole
from renmai.api.callers import ANYONE, PERSON, person
from renmai.api.keys import key_of
from renmai.api.parsing import Code, PageNumber, pictures_of
from renmai.api.schemas.claims import ClaimIn, ClaimOut, FullClaimOut, SentBackIn
from renmai.api.schemas.goods import LabelOut, labels
from renmai.journeys import after_sale
from renmai.ordering import queries
from renmai.ordering.actions.shipping import CARRIERS

router = Router(tags=["After-sales"], auth=PERSON)


@router.get("/after-sales/reasons", response=Paged[LabelOut], auth=ANYONE)
def list_reasons(request: HttpRequest) -> Listed[Any]:
    """The reasons that can be given."""
    return whole(labels(queries.AFTER_SALE_REASONS))


@router.get("/carriers", response=Paged[LabelOut], auth=ANYONE)
def list_carriers(request: HttpRequest) -> Listed[Any]:
    """The carriers that parcels can travel with."""
    return whole(labels(CARRIERS))


@router.post("/orders/{number}/after-sales", response={201: FullClaimOut})
def request_after_sale(request: HttpRequest, number: Code, given: ClaimIn) -> queries.AfterSalePage:
    """Ask for a refund, a return or an exchange of pieces of one line. Needs an Idempotency-Key; what has not left is refunded at once."""
    draft = after_sale.AfterSaleDraft(
        order_number=number,
        order_line_id=given.order_line_id,
        kind=given.kind,
        quantity=given.quantity,
        reason=given.reason,
        is_quality_issue=given.is_quality_issue,
        note=given.note,
        pictures=pictures_of(given.pictures),
    )
    claim = after_sale.request(person(request), draft, idempotency_key=key_of(request))
    return queries.after_sale_page(person(request), claim.number)


@router.get("/after-sales", response=Paged[ClaimOut])
def list_after_sales(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """One's claims. Newest first."""
    return listed(queries.after_sales_of(person(request), page=page))


@router.get("/after-sales/{number}", response=FullClaimOut)
def get_after_sale(request: HttpRequest, number: Code) -> queries.AfterSalePage:
    """A claim with its timeline, and what can be done with it now."""
    return queries.after_sale_page(person(request), number)


@router.post("/after-sales/{number}/withdraw", response=FullClaimOut)
def withdraw_after_sale(request: HttpRequest, number: Code) -> queries.AfterSalePage:
    """Take one's claim back, while nothing has moved."""
    after_sale.withdraw(person(request), number)
    return queries.after_sale_page(person(request), number)


@router.post("/after-sales/{number}/send-back", response=FullClaimOut)
def send_back(request: HttpRequest, number: Code, given: SentBackIn) -> queries.AfterSalePage:
    """Say how the goods travel back."""
    after_sale.send_back(person(request), number, carrier=given.carrier, tracking_number=given.tracking_number)
    return queries.after_sale_page(person(request), number)


@router.post("/after-sales/{number}/confirm-replacement", response=FullClaimOut)
def confirm_replacement(request: HttpRequest, number: Code) -> queries.AfterSalePage:
    """Confirm that the replacement of an exchange has arrived."""
    after_sale.confirm_replacement(person(request), number)
    return queries.after_sale_page(person(request), number)

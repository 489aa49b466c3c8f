"""One's own portrait, the staff's segments, and the end of an account at a customer's wish."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, listed
from renmai.api.callers import PERSON, Staff, person
from renmai.api.parsing import Id, PageNumber
from renmai.api.schemas.portraits import (
    ConditionsIn,
    DeletionWishIn,
    PortraitCopyOut,
    PortraitOut,
    PreviewOut,
    SegmentIn,
    SegmentOut,
)
from renmai.insight.portraits import actions, queries
from renmai.insight.portraits.conditions import conditions_of
from renmai.insight.portraits.models import Segment
from renmai.insight.portraits.queries.segments import Preview
from renmai.journeys import deleting
from renmai.web.ui.people import address_of

router = Router()
SEE, COMPOSE = Staff(Permission.CUSTOMERS_VIEW), Staff(Permission.CAMPAIGNS_MANAGE)
CORRECT = Staff(Permission.CUSTOMERS_CORRECT)


@router.get("/me/portrait", response=PortraitOut, auth=PERSON, tags=["Me"])
def get_portrait(request: HttpRequest) -> queries.Likeness:
    """What the shop knows of one: facts, interests with their source and age, tags."""
    return queries.own(person(request))


@router.get("/me/portrait/export", response=PortraitCopyOut, auth=PERSON, tags=["Me"])
def export_portrait(request: HttpRequest) -> queries.PortraitCopy:
    """One's own copy of it with the events behind it. Newest events first, 10,000 at most."""
    return queries.copy_of(person(request))


@router.get("/staff/segments", response=Paged[SegmentOut], auth=SEE, tags=["Staff: customers"])
def list_segments(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """Segments in use. By name."""
    return listed(queries.segments(person(request), page=page))


@router.post("/staff/segments", response={201: SegmentOut}, auth=COMPOSE, tags=["Staff: customers"])
def compose_segment(request: HttpRequest, given: SegmentIn) -> Segment:
    """Save a segment. Who belongs to it is asked anew each time."""
    conditions = [row.model_dump() for row in given.conditions]
    return actions.compose(person(request), name=given.name, match=given.match, conditions=conditions)


@router.post("/staff/segments/preview", response=PreviewOut, auth=SEE, tags=["Staff: customers"])
def preview_segment(request: HttpRequest, given: ConditionsIn) -> Preview:
    """How many people fulfil these conditions now. Saves nothing."""
    conditions = conditions_of([row.model_dump() for row in given.conditions])
    return queries.preview(person(request), conditions, given.match, sample=1)


@router.post("/staff/customers/{user_id}/deletion", response={204: None}, auth=CORRECT, tags=["Staff: customers"])
def delete_customer(request: HttpRequest, user_id: Id, given: DeletionWishIn) -> None:
    """Delete a customer's account for good because she asked for it. Refused while something of hers is open; logged."""
    deleting.delete_for(person(request), user_id, reason=given.reason, ip_address=address_of(request) or None)

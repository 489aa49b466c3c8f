"""Suggestions about goods: made by customers, answered, declined or taken up by the staff."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, listed
from renmai.api.callers import PERSON, Staff, person
from renmai.api.parsing import Id, PageNumber, Plain
from renmai.api.schemas.suggestions import StaffSuggestionOut, SuggestionAnswerIn, SuggestionIn, SuggestionOut, TakeUpIn
from renmai.ordering import queries
from renmai.ordering.actions.suggesting import answer_suggestion, suggest, take_up
from renmai.ordering.models import Suggestion

router = Router(auth=PERSON)
DESK = Staff(Permission.PRODUCTS_EDIT)
ONE = "/staff/suggestions/{suggestion_id}"


@router.post("/products/{product_id}/suggestions", response={201: SuggestionOut}, tags=["Me"])
def suggest_about(request: HttpRequest, product_id: Id, given: SuggestionIn) -> Suggestion:
    """Suggest something about a product that is or was on sale. Three in 24 hours; the same words once."""
    return suggest(person(request), product_id, given.text)


@router.get("/me/suggestions", response=Paged[SuggestionOut], tags=["Me"])
def list_suggestions(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """What one suggested, with what became of it. Newest first."""
    return listed(queries.suggestions_of(person(request), page=page))


@router.get("/staff/suggestions", response=Paged[StaffSuggestionOut], auth=DESK, tags=["Staff: goods"])
def list_staff_suggestions(
    request: HttpRequest, *, status: Annotated[Plain, Field(max_length=10)] = "", page: PageNumber = 1
) -> Listed[Any]:
    """Everybody's suggestions, those of a status or all. Newest first."""
    return listed(queries.suggestions_for_staff(person(request), status=status, page=page))


@router.get(ONE, response=StaffSuggestionOut, auth=DESK, tags=["Staff: goods"])
def get_suggestion(request: HttpRequest, suggestion_id: Id) -> Suggestion:
    """One suggestion."""
    return queries.access_suggestion(person(request), suggestion_id)


@router.post(ONE + "/answer", response=StaffSuggestionOut, auth=DESK, tags=["Staff: goods"])
def answer_staff_suggestion(request: HttpRequest, suggestion_id: Id, given: SuggestionAnswerIn) -> Suggestion:
    """Answer a suggestion; its author is told. It can still be declined or taken up."""
    actor = person(request)
    return answer_suggestion(actor, queries.access_suggestion(actor, suggestion_id), is_declined=False, answer=given.answer)


@router.post(ONE + "/decline", response=StaffSuggestionOut, auth=DESK, tags=["Staff: goods"])
def decline_suggestion(request: HttpRequest, suggestion_id: Id, given: SuggestionAnswerIn) -> Suggestion:
    """Say why it is not taken up; its author is told. It can still be taken up later."""
    actor = person(request)
    return answer_suggestion(actor, queries.access_suggestion(actor, suggestion_id), is_declined=True, answer=given.answer)


@router.post(ONE + "/take-up", response=StaffSuggestionOut, auth=DESK, tags=["Staff: goods"])
def take_suggestion_up(request: HttpRequest, suggestion_id: Id, given: TakeUpIn) -> Suggestion:
    """Say that it changed a product; its author is told, and shares in what that product sells from then on."""
    actor = person(request)
    found = queries.access_suggestion(actor, suggestion_id)
    return take_up(actor, found, answer=given.answer, product_id=given.product_id, since=given.since)

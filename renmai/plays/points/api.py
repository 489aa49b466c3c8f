"""The play for programs: one's points and their statement."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.api.answers import Listed, Out, Paged, listed
from renmai.api.callers import PERSON, person
from renmai.api.parsing import PageNumber
from renmai.plays.points import queries

router = Router(tags=["Plays"], auth=PERSON)


class PointsBalanceOut(Out):
    """What one has, in points. ``ends_next`` of them end at ``next_end``."""

    available: int
    reserved: int
    debt: int
    ends_next: int
    next_end: datetime | None


class PointsLineOut(Out):
    """One line of the statement: ``points`` is what it changed of what can be spent, or of the debt."""

    title: str
    why: str
    points: int
    is_debt: bool
    order_number: str
    campaign: str
    at: datetime


@router.get("/mine", response=PointsBalanceOut)
def get_my_points(request: HttpRequest) -> queries.Balance:
    """One's points. They are used with ``plays`` = [{"play": "points", "campaign_id", "reference": how many, or "" for as many as fit}]."""
    return queries.balance(person(request))


@router.get("/mine/statement", response=Paged[PointsLineOut])
def list_my_points(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """Everything that ever changed one's points. Newest first."""
    return listed(queries.statement(person(request), page=page))

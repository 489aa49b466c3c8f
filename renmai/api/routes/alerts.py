"""Customers who linger: an agent's open alerts and her answers, and what alerts came to."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.accounts.policies import Permission
from renmai.alerts import actions, queries
from renmai.api.answers import Listed, Paged, whole
from renmai.api.callers import Staff
from renmai.api.parsing import Id
from renmai.api.periods import period_of
from renmai.api.schemas.trust import AlertAnswerIn, AlertAnswerOut, AlertFiguresOut, BrowseAlertOut
from renmai.api.seats import SELLER, seat
from renmai.sharing import queries as sharing

router = Router(tags=["Agent"], auth=SELLER)
Day = Annotated[date | None, Field(strict=False)]


@router.get("/agent/browse-alerts", response=Paged[BrowseAlertOut])
def list_browse_alerts(request: HttpRequest) -> Listed[Any]:
    """One's customers who linger now and agreed that one hears of it. Those that are due first at the top."""
    return whole(queries.tasks(seat(request).user))


@router.post("/agent/browse-alerts/{alert_id}/answer", response=AlertAnswerOut)
def answer_browse_alert(request: HttpRequest, alert_id: Id, given: AlertAnswerIn) -> dict[str, object]:
    """Share the product with her, or set it aside. The same answer again changes nothing; another one is ``alerts.too_late``."""
    user = seat(request).user
    if given.answer == "share":
        return {"status": "shared", "share": sharing.share_by_code(actions.share_it(user, alert_id).code)}
    actions.dismiss(user, alert_id)
    return {"status": "dismissed", "share": None}


@router.get("/staff/browse-alerts", response=AlertFiguresOut, auth=Staff(Permission.FIGURES_VIEW), tags=["Staff: running"])
def get_alert_figures(request: HttpRequest, *, first: Day = None, last: Day = None) -> dict[str, object]:
    """What alerts came to. Whole days in China, the last 30 unless said otherwise; counts only, no customer."""
    period = period_of(first, last)
    held = queries.held(period.first, period.last)
    return asdict(queries.figures(period)) | {
        "held": [{"reason": reason, "count": count} for reason, count in held],
        "agents": queries.by_agent(period),
    }

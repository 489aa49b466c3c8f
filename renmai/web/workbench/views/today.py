"""The first page of an agent: what happened, who came, and what she might share next."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from renmai.alerts import queries as alerts
from renmai.alerts.actions import note_seen
from renmai.care import queries as care
from renmai.insight import queries as insight
from renmai.insight.queries import Suggestion, last_days
from renmai.matching.showing import Surface
from renmai.sharing import queries as sharing
from renmai.web.workbench import advised, goods
from renmai.web.workbench.alert_cards import all_shown
from renmai.web.workbench.names import shown_name
from renmai.web.workbench.navigation import show
from renmai.web.workbench.seats import Seat, agents_only

DAYS = 7
NEWS = 3
CALLERS = 5
SHARED = 3


@require_safe
@agents_only
def today(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show who lingers now, today and the last seven days, notices, callers and what to share with whom; a new agent is led to her first share."""
    days = insight.shop_days(seat.shop.pk, seat.agent.pk, last_days(DAYS))
    callers = insight.latest_callers(seat.shop.pk, limit=CALLERS)
    to_share = advised.to_share(seat.user, limit=SHARED)
    idea = None if to_share else insight.suggestion(seat.shop.pk)
    waiting = alerts.tasks(seat.user)
    context = {
        "alerts": all_shown(waiting),
        "newest_alert": max((card.alert.pk for card in waiting), default=0),
        "missed": alerts.missed_of_team(seat.user),
        "shop": seat.shop,
        "user": seat.user,
        "today": days[-1],
        "week_visits": sum(day.visits for day in days),
        "week_orders": sum(day.orders for day in days),
        "week_paid_fen": sum(day.paid_fen for day in days),
        "week_earned_fen": sum(day.earned_fen for day in days),
        "visit_line": [day.visits for day in days],
        "callers": [(caller, shown_name(caller.name, is_known=caller.is_bound)) for caller in callers],
        "claims": [
            (claim, shown_name(claim.customer_name, is_known=claim.is_bound)) for claim in insight.open_claims(seat.shop.pk)
        ],
        "news": care.inbox(seat.user, group="income", page_size=NEWS),
        "unread": care.unread_count(seat.user),
        "share_count": sharing.share_count(seat.shop),
        "to_share": to_share,
        "surface": Surface.TODAY,
        "idea": idea,
        "idea_product": _product(idea),
    }
    note_seen([card.alert for card in waiting])
    return show(request, "workbench/today.html", context)


def _product(idea: Suggestion | None) -> goods.Goods | None:
    return goods.single(idea.product_id, is_chosen=True) if idea else None

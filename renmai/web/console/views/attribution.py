"""Why orders went to whom, and what happened to bindings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.sharing import queries as sharing
from renmai.sharing.models import Attribution
from renmai.web.console import evidence, requests
from renmai.web.console.filters import chips
from renmai.web.console.navigation import show
from renmai.web.console.paging import PAGE_SIZE, OpenEnd
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of


@staff(Permission.ATTRIBUTION_VIEW)
@require_safe
def attribution(request: HttpRequest) -> HttpResponse:
    """List the decisions, or what happened to bindings, the newest first."""
    number = requests.page_number(request)
    shop_id = requests.number(request, "shop")
    rule = requests.choice(request, "rule", Attribution.Rule.values)
    is_bindings = requests.choice(request, "view", ["bindings"]) == "bindings"
    shop = sharing.shops_by_id([shop_id]).get(shop_id) if shop_id else None
    context: dict[str, Any] = {
        "view_chips": chips(request, "view", [("", _("Decisions on orders")), ("bindings", _("Bindings"))]),
        "rule_chips": chips(request, "rule", [("", _("Every rule")), *Attribution.Rule.choices]),
        "rule": rule,
        "shop": shop,
        "shop_id": shop_id,
        "is_bindings": is_bindings,
        "may_open": Permission.ORDERS_VIEW in permissions_of(member_of(request)),
    }
    if is_bindings:
        logs = evidence.told(sharing.binding_log(page=number, shop_id=shop_id))
        context |= {"logs": logs, "page": OpenEnd(number, len(logs) == PAGE_SIZE)}
    else:
        rows = evidence.explained(sharing.attribution_log(page=number, shop_id=shop_id, rule=rule))
        context |= {"rows": rows, "page": OpenEnd(number, len(rows) == PAGE_SIZE)}
    return show(request, "console/selling/attribution.html", context)

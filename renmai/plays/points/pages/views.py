"""What a customer sees of her points: what she has, what it is worth, and every line of why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from renmai.plays.points import queries
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.ui.people import user_of


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Show a member her balance, today's rates and her statement, and a guest how points work."""
    user, rates = user_of(request), queries.rates_now()
    context: dict[str, Any] = {
        "user": user,
        "rates": rates,
        "most_percent": f"{rates.most_basis_points / 100:g}" if rates else "",
        "back_url": reverse("storefront:me"),
    }
    if user is not None:
        page = queries.statement(user, page=page_number(request))
        balance = queries.balance(user)
        context |= {
            "balance": balance,
            "worth_fen": balance.available * 100 // rates.points_per_yuan if rates else None,
            "lines": page.object_list,
            "position": Position(page.number, page.has_next()),
        }
    return show(request, "points/mine.html", context)

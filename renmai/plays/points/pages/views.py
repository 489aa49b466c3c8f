"""What a customer sees of her points: what she has, what it is worth, and every line of why."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from renmai.plays.points import queries
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show her balance, today's rates and her statement."""
    user = member_of(request)
    page = queries.statement(user, page=page_number(request))
    balance, rates = queries.balance(user), queries.rates_now()
    context = {
        "balance": balance,
        "worth_fen": balance.available * 100 // rates.points_per_yuan if rates else None,
        "rates": rates,
        "most_percent": f"{rates.most_basis_points / 100:g}" if rates else "",
        "lines": page.object_list,
        "position": Position(page.number, page.has_next()),
        "back_url": reverse("storefront:me"),
    }
    return show(request, "points/mine.html", context)

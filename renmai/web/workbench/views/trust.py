"""Trust both ways: how her customers trust her, in four words, and how far she can rely on the platform, to the last pledge."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from renmai.sharing import queries as sharing
from renmai.trust import queries
from renmai.trust.queries import telling
from renmai.trust.queries.pledges import PERIOD
from renmai.web.workbench.navigation import show
from renmai.web.workbench.numbers import page_number
from renmai.web.workbench.seats import Seat, agents_only


@require_safe
@agents_only
def both_ways(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show both sides of trust, and whether a pause keeps her from new links."""
    found = queries.regard_of(seat.user.pk)
    context = {
        "spread": telling.spread_of(seat.shop),
        "pause": sharing.pause_of(seat.user.pk),
        "regard": found,
        "percent": round(found.belief.mean * 100),
        "days": PERIOD.days,
        "page": queries.pledges_to(seat.user.pk, page=page_number(request)),
        "back_url": reverse("workbench:customers"),
    }
    return show(request, "workbench/trust.html", context)

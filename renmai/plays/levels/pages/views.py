"""The one page of the play: which level one has reached, and the conditions, which are the same for everybody."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from renmai.plays.levels import queries
from renmai.web.storefront.navigation import show
from renmai.web.ui.people import user_of


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Show a member her level and a guest the conditions."""
    user = user_of(request)
    context = {
        "levels": queries.my_levels(user) if user else queries.published(),
        "user": user,
        "back_url": reverse("storefront:me"),
    }
    return show(request, "levels/mine.html", context)

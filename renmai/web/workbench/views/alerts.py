"""What an agent does with a card: look, share, set aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.alerts import actions, queries
from renmai.alerts.models import BrowseAlert
from renmai.web.workbench.alert_cards import shown
from renmai.web.workbench.seats import Seat, agents_only


@require_safe
@agents_only
def alert_card(request: HttpRequest, seat: Seat, alert_id: int) -> HttpResponse:
    """Return one card for a page that is open; nothing when it is no task any more."""
    alert = queries.access_alert(seat.user, alert_id)
    if alert.status != BrowseAlert.Status.OPEN:
        return HttpResponse(status=204)
    actions.note_seen([alert])
    return render(request, "workbench/parts/alert.html", {"card": shown(queries.card(alert)), "is_new": True})


@require_POST
@agents_only
def alert_share(request: HttpRequest, seat: Seat, alert_id: int) -> HttpResponse:
    """Make the link and go to the page from which it is given away, with words for her case."""
    link = actions.share_it(seat.user, alert_id)
    return redirect(f"{reverse('workbench:share_detail', args=[link.code])}?alert={alert_id}")


@require_POST
@agents_only
def alert_dismiss(request: HttpRequest, seat: Seat, alert_id: int) -> HttpResponse:
    """Set it aside."""
    actions.dismiss(seat.user, alert_id)
    messages.success(request, _("Set aside. You will be told again when she comes back another day."))
    return redirect("workbench:today")

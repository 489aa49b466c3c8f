"""The three funnels, what each channel sells, and how long it takes from the first look to the order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.insight.value import actions, queries
from renmai.kernel.errors import DomainError
from renmai.web.console import periods, value_words
from renmai.web.console.files import MOST_ROWS, csv_file
from renmai.web.console.navigation import show
from renmai.web.ui.formats import local
from renmai.web.ui.guards import staff

HEADER = ("order", "customer", "channel", "through_people", "paid_fen", "first_look", "placed", "paid", "minutes")


@staff(Permission.FIGURES_VIEW)
@require_safe
def funnels(request: HttpRequest) -> HttpResponse:
    """Show the funnels and channels of a period."""
    chosen = periods.chosen(request)
    found = queries.channels(chosen.period)
    steps = queries.funnels(chosen.period)
    views = [value_words.channel_view(row) for row in found]
    context = {
        "chosen": chosen,
        "choices": periods.CHOICES,
        "counted": steps,
        "count_url": f"{reverse('console:funnels_count')}?{chosen.query}",
        "funnels": [value_words.funnel_view(each) for each in steps.ways],
        "channels": views,
        "most_sales": max((row.sales_fen for row in found), default=0),
        "longest": max((row.first_look_minutes.value for row in found if row.first_look_minutes), default=0),
        "elsewhere": ""
        if any(row.orders for row in found)
        else periods.elsewhere(queries.newest_purchase(), days=periods.DEFAULT),
        "sentence": value_words.channels_sentence(found, queries.through_people(chosen.period)),
    }
    return show(request, "console/insight/funnels.html", context)


@staff(Permission.FIGURES_VIEW)
@require_POST
def funnels_count(request: HttpRequest) -> HttpResponse:
    """Have the steps of a period counted by the worker, and go back to its page."""
    return count_anew(request, page="console:funnels")


def count_anew(request: HttpRequest, *, page: str) -> HttpResponse:
    """Ask the worker for what it counts of the chosen period, funnels and searches in one go, and go back to ``page``."""
    chosen = periods.chosen(request)
    try:
        actions.ask_for_funnels(chosen.period)
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("The worker counts them now. Look again in a moment."))
    return redirect(f"{reverse(page)}?{chosen.query}")


@staff(Permission.FIGURES_VIEW)
@require_safe
def funnels_file(request: HttpRequest) -> HttpResponse:
    """Hand out the paid orders of the period with their channel and first look, newest first, customers by number."""
    rows = (
        (
            row.number,
            row.buyer_id,
            row.kind,
            int(row.through_people),
            row.paid_fen,
            f"{local(row.first_look):%Y-%m-%d %H:%M:%S}" if row.first_look else "",
            f"{local(row.placed_at):%Y-%m-%d %H:%M:%S}",
            f"{local(row.paid_at):%Y-%m-%d %H:%M:%S}",
            "" if row.minutes is None else round(row.minutes, 2),
        )
        for row in queries.channel_orders(periods.chosen(request).period, limit=MOST_ROWS)
    )
    return csv_file("orders", HEADER, rows)

"""Whether customers come back: repurchase within fixed windows, and cohorts by the month of the first purchase."""

from datetime import date
from itertools import islice
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from renmai.accounts.policies import Permission
from renmai.insight.value import queries
from renmai.web.console import periods, value_charts, value_words
from renmai.web.console.files import MOST_ROWS, csv_file
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff

CHOICES: Final = (90, 180, 365)
DEFAULT: Final = 365
HEADER = ("customer", "first_purchase", "purchases", "second_purchase", "days_until_second", "last_purchase")


@staff(Permission.FIGURES_VIEW)
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Show how customers who came in a period came back until now."""
    chosen = periods.chosen(request, choices=CHOICES, default=DEFAULT)
    found = queries.coming_back(chosen.period)
    rows, steps = value_charts.heat(found.cohorts)
    context = {
        "chosen": chosen,
        "choices": CHOICES,
        "customers": len(found.people),
        "is_cut": found.is_cut,
        "windows": [value_words.window_view(each) for each in found.windows],
        "sentence": value_words.cohort_sentence(found.windows, len(found.people)),
        "rows": rows,
        "steps": range(1, steps + 1),
        "still_since": found.still_since,
        "elsewhere": "" if found.people else periods.elsewhere(queries.newest_purchase(), days=DEFAULT),
    }
    return show(request, "console/insight/retention.html", context)


@staff(Permission.FIGURES_VIEW)
@require_safe
def retention_file(request: HttpRequest) -> HttpResponse:
    """Hand out the customers who came in the period with the days of their purchases, by number and without names."""
    people = queries.coming_back(periods.chosen(request, choices=CHOICES, default=DEFAULT).period).people
    rows = (
        (
            customer,
            date.fromordinal(days[0]).isoformat(),
            len(days),
            date.fromordinal(days[1]).isoformat() if len(days) > 1 else "",
            days[1] - days[0] if len(days) > 1 else "",
            date.fromordinal(days[-1]).isoformat(),
        )
        for customer, days in islice(people.items(), MOST_ROWS)
    )
    return csv_file("coming-back", HEADER, rows)

"""What agents were told of customers who linger: how many, how fast, followed up how often, and what was bought."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from renmai.accounts.policies import Permission
from renmai.alerts import queries
from renmai.alerts.queries.models import STALE
from renmai.insight.queries import Point
from renmai.web.console import browse_words, charts, periods
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff


@staff(Permission.FIGURES_VIEW)
@require_safe
def browse_alerts(request: HttpRequest) -> HttpResponse:
    """Show the alerts of a period. Nothing here names a customer."""
    chosen = periods.chosen(request)
    period = chosen.period
    found, days = queries.figures(period), queries.per_day(period)
    reasons = browse_words.held_views(queries.held(period.first, period.last))
    model = queries.model_in_force()
    context = {
        "chosen": chosen,
        "choices": periods.CHOICES,
        "figures": found,
        "sentence": browse_words.sentence(found, period),
        "delays": [
            browse_words.delay(value)
            for value in (found.told_half_ms, found.told_most_ms, found.seen_half_ms, found.seen_most_ms)
        ],
        "followed": browse_words.share(found.shared, found.told),
        "bought": (browse_words.share(found.shared_ordered, found.shared), browse_words.share(found.other_ordered, found.others)),
        "chart": charts.by_day([Point(day, days.get(day, 0)) for day in period.days], unit="count") if found.told else None,
        "agents": queries.by_agent(period),
        "held": reasons,
        "most_held": max((each.count for each in reasons), default=0),
        "model": model,
        "why": browse_words.why(model),
        "fits": queries.models(),
        "stale_days": STALE.days,
    }
    return show(request, "console/insight/browse_alerts.html", context)

"""What happens between the platform and people, among people, and between agents and their customers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from renmai.accounts.policies import Permission
from renmai.campaigns.relations import Relation
from renmai.insight.queries.relations import interactions
from renmai.web.console import periods
from renmai.web.console.navigation import show
from renmai.web.console.relation_words import panel
from renmai.web.ui.guards import staff


@staff(Permission.FIGURES_VIEW)
@require_safe
def relations(request: HttpRequest) -> HttpResponse:
    """Show one panel for each kind of relation."""
    chosen = periods.chosen(request)
    found = interactions(chosen.period)
    panels = [panel(each, [row for row in found if row.interaction.relation == each]) for each in Relation]
    context = {"chosen": chosen, "choices": periods.CHOICES, "panels": panels}
    return show(request, "console/insight/relations.html", context)

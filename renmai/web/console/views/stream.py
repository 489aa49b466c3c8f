"""The stream of events: what comes, what is set aside and why, who reads it, what each event says."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from renmai.accounts.policies import Permission
from renmai.insight.stream.figures import ASIDE_DAYS, stream_figures
from renmai.kernel import clock
from renmai.web.console.navigation import show
from renmai.web.console.stream_words import REASONS, SOURCES, kept_by
from renmai.web.ui.guards import staff


@staff(Permission.FIGURES_VIEW)
@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    """Show how the stream is doing."""
    found = stream_figures()
    quiet = clock.now() - found.newest_at if found.newest_at else None
    context = {
        "figures": found,
        "aside_days": ASIDE_DAYS,
        "quiet_seconds": max(0, int(quiet.total_seconds())) if quiet is not None else None,
        "told": sorted(found.told, key=lambda each: (-each.count, each.schema.name)),
        "aside": [(REASONS[each.reason], each) for each in found.aside],
        "schemas": [(each.schema, SOURCES[each.schema.source], kept_by(each.schema)) for each in found.told],
        "file_mib": found.file_bytes / 2**20,
    }
    return show(request, "console/watching/stream.html", context)

"""Compliance: how agents stand behind one another, what they live on, and where their money comes from."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.fraud.pyramid import Finding, Level, PyramidReport, pyramid_report
from renmai.web.console.navigation import show
from renmai.web.console.pyramids import agents_of, figure_text
from renmai.web.console.templatetags.console import rate_text
from renmai.web.ui import formats
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

FULL = 10_000
TONES = {Level.ALARM: "bad", Level.WARNING: "warn"}


@staff(Permission.AUDIT_VIEW)
@never_cache
@require_safe
def compliance(request: HttpRequest) -> HttpResponse:
    """Measure now and show what was found."""
    held = permissions_of(member_of(request))
    report = pyramid_report()
    names = agents_of({each.agent_id for each in report.findings if each.agent_id is not None})
    context = {
        "report": report,
        "rows": [(each, TONES[each.level], names.get(each.agent_id or 0), _figures(each)) for each in report.findings],
        "alarms": sum(each.level is Level.ALARM for each in report.findings),
        "traced": rate_text(traced_basis_points(report)),
        "others": rate_text(_share(report.others_fen, report.own_fen + report.others_fen)),
        "paid": formats.money_text(report.origin.paid_fen),
        "may_open_agents": Permission.AGENTS_MANAGE in held,
        "rules_url": reverse("console:rules"),
        "alerts_url": reverse("console:alerts"),
    }
    return show(request, "console/watching/compliance.html", context)


def traced_basis_points(report: PyramidReport) -> int:
    """Return how much of what was paid out is traced to kept sales; all of nothing is all."""
    return _share(report.origin.traced_fen, report.origin.paid_fen) if report.origin.paid_fen else FULL


def _figures(finding: Finding) -> list[tuple[str, str]]:
    return [(figure.title, figure_text(figure)) for figure in finding.figures]


def _share(part: int, whole: int) -> int:
    return FULL * part // whole if whole else 0

"""The audit: every invariant with its result, the trial balance, the journal for an outside tool; and what needs a person."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts import actions, queries
from renmai.accounts.policies import ALERT_PERMISSIONS, Permission, alert_permission
from renmai.campaigns.actions.rewarding import NO_GIVER
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert
from renmai.ledger import journal as books
from renmai.ledger import queries as ledger
from renmai.web.console import giving, invariants, pyramids, requests, words
from renmai.web.console.filters import chips
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

MAX_VIOLATIONS = 500
LINES_PER_CHUNK = 500
RESOLVED = "resolved"


@staff(Permission.AUDIT_VIEW)
@never_cache
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Show the books; with ``?run=1`` recompute every invariant now (the page asks for that by itself)."""
    rows = ledger.trial_balance()
    context = {
        "rows": [(words.ACCOUNTS.get(row.kind, row.kind), row) for row in rows],
        "sums": _sums(rows),
        "is_run": bool(request.GET.get("run")),
    }
    if request.GET.get("run"):
        began = perf_counter()
        check = cast("Callable[[], Iterator[Violation]]", import_string(settings.RENMAI_AUDIT))
        found = tuple(islice(check(), MAX_VIOLATIONS + 1))
        context |= {
            "results": invariants.results(found[:MAX_VIOLATIONS]),
            "count": min(len(found), MAX_VIOLATIONS),
            "is_capped": len(found) > MAX_VIOLATIONS,
            "seconds": f"{perf_counter() - began:.1f}",
            "at": clock.now(),
        }
    return show(request, "console/running/audit.html", context)


@staff(Permission.AUDIT_VIEW)
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Hand out the whole journal as hledger reads it."""
    response = StreamingHttpResponse(_chunks(books.journal()), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="renmai-{clock.now():%Y-%m-%d}.journal"'
    return cast("HttpResponse", response)


@staff(Permission.AUDIT_VIEW, *ALERT_PERMISSIONS.values())
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """List what needs a person, or what was dealt with."""
    return _show_alerts(request)


@staff(Permission.SETTINGS_CHANGE, *ALERT_PERMISSIONS.values())
@require_POST
def alert_resolve(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Close an alert with a note."""
    note = request.POST.get("note", "")
    try:
        actions.resolve_alert(member_of(request), alert_id, note=note)
    except DomainError as error:
        if error.field != "note":
            raise
        return _show_alerts(request, refused=(alert_id, error.sentence, note), status=error.status)
    messages.success(request, _("Resolved. Your note stands in the log."))
    return redirect("console:alerts")


def _show_alerts(request: HttpRequest, *, refused: tuple[int, str, str] | None = None, status: int = 200) -> HttpResponse:
    user = member_of(request)
    held = queries.permissions_of(user)
    is_open = requests.choice(request, "status", [RESOLVED]) != RESOLVED
    page = queries.alerts(user, is_open=is_open, page=requests.page_number(request))
    named = pyramids.subjects(page)
    context = {
        "page": page,
        "rows": [
            _AlertRow(
                alert,
                _subject(alert, named),
                pyramids.figures(alert),
                alert_permission(alert.code) in held,
                _address(alert, held),
            )
            for alert in page
        ],
        "is_open": is_open,
        "refused": refused,
        "status_chips": chips(request, "status", [("", pgettext("alerts", "Open")), (RESOLVED, _("Resolved"))]),
        "log_url": reverse("console:log") if Permission.LOG_VIEW in held else "",
    }
    return show(request, "console/running/alerts.html", context, status=status)


@dataclass(frozen=True)
class _AlertRow:
    """One alert on the page. ``figures`` are what it counted, in the reader's language: they stand where its ``detail`` would."""

    alert: Alert
    subject: str
    figures: list[tuple[str, str]]
    may_resolve: bool
    url: str


def _subject(alert: Alert, named: Mapping[int, str]) -> str:
    """Return what an alert is about, in words where there are some."""
    if alert.code == NO_GIVER:
        return giving.name_of(alert.subject)
    return named.get(alert.pk, alert.subject)


def _address(alert: Alert, held: frozenset[Permission]) -> str:
    """Return where one deals with what an alert is about, "" when there is no such page or it is not open to this person."""
    prefix = alert.code.partition(".")[0]
    if alert.code == NO_GIVER and Permission.CAMPAIGNS_MANAGE in held:
        return giving.address_of(alert.subject)
    if prefix == "stock" and Permission.STOCK_FEED in held:
        return f"{reverse('console:stock')}?{urlencode({'q': alert.subject})}"
    if prefix == "shipment" and Permission.ORDERS_VIEW in held:
        return reverse("console:shipments")
    if prefix == "pyramid" and Permission.AUDIT_VIEW in held:
        return reverse("console:compliance")
    if prefix == "experiment" and Permission.FIGURES_VIEW in held:
        return reverse("console:experiments")
    if prefix == "after_sale" and held & {Permission.AFTER_SALES_DECIDE, Permission.ORDERS_VIEW}:
        return reverse("console:after_sale", args=[alert.subject])
    return ""


def _sums(rows: Iterable[ledger.TrialRow]) -> list[tuple[str, int, int]]:
    """Return debits and credits per currency: the same figure twice, or the books are wrong."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        debits, credits_ = found.get(row.currency, (0, 0))
        found[row.currency] = (debits + row.debits_fen, credits_ + row.credits_fen)
    return [(currency, debits, credits_) for currency, (debits, credits_) in sorted(found.items())]


def _chunks(lines: Iterable[str]) -> Iterator[str]:
    """Yield many lines at a time: one piece per line would cost more to send than to make."""
    source = iter(lines)
    while part := list(islice(source, LINES_PER_CHUNK)):
        yield "\n".join(part) + "\n"

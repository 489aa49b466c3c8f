"""The library: posts for her customers, for a group of them, or for this hour; one tap makes the link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from renmai.content.models import Post
from renmai.insight.portraits.facets import HOURS
from renmai.kernel import clock
from renmai.matching.library import queries
from renmai.matching.library.actions import pass_on
from renmai.matching.library.moments import moment_of
from renmai.matching.library.queries import Lists
from renmai.web.workbench import posts
from renmai.web.workbench.advised import Chip, group_chips
from renmai.web.workbench.navigation import show
from renmai.web.workbench.numbers import number_of, page_number
from renmai.web.workbench.seats import Seat, agents_only

NOW = -1
"""Stands for this part of the day among the groups."""


@require_safe
@agents_only
def library(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the posts that suit her customers, a group of them, or this part of the day; all sources, or one."""
    lists = queries.lists_of(seat.user)
    part = NOW if "now" in request.GET else number_of(request, "group")
    group = next((each for each in lists.groups if each.part == part), None)
    shown = group or (lists.today if part == NOW else lists.own)
    wanted = request.GET.get("source", "")
    source = wanted if wanted in Post.Source.values else ""
    page = queries.offered(seat.user, shown.entries if shown else (), source=source, page=page_number(request))
    context = {
        "posts": posts.tellable(page.items),
        "page": page,
        "sources": _sources(request),
        "source": source,
        "chips": _chips(lists, request.path, source),
        "part": part if shown is not lists.own else 0,
        "people": shown.people if shown else 0,
        "made_at": shown.made_at if shown else None,
        "is_being_made": shown is None or shown.is_due,
        "has_any": bool(shown and shown.entries),
        "back_url": reverse("workbench:today"),
    }
    return show(request, "workbench/library.html", context)


@require_POST
@agents_only
def library_share(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """Make her link to a post, and lead to it."""
    return redirect("workbench:share_detail", code=pass_on(seat.user, number).code)


def _sources(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Return a tab for each source and one for all, each with the address that keeps for whom the list is."""
    kept = request.GET.copy()
    found = []
    for value, label in (("", pgettext("posts", "All")), *Post.Source.choices):
        kept.pop("page", None)
        kept["source"] = value
        if not value:
            kept.pop("source")
        found.append((value, str(label), f"{request.path}?{kept.urlencode()}" if kept else request.path))
    return found


def _chips(lists: Lists, path: str, source: str) -> list[Chip]:
    """Return a chip for all her customers, one for this part of the day, and one for each group, within the source that is open."""
    along = f"&source={source}" if source else ""
    everybody, *groups = group_chips(lists.groups, path) or [Chip(_("All my customers"), path, 0)]
    when = HOURS[moment_of(clock.now()).band][2]
    return [
        Chip(everybody.label, f"{path}?source={source}" if source else path, 0),
        Chip(_("Read %(when)s") % {"when": when}, f"{path}?now=1{along}", NOW),
        *(Chip(chip.label, f"{chip.url}{along}", chip.part) for chip in groups),
    ]

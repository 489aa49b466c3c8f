"""The log: who of the staff did what to which thing, when, from where."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from renmai.accounts import queries
from renmai.accounts.models import ActLog
from renmai.accounts.policies import Permission
from renmai.web.console import requests, words
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff

PAGES: dict[str, str] = {
    "product": "console:product",
    "sku": "console:sku",
    "setting": "console:setting",
    "supplier": "console:supplier",
    "freight_template": "console:freight_template",
    "category": "console:category",
    "webhook": "console:webhook",
    "user": "console:person",
}
"""Where the things of the log are shown."""

ID_LENGTH = 60


@staff(Permission.LOG_VIEW)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """List acts, the newest first, by person, kind of act, kind of thing, or one thing."""
    actor_id = requests.number(request, "actor")
    act = requests.choice(request, "act", list(words.ACTS))
    thing = requests.choice(request, "thing", list(words.THINGS))
    object_id = requests.words(request, "id")[:ID_LENGTH]
    page = queries.acts(page=requests.page_number(request), actor_id=actor_id, act=act, object_type=thing, object_id=object_id)
    context = {
        "page": page,
        "rows": [(row, _address(row), _details(row)) for row in page],
        "people": queries.staff(),
        "acts": sorted(((code, str(label)) for code, label in words.ACTS.items()), key=lambda pair: pair[0]),
        "things": [(code, str(label)) for code, label in words.THINGS.items()],
        "actor_id": actor_id,
        "act": act,
        "thing": thing,
        "object_id": object_id,
        "is_filtered": bool(actor_id or act or thing or object_id),
    }
    return show(request, "console/running/log.html", context)


def _address(row: ActLog) -> str:
    name = PAGES.get(row.object_type)
    if name is None:
        return ""
    convert: Callable[[str], object] = str if row.object_type == "setting" else int
    try:
        return reverse(name, args=[convert(row.object_id)])
    except (ValueError, NoReverseMatch):
        return ""


def _details(row: ActLog) -> list[tuple[str, str]]:
    """Return what changed as pairs; lists in one line."""
    pairs = row.detail.items() if isinstance(row.detail, dict) else ()
    return [
        (str(name), ", ".join(str(part) for part in value) if isinstance(value, list) else str(value))
        for name, value in pairs
        if value not in ("", None)
    ]

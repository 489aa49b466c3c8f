"""What must be true of every answer, whoever asked and whatever became of it."""

from collections.abc import Sequence

from django.http import HttpResponse

from renmai.project.middleware import CONTENT_SECURITY_POLICY
from renmai.project.tests.endpoints.requests import Knock
from tools.testing.changes import Change

FOR_EVERYBODY = frozenset({"media", "video", "ui:product_svg", "ui:product_webp", "ui:avatar", "ui:tile", "ui:illustration"})
"""Pictures under names that say what is in them: anybody may keep them for ever."""

TO_BE_GIVEN_AWAY = frozenset({"storefront:poster", "workbench:poster"})
"""Posters, which their owner is about to hand out: the browser alone keeps them, for minutes."""

GIVEN_TO_ANYBODY = frozenset({"django_session", "accounts_visitor"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def parts_of(answer: HttpResponse, name: str) -> set[str]:
    """Return what a header lists."""
    return {part.strip().lower() for part in answer.headers.get(name, "").split(",")}


def wrong_with_headers(answer: HttpResponse, knock: Knock, *, has_session: bool) -> str:
    """Say what an answer leaves to be guessed, framed or kept."""
    wrong = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    if answer.status_code == 200 and not answer.headers.get("Content-Type"):
        wrong.append("Content-Type")
    kept = parts_of(answer, "Cache-Control")
    is_good = answer.status_code == 200
    if is_good and knock.endpoint.name in FOR_EVERYBODY:
        wanted = {"public"}
    elif is_good and knock.endpoint.name in TO_BE_GIVEN_AWAY:
        wanted = {"private"}
    else:
        wanted = {"no-store"} if has_session else {"private", "no-store"}
    if not kept & wanted:
        wrong.append(f"Cache-Control: {kept}")
    return f"headers: {wrong}" if wrong else ""


def changed_by_looking(changes: Sequence[Change], knock: Knock) -> str:
    """Say what a GET changed that its row does not know of."""
    tables = {change.table for change in changes} - knock.row.writes - GIVEN_TO_ANYBODY
    return f"a look changed {tables}" if knock.method == "GET" and tables else ""

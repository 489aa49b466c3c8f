"""Pictures and the video of a draft in the shop's own name: uploaded, put in order, taken off."""

from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.catalogue.actions.pictures import MAX_BYTES
from renmai.content import actions, queries
from renmai.content.actions.writing import MOST_PICTURES
from renmai.content.models import Post, PostPicture
from renmai.kernel.errors import DomainError
from renmai.policy.queries import integer
from renmai.web.console.navigation import show
from renmai.web.console.views.product_pictures import NAME_LENGTH
from renmai.web.ui.bodies import takes_files
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

MANAGES = Permission.CONTENT_MANAGE
Refused = list[tuple[str, str]]


@takes_files(MOST_PICTURES, each_bytes=MAX_BYTES)
@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def post_pictures(request: HttpRequest, post_id: int) -> HttpResponse:
    """Show pictures and video; take in new ones. What can be read is kept, the rest is named with the reason."""
    user, row = _draft(request, post_id)
    if request.method != "POST":
        return _show(request, row)
    refused: Refused = []
    status = 400
    kept = 0
    for name, add in _uploads(request, user, row):
        try:
            add()
            kept += 1
        except DomainError as error:
            if error.status in {403, 404} or error.code == "content.state":
                raise
            refused.append((name, error.sentence))
            status = error.status
    if kept:
        messages.success(request, ngettext("%(count)s file added.", "%(count)s files added.", kept) % {"count": kept})
    if refused or not kept:
        refused = refused or [("", _("Please choose at least one file."))]
        return _show(request, queries.access_post(user, post_id), refused=refused, status=status)
    return redirect("console:post_pictures", post_id)


@staff(MANAGES)
@require_POST
def post_picture_move(request: HttpRequest, post_id: int, picture_id: int) -> HttpResponse:
    """Move a picture one place to the front or to the back; the first one is on the card."""
    user, row = _draft(request, post_id)
    ids = [picture.pk for picture in _pictures(row)]
    if picture_id not in ids:
        raise DomainError("request.not_found")
    place = ids.index(picture_id)
    wanted = {"left": max(0, place - 1), "right": min(len(ids) - 1, place + 1)}.get(request.POST.get("to", ""), place)
    ids.insert(wanted, ids.pop(place))
    actions.order_pictures(user, row, ids)
    return redirect("console:post_pictures", post_id)


@staff(MANAGES)
@require_POST
def post_picture_remove(request: HttpRequest, post_id: int, picture_id: int) -> HttpResponse:
    """Take a picture off the draft."""
    actions.remove_picture(*_draft(request, post_id), picture_id)
    messages.success(request, _("The picture is off the post."))
    return redirect("console:post_pictures", post_id)


@staff(MANAGES)
@require_POST
def post_video_remove(request: HttpRequest, post_id: int) -> HttpResponse:
    """Take the video off the draft."""
    actions.remove_video(*_draft(request, post_id))
    messages.success(request, _("The video is off the post."))
    return redirect("console:post_pictures", post_id)


def _draft(request: HttpRequest, post_id: int) -> tuple[User, Post]:
    """Return a draft of the shop's own. Raises ``content.state`` for any other post."""
    user = member_of(request)
    row = queries.access_post(user, post_id)
    if row.source != Post.Source.OFFICIAL or row.status != Post.Status.DRAFT:
        raise DomainError("content.state")
    return user, row


def _uploads(request: HttpRequest, user: User, row: Post) -> list[tuple[str, Callable[[], object]]]:
    """Return the uploads by name with what keeps each: pictures first, then the video."""
    found: list[tuple[str, Callable[[], object]]] = [
        (_name(upload.name), partial(_add_picture, user, row, upload))
        for upload in request.FILES.getlist("pictures")[: MOST_PICTURES + 1]
    ]
    video = request.FILES.get("video")
    if video is not None and video.file is not None:
        found.append((_name(video.name), partial(actions.set_video, user, row, cast("BinaryIO", video.file))))
    return found


def _add_picture(user: User, row: Post, upload: "UploadedFile[Any]") -> None:
    # A byte more than may be is enough to know that it is too large.
    actions.add_picture(user, row, upload.read(MAX_BYTES + 1))


def _name(name: str | None) -> str:
    return (name or "")[:NAME_LENGTH]


def _pictures(row: Post) -> list[PostPicture]:
    return sorted(row.pictures.all(), key=lambda each: (each.position, each.pk))


def _show(request: HttpRequest, row: Post, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    pictures = _pictures(row)
    here = Crumb(_("Pictures and video"))
    context = {
        "post": row,
        "pictures": pictures,
        "video": getattr(row, "video", None),
        "refused": refused or [],
        "room_left": MOST_PICTURES - len(pictures),
        "seconds": integer("content.video_seconds"),
        "megabytes": integer("content.video_mebibytes"),
        "crumbs": [Crumb(_("Content"), reverse("console:posts")), Crumb(row.title, reverse("console:post", args=[row.pk])), here],
    }
    return show(request, "console/content/pictures.html", context, status=status)

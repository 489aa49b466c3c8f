"""A product's pictures: upload several, put them in order, take one off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from renmai.accounts.policies import Permission
from renmai.catalogue import actions
from renmai.catalogue.actions.pictures import MAX_BYTES, MAX_PICTURES
from renmai.catalogue.queries import desk
from renmai.catalogue.queries.pictures import picture_view
from renmai.kernel.errors import DomainError
from renmai.web.console.navigation import show
from renmai.web.console.views.products import editor
from renmai.web.ui.bodies import takes_files
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

NAME_LENGTH = 60


@takes_files(MAX_PICTURES, each_bytes=MAX_BYTES)
@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def product_pictures(request: HttpRequest, product_id: int) -> HttpResponse:
    """Show the pictures; take in new ones. Those that can be read are kept, the others are named with the reason."""
    desk.product_for_staff(member_of(request), product_id)
    if request.method != "POST":
        return _show(request, product_id)
    user = member_of(request)
    uploads = request.FILES.getlist("pictures")[: MAX_PICTURES + 1]
    refused: list[tuple[str, str]] = []
    kept = 0
    status = 400
    for upload in uploads:
        try:
            # A byte more than may be is enough to know that it is too large.
            actions.add_picture(user, product_id, upload.read(MAX_BYTES + 1))
            kept += 1
        except DomainError as error:
            if error.code == "request.forbidden":
                raise
            refused.append(((upload.name or "")[:NAME_LENGTH], error.sentence))
            status = error.status
    if kept:
        told = ngettext("%(count)s picture added.", "%(count)s pictures added.", kept) % {"count": kept}
        messages.success(request, told)
    if refused or not uploads:
        refused = refused or [("", _("Please choose at least one picture."))]
        return _show(request, product_id, refused=refused, status=status)
    return redirect("console:product_pictures", product_id)


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def picture_move(request: HttpRequest, product_id: int, picture_id: int) -> HttpResponse:
    """Move a picture one place to the front or to the back; the first one is on the card."""
    ids = [picture.pk for picture in desk.pictures_of(product_id)]
    if picture_id not in ids:
        raise DomainError("request.not_found")
    place = ids.index(picture_id)
    wanted = {"front": 0, "left": max(0, place - 1), "right": min(len(ids) - 1, place + 1)}.get(request.POST.get("to", ""), place)
    ids.insert(wanted, ids.pop(place))
    actions.order_pictures(member_of(request), product_id, ids)
    return redirect("console:product_pictures", product_id)


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def picture_remove(request: HttpRequest, product_id: int, picture_id: int) -> HttpResponse:
    """Take a picture off the product."""
    if picture_id not in [picture.pk for picture in desk.pictures_of(product_id)]:
        raise DomainError("request.not_found")
    actions.remove_picture(member_of(request), picture_id)
    messages.success(request, _("The picture is off the product."))
    return redirect("console:product_pictures", product_id)


def _show(
    request: HttpRequest, product_id: int, *, refused: list[tuple[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    now = desk.product_for_staff(member_of(request), product_id)
    pictures = [(row.pk, picture_view(row)) for row in desk.pictures_of(product_id)]
    context = {
        **editor(request, now, "product_pictures"),
        "pictures": pictures,
        "refused": refused or [],
        "room_left": MAX_PICTURES - len(pictures),
        "most": MAX_PICTURES,
    }
    return show(request, "console/running/product_pictures.html", context, status=status)

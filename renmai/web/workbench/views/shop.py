"""Her shop: how it looks, what is in it, and whether it is open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.catalogue.actions.pictures import MAX_BYTES
from renmai.kernel.errors import DomainError
from renmai.sharing import actions, queries
from renmai.sharing.models import Shop
from renmai.web.ui.bodies import takes_files
from renmai.web.workbench import goods
from renmai.web.workbench.addresses import shop_page
from renmai.web.workbench.forms import ShopForm
from renmai.web.workbench.navigation import show
from renmai.web.workbench.numbers import page_number, page_of
from renmai.web.workbench.pictures import keep
from renmai.web.workbench.seats import Seat, agents_only

PAGE_SIZE = 50


@require_safe
@agents_only
def shop(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the shop with its goods in her order."""
    page = page_of(queries.item_count(seat.shop), number=page_number(request), size=PAGE_SIZE)
    items = queries.shop_items(seat.shop, page=page.number, page_size=PAGE_SIZE) if page.paginator.count else []
    context = {
        "shop": seat.shop,
        "user": seat.user,
        "is_open": seat.shop.status == Shop.Status.OPEN,
        "goods": goods.of_items(items),
        "page": page,
        "preview_url": shop_page(seat.shop),
    }
    return show(request, "workbench/shop.html", context)


@takes_files(1, each_bytes=MAX_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
@agents_only
def look(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Change name, words and picture."""
    mine = seat.shop
    initial = {"name": mine.name, "voice": mine.voice, "kept_picture": keep(mine.picture_path)}
    form = ShopForm(request.POST, request.FILES) if request.method == "POST" else ShopForm(initial=initial)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            details = form.shop_input()
            path = "" if "drawn" in request.POST else details.picture_path
            try:
                actions.decorate_shop(mine, name=details.name, voice=details.voice, picture_path=path)
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, _("Your shop has its new look."))
                return redirect("workbench:shop")
    face = form.picture_path or (mine.picture_path if not form.is_bound else "") or seat.user.avatar_seed
    context = {"form": form, "face": face, "has_picture": bool(mine.picture_path), "back_url": reverse("workbench:shop")}
    return show(request, "workbench/look.html", context, status=status)


@require_POST
@agents_only
def status(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Close the shop to customers, or open it again."""
    wanted = request.POST.get("status")
    if wanted == Shop.Status.CLOSED:
        actions.close_shop(seat.shop)
        messages.info(request, _("Your shop is closed. Orders, customers and income stay as they are."))
    elif wanted == Shop.Status.OPEN:
        actions.reopen_shop(seat.shop)
        messages.success(request, _("Your shop is open again."))
    else:
        raise DomainError("request.invalid")
    return redirect("workbench:shop")

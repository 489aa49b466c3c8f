"""Picking goods for the shop, and what she says about them."""

from typing import Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import CategoryNode, ShelfQuery
from renmai.kernel.errors import DomainError
from renmai.sharing import actions
from renmai.sharing import queries as sharing
from renmai.web.ui.people import safe_next
from renmai.web.workbench import goods
from renmai.web.workbench.forms import VoiceForm
from renmai.web.workbench.navigation import show, show_bare
from renmai.web.workbench.numbers import page_number, page_of
from renmai.web.workbench.seats import Seat, agents_only

PICK_SIZE = 20
TEXT_LIMIT = 60
MOVES: dict[str, Literal["up", "down", "top"]] = {"up": "up", "down": "down", "top": "top"}


@require_safe
@agents_only
def pick(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the platform's goods with what each would earn, to be put into the shop."""
    text = request.GET.get("q", "").strip()[:TEXT_LIMIT]
    tree = catalogue.categories_tree()
    category = _category(tree, request.GET.get("category", ""))
    shelf = catalogue.shelf(
        ShelfQuery(
            text=text,
            category_id=category.id if category else None,
            sort="relevance" if text else "sold",
            page=page_number(request),
            size=PICK_SIZE,
        )
    )
    chosen = sharing.chosen_ids(seat.shop, [card.id for card in shelf.items])
    is_new = "new" in request.GET
    context = {
        "shop": seat.shop,
        "goods": goods.offered(shelf.items, chosen=chosen),
        "page": page_of(shelf.total, number=shelf.number, size=PICK_SIZE),
        "total": shelf.total,
        "categories": tree,
        "category": category,
        "text": text,
        "chosen_count": sharing.item_count(seat.shop),
        "is_new": is_new,
        "here": request.get_full_path(),
        "back_url": "" if is_new else reverse("workbench:shop"),
    }
    return show_bare(request, "workbench/pick.html", context)


@require_POST
@agents_only
def choose(request: HttpRequest, seat: Seat, product_id: int) -> HttpResponse:
    """Put a product into the shop."""
    actions.choose_product(seat.shop, catalogue.access_product(None, product_id))
    return _picked(request, seat, product_id, is_chosen=True)


@require_POST
@agents_only
def drop(request: HttpRequest, seat: Seat, product_id: int) -> HttpResponse:
    """Take a product out of the shop; links that were shared keep working."""
    was_there = actions.drop_product(seat.shop, product_id=product_id)
    if was_there and "undo" in request.POST:
        messages.success(request, _("Taken out of your shop. Links you have shared keep working."))
    return _picked(request, seat, product_id, is_chosen=False)


@require_POST
@agents_only
def move(request: HttpRequest, seat: Seat, product_id: int) -> HttpResponse:
    """Move a product up, down or to the top of the shop."""
    step = MOVES.get(request.POST.get("move", ""))
    if step is None:
        raise DomainError("request.invalid")
    actions.move_product(seat.shop, product_id=product_id, move=step)
    return redirect(f"{reverse('workbench:shop')}#p{product_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@agents_only
def words(request: HttpRequest, seat: Seat, product_id: int) -> HttpResponse:
    """Edit what she says about one product."""
    item = sharing.pick(seat.shop, product_id=product_id)
    product = goods.single(product_id)
    if item is None or product is None:
        raise DomainError("sharing.not_in_shop")
    form = VoiceForm(request.POST) if request.method == "POST" else VoiceForm(initial={"voice": item.voice})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.write_voice(seat.shop, product_id=product_id, voice=form.cleaned_data["voice"])
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, _("Your words are saved."))
                return redirect(f"{reverse('workbench:shop')}#p{product_id}")
    context = {"form": form, "product": product, "back_url": reverse("workbench:shop")}
    return show(request, "workbench/words.html", context, status=status)


def _picked(request: HttpRequest, seat: Seat, product_id: int, *, is_chosen: bool) -> HttpResponse:
    """Answer the tile alone to htmx, else go back to where she was."""
    back = safe_next(request, reverse("workbench:shop"))
    if not request.headers.get("HX-Request"):
        return redirect(f"{back}#p{product_id}")
    product = goods.single(product_id, is_chosen=is_chosen)
    if product is None:
        raise DomainError("request.not_found")
    context = {"product": product, "here": back, "chosen_count": sharing.item_count(seat.shop)}
    return render(request, "workbench/parts/picked.html", context)


def _category(tree: tuple[CategoryNode, ...], slug: str) -> CategoryNode | None:
    return next((node for node in tree if node.slug == slug), None) if slug else None

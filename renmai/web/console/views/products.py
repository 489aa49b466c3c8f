"""Goods: the list, what a product says, and whether it is on sale."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.catalogue import actions
from renmai.catalogue.models import Product
from renmai.catalogue.queries import desk
from renmai.catalogue.versions import text_version
from renmai.kernel.errors import DomainError
from renmai.policy import queries as policy
from renmai.web.console import requests
from renmai.web.console.amounts import whole
from renmai.web.console.filters import chips
from renmai.web.console.forms import blame
from renmai.web.console.goods_forms import SEEDS, DelistForm, ProductForm, initial_of
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb, Tab
from renmai.web.ui.people import member_of

LOW = "low"
STATUSES: list[tuple[str, "str | Promise"]] = [("", gettext_lazy("All")), *Product.Status.choices]
PREVIEWED = ("title_zh", "title_en", "motif", "picture_seed")


@dataclass(frozen=True)
class Sample:
    """A product as its card on a phone shows it."""

    title: str
    motif: str
    picture_seed: int
    picture_path: str


@staff(Permission.PRODUCTS_EDIT)
@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """List goods in every state, the newest first."""
    user = member_of(request)
    low_below = policy.integer("stock.low")
    status = requests.choice(request, "status", [*Product.Status.values, LOW])
    wanted = desk.GoodsFilter(
        text=requests.words(request),
        status="" if status == LOW else status,
        category_id=requests.number(request, "category"),
        supplier_id=requests.number(request, "supplier"),
        low_below=low_below if status == LOW else None,
    )
    context = {
        "page": desk.goods(user, wanted, page=requests.page_number(request)),
        "wanted": wanted,
        "status": status,
        "low_below": low_below,
        "categories": desk.goods_categories(),
        "suppliers": desk.suppliers(),
        "is_filtered": wanted != desk.GoodsFilter(),
        "status_chips": chips(
            request,
            "status",
            [*STATUSES, (LOW, _("Stock low"))],
            counts=desk.goods_counts(user, low_below=low_below),
        ),
        "tabs": goods_tabs("products"),
    }
    return show(request, "console/running/products.html", context)


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: HttpRequest) -> HttpResponse:
    """Begin a product: its texts first, its variants next."""
    if request.method != "POST":
        return _show_new(request, ProductForm())
    form = ProductForm(request.POST)
    if not form.is_valid():
        return _show_new(request, form, status=400)
    try:
        product = actions.create_product(member_of(request), form.given())
    except DomainError as error:
        blame(form, error)
        return _show_new(request, form, status=error.status)
    messages.success(request, _("The draft is kept. Now say what can be bought of it."))
    return redirect("console:product_variants", product.pk)


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def product(request: HttpRequest, product_id: int) -> HttpResponse:
    """Show and change what a product says."""
    user = member_of(request)
    now = desk.product_for_staff(user, product_id)
    is_fixed = bool(desk.skus_of(product_id))
    if request.method != "POST":
        form = ProductForm(initial=initial_of(now), is_fixed=is_fixed)
        return _show_product(request, now, form)
    form = ProductForm(request.POST, initial=initial_of(now), is_fixed=is_fixed)
    if not form.is_valid():
        return _show_product(request, now, form, seen=request.POST.get("seen", ""), status=400)
    try:
        actions.update_product(user, product_id, form.given(), seen=request.POST.get("seen", "") or "-")
    except DomainError as error:
        if error.code == "request.conflict":
            return _show_late(request, desk.product_for_staff(user, product_id), form)
        blame(form, error)
        return _show_product(request, now, form, seen=request.POST.get("seen", ""), status=error.status)
    messages.success(request, _("Saved. Customers see it at once."))
    return redirect("console:product", product_id)


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def product_preview(request: HttpRequest) -> HttpResponse:
    """Draw the cards of what stands in the form; nothing is kept."""
    texts = {name: request.POST.get(name, "")[:120] for name in PREVIEWED}
    seed = texts["picture_seed"]
    drawn = Product(
        title_zh=texts["title_zh"],
        title_en=texts["title_en"],
        motif=texts["motif"][:40],
        picture_seed=int(seed) if seed.isascii() and seed.isdigit() and int(seed) <= SEEDS else 0,
    )
    known = whole(request.POST.get("product_id", ""), maximum=requests.LARGEST_ID)
    now = desk.product_for_staff(member_of(request), known) if known is not None else drawn
    return render(request, "console/running/parts/cards.html", _cards(drawn, now))


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def product_list(request: HttpRequest, product_id: int) -> HttpResponse:
    """Put a product on sale."""
    try:
        found = actions.list_product(member_of(request), product_id)
    except DomainError as error:
        return _refused(request, product_id, error)
    messages.success(request, _("“%(title)s” is on sale now.") % {"title": found.title})
    return redirect("console:product", product_id)


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def product_delist(request: HttpRequest, product_id: int) -> HttpResponse:
    """Take a product off sale, for a reason."""
    form = DelistForm(request.POST)
    user = member_of(request)
    if not form.is_valid():
        now = desk.product_for_staff(user, product_id)
        is_fixed = bool(desk.skus_of(product_id))
        texts = ProductForm(initial=initial_of(now), is_fixed=is_fixed)
        return _show_product(request, now, texts, extra={"delist": form, "delist_open": True}, status=400)
    try:
        found = actions.delist_product(user, product_id, reason=form.cleaned_data["reason"])
    except DomainError as error:
        return _refused(request, product_id, error)
    messages.success(request, _("“%(title)s” is off sale. What is ordered stays ordered.") % {"title": found.title})
    return redirect("console:product", product_id)


def editor(request: HttpRequest, product: Product, current: str) -> dict[str, Any]:
    """Return what every page of the product editor shows: its title, its state, its tabs."""
    names: list[tuple[str, str | Promise, str]] = [
        ("product", _("Texts"), "edit"),
        ("product_variants", _("Variants and prices"), "table"),
        ("product_pictures", _("Pictures"), "image"),
        ("product_commission", _("Commission"), "coin"),
    ]
    return {
        "product": product,
        "crumbs": [Crumb(_("Goods"), reverse("console:products")), Crumb(product.title)],
        "tabs": [
            Tab(label, icon, reverse(f"console:{name}", args=[product.pk]), current=name == current)
            for name, label, icon in names
        ],
        "delist": DelistForm(),
        "next_status": Product.Status.DELISTED if product.status == Product.Status.LISTED else Product.Status.LISTED,
    }


def goods_tabs(current: str) -> list[Tab]:
    """Return the two lists of goods: products and the shelves they stand on."""
    return [
        Tab(_("Products"), "box", reverse("console:products"), current=current == "products"),
        Tab(_("Categories"), "category", reverse("console:categories"), current=current == "categories"),
    ]


def _refused(request: HttpRequest, product_id: int, error: DomainError) -> HttpResponse:
    """Tell on the product's page why it did not move."""
    if error.code in {"request.not_found", "request.forbidden"}:
        raise error
    messages.error(request, error.sentence)
    return redirect("console:product_variants" if error.code == "catalogue.nothing_to_sell" else "console:product", product_id)


def _cards(drawn: Product, now: Product) -> dict[str, Any]:
    pictures = desk.pictures_of(now.pk) if now.pk else []
    path = pictures[0].path if pictures else ""
    cards = []
    for language, title in (("中文", drawn.title_zh or drawn.title_en), ("English", drawn.title_en or drawn.title_zh)):
        cards.append((language, Sample(title, drawn.motif, drawn.picture_seed, path)))
    return {"cards": cards, "price_fen": now.lowest_price_fen, "currency": now.currency}


def _show_new(request: HttpRequest, form: ProductForm, *, status: int = 200) -> HttpResponse:
    crumbs = [Crumb(_("Goods"), reverse("console:products")), Crumb(_("New product"))]
    context = {"form": form, "crumbs": crumbs, **_cards(Product(title_zh=_("New product")), Product())}
    return show(request, "console/running/product_new.html", context, status=status)


def _show_product(
    request: HttpRequest,
    now: Product,
    form: ProductForm,
    *,
    seen: str = "",
    extra: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **editor(request, now, "product"),
        "form": form,
        "seen": seen or text_version(now),
        **_cards(now, now),
        **(extra or {}),
    }
    return show(request, "console/running/product.html", context, status=status)


def _show_late(request: HttpRequest, now: Product, form: ProductForm) -> HttpResponse:
    """Tell that somebody else saved first: what stands now beside what was typed; saving again chooses what was typed."""
    given = form.cleaned_data
    differs = [
        (form[name].label, _in_words(form, name, getattr(now, name)), _in_words(form, name, given[name]))
        for name in form.fields
        if not form.fields[name].disabled and getattr(now, name) != given[name]
    ]
    return _show_product(request, now, form, seen=text_version(now), extra={"differs": differs, "is_late": True}, status=409)


def _in_words(form: ProductForm, name: str, value: object) -> str:
    labels = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(labels.get(value, value) if value is not None else labels.get("", ""))

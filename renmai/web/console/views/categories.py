"""The shelves: two levels, in order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from renmai.accounts.policies import Permission
from renmai.catalogue import actions
from renmai.catalogue.models import Category
from renmai.catalogue.queries import desk
from renmai.kernel.errors import DomainError
from renmai.web.console.forms import blame
from renmai.web.console.navigation import show
from renmai.web.console.shelf_forms import CategoryForm, initial_of_category
from renmai.web.console.views.products import goods_tabs
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

PLACES = {"up": -1, "down": 1}


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def categories(request: HttpRequest) -> HttpResponse:
    """List the shelves; add one."""
    return _answer(request, None)


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def category(request: HttpRequest, category_id: int) -> HttpResponse:
    """Change one shelf."""
    found = next((row for row in desk.goods_categories() if row.pk == category_id), None)
    if found is None:
        raise DomainError("request.not_found")
    return _answer(request, found)


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def category_move(request: HttpRequest, category_id: int) -> HttpResponse:
    """Move a shelf one place up or down among its siblings."""
    actions.move_category(member_of(request), category_id, places=PLACES.get(request.POST.get("to", ""), 0))
    return redirect("console:categories")


def _answer(request: HttpRequest, now: Category | None) -> HttpResponse:
    if request.method != "POST":
        form = CategoryForm(category=now, initial=initial_of_category(now) if now else {})
        return _show(request, now, form)
    form = CategoryForm(request.POST, category=now)
    if not form.is_valid():
        return _show(request, now, form, status=400)
    try:
        saved = actions.save_category(member_of(request), form.given(), category_id=now.pk if now else None)
    except DomainError as error:
        blame(form, error)
        return _show(request, now, form, status=error.status)
    messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
    return redirect("console:categories")


def _show(request: HttpRequest, now: Category | None, form: CategoryForm, *, status: int = 200) -> HttpResponse:
    crumbs = [Crumb(_("Goods"), reverse("console:products")), Crumb(_("Categories"), reverse("console:categories"))]
    context = {
        "rows": desk.goods_categories(),
        "form": form,
        "now": now,
        "crumbs": [*crumbs, Crumb(now.name)] if now else [],
        "tabs": goods_tabs("categories"),
    }
    return show(request, "console/running/categories.html", context, status=status)

"""What can be bought of a product: options × values → the table of its variants."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from renmai.accounts.policies import Permission
from renmai.catalogue import actions
from renmai.catalogue.models import Product, Sku
from renmai.catalogue.queries import desk
from renmai.catalogue.versions import matrix_version
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.policy import queries as policy
from renmai.web.console import matrix_form
from renmai.web.console.matrix_form import Draft, RowDraft
from renmai.web.console.navigation import show
from renmai.web.console.views.products import editor
from renmai.web.ui.guards import staff
from renmai.web.ui.people import member_of

HEADS = {
    "code": gettext_lazy("Code"),
    "price": gettext_lazy("Price"),
    "wholesale": gettext_lazy("Wholesale price"),
    "minimum": gettext_lazy("Pieces for the wholesale price"),
    "weight": gettext_lazy("Weight in grams"),
}


@dataclass(frozen=True)
class Answer:
    """How the page answers: what is wrong, with which status, and whether somebody else was faster."""

    problem: str = ""
    status: int = 200
    is_late: bool = False


FINE = Answer()


@dataclass(frozen=True)
class Line:
    """A row of the table with what is known of the variant it keeps."""

    index: int
    draft: RowDraft
    sku: Sku | None
    lowest_fen: int | None


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def product_variants(request: HttpRequest, product_id: int) -> HttpResponse:
    """Show the table of variants; combine, fill a column, or save."""
    now = desk.product_for_staff(member_of(request), product_id)
    if request.method != "POST":
        draft = matrix_form.of_product(desk.options_of(product_id), desk.skus_of(product_id))
        return _show(request, now, draft, seen=matrix_version(product_id))
    draft = matrix_form.typed(request.POST)
    seen = request.POST.get("seen", "")
    act, _colon, column = request.POST.get("act", "save").partition(":")
    try:
        if act == "fill":
            return _show(request, now, matrix_form.filled(draft, column, request.POST.get(f"all_{column}", "")), seen=seen)
        if act == "combine":
            return _show(request, now, matrix_form.combined(draft), seen=seen)
        return _save(request, now, draft, seen=seen)
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        return _show(request, now, draft, seen=seen, answer=Answer(error.sentence, error.status))


def _save(request: HttpRequest, now: Product, draft: Draft, *, seen: str) -> HttpResponse:
    fresh = matrix_form.combined(draft)
    if not {row.values for row in draft.rows} <= {row.values for row in fresh.rows}:
        told = _("The options have changed: this is the table for them. Please look it over and save again.")
        return _show(request, now, fresh, seen=seen, answer=Answer(told, 409))
    draft = matrix_form.checked(draft)
    if draft.has_errors:
        return _show(request, now, draft, seen=seen, answer=Answer(_("Some cells cannot be read: they are marked."), 400))
    options, skus = matrix_form.inputs(draft)
    try:
        written = actions.set_skus(member_of(request), now.pk, options, skus, seen=seen or "-")
    except DomainError as error:
        if error.code != "request.conflict":
            raise
        told = _(
            "Somebody else saved this table while you were at it. Your figures are still here, hers are shown below each cell; "
            "saving again keeps yours."
        )
        return _show(request, now, draft, seen=matrix_version(now.pk), answer=Answer(told, 409, is_late=True))
    messages.success(
        request, _("Saved: %(count)s variants. Orders that were placed keep their prices.") % {"count": len(written)}
    )
    return redirect("console:product_variants", now.pk)


def _show(request: HttpRequest, now: Product, draft: Draft, *, seen: str, answer: Answer = FINE) -> HttpResponse:
    skus = {sku.pk: sku for sku in desk.skus_of(now.pk)}
    lowest = desk.lowest_prices(list(skus), clock.now())
    lines = [Line(index, row, skus.get(row.sku_id or 0), lowest.get(row.sku_id or 0)) for index, row in enumerate(draft.rows)]
    shown = {row.sku_id for row in draft.rows}
    context = {
        **editor(request, now, "product_variants"),
        "draft": draft,
        "heads": HEADS,
        "fills": [(name, HEADS[name]) for name in matrix_form.FILLED],
        "lines": lines,
        "others": [sku for sku in skus.values() if sku.pk not in shown],
        "seen": seen,
        "problem": answer.problem,
        "is_late": answer.is_late,
        "is_new": not skus,
        "low_below": policy.integer("stock.low"),
    }
    return show(request, "console/running/product_variants.html", context, status=answer.status)

"""Suppliers: who they are, and what they say lies on their shelves."""

import csv
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import has_permission
from renmai.catalogue import actions
from renmai.catalogue.actions.feeds import in_pools
from renmai.catalogue.models import Supplier
from renmai.catalogue.queries import desk, feeds_of
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.spreadsheets import plain
from renmai.ordering.queries.punctuality import punctuality
from renmai.policy import queries as policy
from renmai.web.console import requests
from renmai.web.console.forms import blame
from renmai.web.console.navigation import show
from renmai.web.console.shelf_forms import FeedForm, SupplierForm, initial_of_supplier
from renmai.web.console.views.stock import supply_tabs
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

PUNCTUALITY_WINDOW = timedelta(days=90)


@staff(Permission.STOCK_FEED)
@require_safe
def suppliers(request: HttpRequest) -> HttpResponse:
    """List suppliers with what they hold."""
    low_below = policy.integer("stock.low")
    context = {
        "rows": desk.supplier_rows(member_of(request), low_below=low_below),
        "punctuality": punctuality(since=clock.now() - PUNCTUALITY_WINDOW),
        "punctuality_days": PUNCTUALITY_WINDOW.days,
        "low_below": low_below,
        "may_edit": has_permission(member_of(request), Permission.PRODUCTS_EDIT),
        "tabs": supply_tabs("suppliers"),
    }
    return show(request, "console/running/suppliers.html", context)


@staff(Permission.PRODUCTS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def supplier_new(request: HttpRequest) -> HttpResponse:
    """Begin to work with somebody."""
    form = SupplierForm(request.POST if request.method == "POST" else None, initial={"ship_within_hours": 48, "is_active": True})
    saved = _saved(request, form, None) if request.method == "POST" else 200
    if isinstance(saved, Supplier):
        return redirect("console:supplier", saved.pk)
    crumbs = [Crumb(_("Suppliers"), reverse("console:suppliers")), Crumb(_("New supplier"))]
    return show(request, "console/running/supplier_new.html", {"form": form, "crumbs": crumbs}, status=saved)


@staff(Permission.STOCK_FEED)
@require_safe
def supplier(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Show a supplier: facts, feeds, and the report of one of them (``?feed=``)."""
    return _show(request, desk.access_supplier(member_of(request), supplier_id))


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def supplier_edit(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Change a supplier."""
    now = desk.access_supplier(member_of(request), supplier_id)
    form = SupplierForm(request.POST, supplier=now)
    saved = _saved(request, form, now)
    if isinstance(saved, Supplier):
        return redirect("console:supplier", supplier_id)
    return _show(request, now, form=form, status=saved)


@staff(Permission.STOCK_FEED)
@require_POST
def supplier_feed(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Read a stock feed and show what became of each line that was not simply applied."""
    user = member_of(request)
    now = desk.access_supplier(user, supplier_id)
    form = FeedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, now, feed_form=form, status=400)
    try:
        upload = form.cleaned_data["file"]
        text = requests.csv_text(upload) if upload else form.cleaned_data["text"].replace("\x00", "")
        report = actions.apply_feed(user, supplier_id, text)
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        form.add_error("file", error.sentence)
        return _show(request, now, feed_form=form, status=error.status)
    if not report.is_new:
        messages.info(request, _("This very file was read before: nothing has changed. Here is its report."))
    elif report.rows_refused:
        told = _("%(applied)s lines applied, %(refused)s refused: their reasons stand below.")
        messages.warning(request, told % {"applied": report.rows_applied, "refused": report.rows_refused})
    else:
        messages.success(request, _("%(applied)s lines applied.") % {"applied": report.rows_applied})
    return redirect(f"{reverse('console:supplier', args=[supplier_id])}?feed={report.feed_id}#report")


@staff(Permission.STOCK_FEED)
@require_safe
def supplier_template(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Hand out the variants of a supplier as the CSV that a feed is: to be filled in and sent back."""
    user = member_of(request)
    now = desk.access_supplier(user, supplier_id)
    # With its mark, a Chinese spreadsheet reads UTF-8 as such.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{now.code}-stock.csv") or ""
    writer = csv.writer(response)
    writer.writerow(["sku_code", "on_hand", "title", "date"])
    skus = list(desk.skus_of_supplier(user, supplier_id))
    pooled = in_pools([sku.pk for sku in skus])
    for sku in skus:
        title = f"{sku.product.title} {sku.options_text}".strip()
        on_hand = sku.stock_free + sku.stock_reserved + pooled[sku.pk]
        writer.writerow([plain(sku.code), on_hand, plain(title), f"{clock.now():%Y-%m-%d}"])
    return response


def _saved(request: HttpRequest, form: SupplierForm, now: Supplier | None) -> Supplier | int:
    """Save what was typed; return the supplier, or the status of the refusal, which then stands in the form."""
    if not form.is_valid():
        return 400
    try:
        saved = actions.save_supplier(member_of(request), form.given(), supplier_id=now.pk if now else None)
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        blame(form, error)
        return error.status
    messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
    return saved


def _show(
    request: HttpRequest,
    now: Supplier,
    *,
    form: SupplierForm | None = None,
    feed_form: FeedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = member_of(request)
    feeds = feeds_of(user, now.pk)
    wanted = requests.number(request, "feed")
    context: dict[str, Any] = {
        "supplier": now,
        "crumbs": [Crumb(_("Suppliers"), reverse("console:suppliers")), Crumb(now.name)],
        "form": form or SupplierForm(initial=initial_of_supplier(now), supplier=now),
        "feed_form": feed_form or FeedForm(),
        "feeds": feeds,
        "feed": next((row for row in feeds if row.pk == wanted), None),
        "may_edit": has_permission(user, Permission.PRODUCTS_EDIT),
    }
    return show(request, "console/running/supplier.html", context, status=status)

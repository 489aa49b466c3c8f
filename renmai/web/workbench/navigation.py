"""What every agent page shows around its content: her five tabs, or income alone when she may not sell now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.web.ui.navigation import Tab, with_current


def tabs(request: HttpRequest) -> list[Tab]:
    """Return the agent's bottom tabs with the one of this page marked."""
    entries = (
        Tab(pgettext_lazy("agent", "Today"), "today", reverse("workbench:today")),
        Tab(_("Share"), "share", reverse("workbench:shares")),
        Tab(pgettext_lazy("agent", "Customers"), "customers", reverse("workbench:customers")),
        Tab(_("Income"), "income", reverse("workbench:income")),
        Tab(_("Shop"), "shop", reverse("workbench:shop")),
    )
    return with_current(entries, request.path)


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page that has the agent's tabs."""
    return render(request, template, {"tabs": tabs(request), **context}, status=status)


def show_bare(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page without tabs: a step of a flow with a bar of its own, or one for who may not sell now."""
    return render(request, template, context, status=status)

"""The console's left navigation: the system's own words, as far as somebody's roles open them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.accounts.policies import ALERT_PERMISSIONS, Permission
from renmai.accounts.queries import permissions_of
from renmai.web.console.work import Work, waiting
from renmai.web.ui.navigation import NavigationGroup, Tab, with_current
from renmai.web.ui.people import member_of


@dataclass(frozen=True)
class Entry:
    """One page of the console: who may open it (any of ``needs``; none: everybody of the staff), and what waits there."""

    label: "str | Promise"
    icon: str
    name: str
    needs: frozenset[Permission]
    counted: str = ""


def _entry(label: "str | Promise", icon: str, name: str, *needs: Permission, counted: str = "") -> Entry:
    return Entry(label, icon, f"console:{name}", frozenset(needs), counted)


ALERT_READERS = (Permission.AUDIT_VIEW, Permission.SETTINGS_CHANGE, *ALERT_PERMISSIONS.values())

ENTRIES: tuple[tuple["str | Promise", tuple[Entry, ...]], ...] = (
    (
        "",
        (
            _entry(pgettext_lazy("navigation", "Figures"), "chart", "dashboard"),
            _entry(pgettext_lazy("navigation", "Alerts"), "bell", "alerts", *ALERT_READERS, counted="alerts"),
        ),
    ),
    (
        _("Selling"),
        (
            _entry(pgettext_lazy("navigation", "Orders"), "receipt", "orders", Permission.ORDERS_VIEW),
            _entry(pgettext_lazy("navigation", "Parcels"), "truck", "shipments", Permission.ORDERS_VIEW, counted="parcels"),
            _entry(_("Counter"), "wallet", "counter", Permission.ORDERS_SHIP),
            _entry(
                _("After-sales"),
                "refund",
                "after_sales",
                Permission.AFTER_SALES_DECIDE,
                Permission.ORDERS_VIEW,
                counted="claims",
            ),
        ),
    ),
    (
        _("Spreading"),
        (
            _entry(_("Campaigns"), "gift", "campaigns", Permission.CAMPAIGNS_VIEW),
            _entry(_("Scenes"), "image", "scenes", Permission.CAMPAIGNS_VIEW),
            _entry(_("Content"), "edit", "posts", Permission.CONTENT_MANAGE),
        ),
    ),
    (
        _("Insight"),
        (
            _entry(pgettext_lazy("navigation", "Customers"), "people", "customers", Permission.CUSTOMERS_VIEW),
            _entry(_("Segments"), "tag", "segments", Permission.CUSTOMERS_VIEW),
            _entry(_("Ties"), "link", "ties", Permission.CUSTOMERS_VIEW),
            _entry(_("Relations"), "share", "relations", Permission.FIGURES_VIEW),
            _entry(_("Lifetime value"), "coin", "value", Permission.FIGURES_VIEW),
            _entry(_("Funnels"), "filter", "funnels", Permission.FIGURES_VIEW),
            _entry(_("Searches"), "search", "searches", Permission.FIGURES_VIEW),
            _entry(_("Coming back"), "refresh", "retention", Permission.FIGURES_VIEW),
            _entry(pgettext_lazy("navigation", "Trust"), "shield", "trust", Permission.CUSTOMERS_VIEW),
            _entry(_("Alerts to agents"), "bell", "browse_alerts", Permission.FIGURES_VIEW),
            _entry(pgettext_lazy("navigation", "Stream of events"), "log", "stream", Permission.FIGURES_VIEW),
            _entry(_("Experiments"), "scale", "experiments", Permission.FIGURES_VIEW),
            _entry(_("Matching"), "star", "matching", Permission.MATCHING_MANAGE),
        ),
    ),
    (
        _("People"),
        (
            _entry(_("Agents"), "shop", "agents", Permission.AGENTS_MANAGE),
            _entry(
                _("Withdrawals"),
                "wallet",
                "withdrawals",
                Permission.WITHDRAWALS_REVIEW,
                Permission.WITHDRAWALS_APPROVE,
                counted="withdrawals",
            ),
            _entry(_("Rewards under review"), "gift", "rewards", Permission.REWARDS_DECIDE),
            _entry(_("Attribution"), "tree", "attribution", Permission.ATTRIBUTION_VIEW),
        ),
    ),
    (
        _("Stock and supply"),
        (
            _entry(_("Goods"), "box", "products", Permission.PRODUCTS_EDIT),
            _entry(_("Suggestions"), "chat", "suggestions", Permission.PRODUCTS_EDIT),
            _entry(_("Suppliers"), "factory", "suppliers", Permission.STOCK_FEED),
            _entry(_("Freight"), "scale", "freight", Permission.PRODUCTS_EDIT),
        ),
    ),
    (
        _("Running the house"),
        (
            _entry(_("Policy and settings"), "settings", "settings", Permission.POLICY_VIEW),
            _entry(_("Compliance"), "shield", "compliance", Permission.AUDIT_VIEW),
            _entry(_("Audit"), "audit", "audit", Permission.AUDIT_VIEW),
            _entry(pgettext_lazy("navigation", "Log"), "log", "log", Permission.LOG_VIEW),
            _entry(_("Staff"), "people", "staff", Permission.STAFF_MANAGE),
            _entry(_("API"), "webhook", "api", Permission.API_MANAGE),
        ),
    ),
)


def navigation(user: User, path: str, work: Work) -> list[NavigationGroup]:
    """Return the pages that ``user`` may open, the one at ``path`` marked, with what waits on each."""
    held = permissions_of(user)
    groups = []
    for label, entries in ENTRIES:
        groups.append((label, [_tab(entry, work) for entry in entries if not entry.needs or entry.needs & held]))
    marked = iter(with_current([tab for _label, tabs in groups for tab in tabs], "" if _is_nobodys(path) else path))
    return [NavigationGroup(label, tuple(next(marked) for _tab_ in tabs)) for label, tabs in groups if tabs]


def _is_nobodys(path: str) -> bool:
    """Whether a page belongs to no entry: one's own account, and what the search found."""
    return path.startswith((reverse("console:own"), reverse("console:search")))


def show(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page of the console for somebody of the staff. ``work`` in ``context`` saves counting twice."""
    user = member_of(request)
    held = permissions_of(user)
    work = context.get("work") or waiting(user)
    frame = {
        "navigation": navigation(user, request.path, work),
        "console_home_url": reverse("console:dashboard"),
        "search_url": reverse("console:search") if Permission.ORDERS_VIEW in held else "",
        "person": user,
        "held": held,
    }
    return render(request, template, {**frame, **context}, status=status)


def _tab(entry: Entry, work: Work) -> Tab:
    return Tab(entry.label, entry.icon, reverse(entry.name), count=getattr(work, entry.counted) if entry.counted else 0)

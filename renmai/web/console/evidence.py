"""Why an order went to this agent, in words, from the evidence that was kept when it was placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from renmai.ordering.queries import order_numbers
from renmai.sharing.models import Attribution, BindingLog, Shop
from renmai.sharing.queries import shops_by_id
from renmai.web.ui.formats import moment_text

Rule = Attribution.Rule
TONES = {
    Rule.LAST_VISIT: "good",
    Rule.BINDING: "info",
    Rule.PROTECTION: "honey",
    Rule.SELF_PURCHASE: "warn",
    Rule.NONE: "",
}

CHANGES: dict[str, tuple["str | Promise", str]] = {
    "bound": (gettext_lazy("Bound"), "good"),
    "renewed": (gettext_lazy("Renewed"), "info"),
    "moved": (gettext_lazy("Moved here"), "honey"),
    "refused": (gettext_lazy("Not moved"), "warn"),
    "ended": (gettext_lazy("Ended"), ""),
}
BINDING_REASONS: dict[str, "str | Promise"] = {
    "signed_in_through_share": gettext_lazy("Signed in after coming through a shared link"),
    "order_paid": gettext_lazy("Paid an order that went to this shop"),
    "protected": gettext_lazy("Another shop's protection still held"),
    "expired": gettext_lazy("Its validity was over"),
}


@dataclass(frozen=True)
class Explained:
    """One decision with its reasons as sentences, the decisive one first."""

    attribution: Attribution
    tone: str
    reasons: tuple[str, ...]


def explained(attributions: Sequence[Attribution]) -> list[Explained]:
    """Return the decisions in words. One statement for the names of the shops that lost."""
    wanted = {
        shop_id
        for attribution in attributions
        for shop_id in (attribution.evidence.get("visit_shop_id"), attribution.evidence.get("bound_shop_id"))
        if shop_id
    }
    shops = shops_by_id(wanted)
    return [
        Explained(attribution, TONES.get(Rule(attribution.rule), ""), _reasons(attribution, shops))
        for attribution in attributions
    ]


@dataclass(frozen=True)
class Told:
    """One change of a binding, in words."""

    log: BindingLog
    change: str
    tone: str
    reason: str
    order_number: str


def told(logs: Sequence[BindingLog]) -> list[Told]:
    """Return what happened to bindings, in words. One statement for the orders that caused it."""
    orders = order_numbers({log.evidence["order_id"] for log in logs if log.evidence.get("order_id")})
    return [
        Told(
            log=log,
            change=str(CHANGES.get(log.change, (log.change, ""))[0]),
            tone=CHANGES.get(log.change, ("", ""))[1],
            reason=str(BINDING_REASONS.get(log.reason, log.reason)),
            order_number=orders.get(log.evidence.get("order_id") or 0, ""),
        )
        for log in logs
    ]


def _reasons(attribution: Attribution, shops: dict[int, Shop]) -> tuple[str, ...]:
    seen = attribution.evidence
    words = {
        "window": _days(seen.get("window_days") or 0),
        "visited": _moment(seen.get("visited_at")),
        "visited_shop": _name(shops, seen.get("visit_shop_id")),
        "bound_shop": _name(shops, seen.get("bound_shop_id")),
        "protected": _moment(seen.get("protected_until")),
        "expires": _moment(seen.get("binding_expires_at")) or _("for ever"),
    }
    texts = {
        Rule.LAST_VISIT: _lines_of_visit,
        Rule.BINDING: _lines_of_binding,
        Rule.PROTECTION: _lines_of_protection,
        Rule.SELF_PURCHASE: _lines_of_own,
        Rule.NONE: _lines_of_none,
    }
    return tuple(line % words for line in texts[Rule(attribution.rule)](attribution))


def _lines_of_visit(attribution: Attribution) -> list[str]:
    lines = [
        _(
            "The customer opened a link of %(visited_shop)s at %(visited)s: the last valid visit in the %(window)s before the order."
        ),
    ]
    bound, visited = attribution.evidence.get("bound_shop_id"), attribution.evidence.get("visit_shop_id")
    if bound and bound != visited:
        lines.append(
            _("She was bound to %(bound_shop)s, but its protection had ended at %(protected)s, so the newer visit counts.")
        )
    elif bound:
        lines.append(_("She was bound to this shop already."))
    return lines


def _lines_of_binding(attribution: Attribution) -> list[str]:
    return [
        _("The customer is bound to %(bound_shop)s (until %(expires)s)."),
        _("She opened no other agent's link in the %(window)s before the order."),
    ]


def _lines_of_protection(attribution: Attribution) -> list[str]:
    return [
        _("The customer is bound to %(bound_shop)s, protected until %(protected)s."),
        _("She had opened a link of %(visited_shop)s at %(visited)s; within the protection it does not move her."),
    ]


def _lines_of_own(attribution: Attribution) -> list[str]:
    return [_("The customer owns the shop that the order would go to. Orders of one's own earn nothing.")]


def _lines_of_none(attribution: Attribution) -> list[str]:
    return [_("No shared link was opened in the %(window)s before the order, and the customer was bound to nobody.")]


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _moment(text: str | None) -> str:
    return moment_text(datetime.fromisoformat(text)) if text else ""


def _name(shops: dict[int, Shop], shop_id: int | None) -> str:
    shop = shops.get(shop_id) if shop_id else None
    return f"“{shop.name}”" if shop else _("a shop that no longer exists")

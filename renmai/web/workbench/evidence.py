"""The log of a binding in words: what happened, why, and what it rests on."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renmai.sharing.models import BindingLog

CHANGES: dict[str, str | Promise] = {
    "bound": gettext_lazy("Came to your shop"),
    "renewed": gettext_lazy("Stays with your shop, the time begins anew"),
    "moved": gettext_lazy("Came over from another shop"),
    "refused": gettext_lazy("Did not come over: another shop was protected"),
    "ended": gettext_lazy("Left your shop"),
}
REASONS: dict[str, str | Promise] = {
    "order_paid": gettext_lazy("A paid order that went to your shop"),
    "signed_in_through_share": gettext_lazy("Signed in after opening one of your links"),
    "protected": gettext_lazy("The protection period of the other shop was not over"),
    "expired": gettext_lazy("The time was over without another order"),
}
GOOD = frozenset({"bound", "renewed", "moved"})


@dataclass(frozen=True)
class Fact:
    """One piece of evidence."""

    label: str
    value: str


@dataclass(frozen=True)
class Told:
    """One entry of the log, ready to be read."""

    title: str
    reason: str
    is_good: bool
    at: datetime
    facts: tuple[Fact, ...]


def told(entry: BindingLog) -> Told:
    """Return ``entry`` in the active language. Evidence that names another shop is not shown: that is not hers to see."""
    labels = {
        "order_id": _("Order record"),
        "visit_id": _("Visit record"),
        "share_id": _("Link record"),
        "binding_id": _("Binding record"),
    }
    facts = (Fact(label, f"#{entry.evidence[key]}") for key, label in labels.items() if entry.evidence.get(key))
    return Told(
        title=str(CHANGES.get(entry.change, entry.change)),
        reason=str(REASONS.get(entry.reason, entry.reason)),
        is_good=entry.change in GOOD,
        at=entry.at,
        facts=(*facts, Fact(_("Log record"), f"#{entry.pk}")),
    )

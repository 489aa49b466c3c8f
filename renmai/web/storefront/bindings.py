"""The bond between a customer and an agent in plain words: since when, until when, why, and what happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.kernel import clock
from renmai.sharing.models import Binding, BindingLog
from renmai.web.ui.navigation import TimelineItem

CHANGES: dict[str, str | Promise] = {
    "bound": _("You came to %(shop)s"),
    "renewed": _("Your time with %(shop)s began anew"),
    "moved": _("You moved to %(shop)s"),
    "refused": _("A link of %(shop)s did not move you"),
    "ended": _("Your time with %(shop)s ended"),
}
REASONS: dict[str, str | Promise] = {
    "signed_in_through_share": _("You signed in after opening her link."),
    "order_paid": _("You paid an order that came through her."),
    "protected": _("Another agent was still protected then."),
    "expired": _("You bought nothing through her for the whole period."),
    "moved": _("You went on to another agent."),
}
OTHER_CHANGE = _("Something changed with %(shop)s")


@dataclass(frozen=True)
class Bond:
    """A binding that holds. Days are counted up; None means for ever."""

    binding: Binding
    days_left: int | None
    protected_days_left: int


def bond_of(binding: Binding) -> Bond:
    """Return what is to be said of a binding now."""
    now = clock.now()
    return Bond(
        binding=binding,
        days_left=_days(binding.expires_at, now) if binding.expires_at else None,
        protected_days_left=_days(binding.protected_until, now),
    )


def events_of(log: Iterable[BindingLog]) -> list[TimelineItem]:
    """Return the log as a timeline, newest first."""
    return [
        TimelineItem(
            title=str(CHANGES.get(entry.change, OTHER_CHANGE)) % {"shop": entry.shop.name},
            state="bad" if entry.change == "refused" else "done",
            at=entry.at,
            detail=str(REASONS.get(entry.reason, "")),
        )
        for entry in log
    ]


def _days(moment: datetime, now: datetime) -> int:
    return max(0, -((now - moment) // timedelta(days=1)))

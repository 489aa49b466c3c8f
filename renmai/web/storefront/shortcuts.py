"""The shortcuts to a member's orders, with how many wait in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from renmai.ordering.queries import StatusCount
from renmai.ordering.queries.orders import OPEN_CLAIMS

STATES: tuple[tuple[str, str | Promise, str], ...] = (
    ("placed", pgettext_lazy("my orders", "To pay"), "wallet"),
    ("paid", pgettext_lazy("my orders", "To be sent"), "box"),
    ("shipped", pgettext_lazy("my orders", "On the way"), "truck"),
    ("received", pgettext_lazy("my orders", "To review"), "star"),
    (OPEN_CLAIMS, pgettext_lazy("my orders", "After-sales"), "refund"),
)


@dataclass(frozen=True)
class Shortcut:
    """One state of orders: its name, icon, address and how many orders are in it."""

    label: str | Promise
    icon: str
    url: str
    count: int


def order_shortcuts(counts: Sequence[StatusCount]) -> list[Shortcut]:
    """Return the shortcuts in the order in which an order goes through them. What was received needs nothing, so it is not counted."""
    numbers = {entry.status: entry.count for entry in counts}
    return [
        Shortcut(label, icon, _address(status), 0 if status == "received" else numbers.get(status, 0))
        for status, label, icon in STATES
    ]


def _address(status: str) -> str:
    if status == OPEN_CLAIMS:
        return reverse("storefront:after_sales")
    return f"{reverse('storefront:orders')}?status={status}"

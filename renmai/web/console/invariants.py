"""The invariants in words: what the audit proves, by the key under which it reports a breach."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.kernel.audits import Violation

INVARIANTS: Final[dict[str, tuple["str | Promise", "str | Promise"]]] = {
    "1": (_("Debits are credits"), _("Every transfer has two sides of the same amount, and running totals are their sums.")),
    "2": (_("No wallet is below nought"), _("No agent has less than nothing; a debt is an account of its own.")),
    "3": (
        _("Refunds stay within payments"),
        _("What came in is at least what went back, and each notice of a provider counts once."),
    ),
    "4": (_("Stock adds up"), _("Sold + reserved + free = stock, and each figure is the sum of its moves.")),
    "5": (
        _("Groups keep their word"),
        _("No group is larger than its size; what was held for one is released or given back, never both and never neither."),
    ),
    "6": (
        _("Commission stays within the cap"),
        _("At most two levels, at most the cap, and what was reversed is exactly the refunded share."),
    ),
    "7": (_("The journal only grows"), _("No transfer is changed or removed; triggers in the database see to it.")),
    "8": (_("The provider's bill is our ledger"), _("What the payment company says and what our books say is the same.")),
    "9": (_("Nothing waits for ever"), _("No order, payment, claim or withdrawal stays in between past its deadline.")),
    "campaigns": (
        _("Grants are explained"),
        _("What campaigns gave to an order is what its price says, by terms that are kept; no play gives more than it has."),
    ),
    "rewards": (_("Rewards follow kept sales"), _("No reward is handed out before its sale is kept, twice, or for oneself.")),
    "sums": (_("Orders add up"), _("Lines, carriage and reductions of an order sum to what was paid for it.")),
    "revenue": (_("Revenue is settled orders"), _("What the books call revenue is what settled orders brought.")),
    "refunds": (_("Refunds have a cause"), _("Each refund belongs to a claim, a cancellation or a late payment.")),
    "parcels": (_("Parcels carry their orders"), _("Every line that is sent lies in exactly one parcel.")),
    "carts": (_("Carts are sound"), _("No cart holds a thing twice or belongs to nobody.")),
    "attribution": (
        _("Attribution is explained"),
        _("Each order that went to an agent has the visit or the binding that says why."),
    ),
    "cascade": (_("Shares form trees"), _("Who came through whom never runs in a circle.")),
    "introductions": (_("Introductions form trees"), _("No agent was introduced by herself, nor by a circle of others.")),
    "price range": (_("Prices on the shelf are true"), _("The price of a product is that of its variants.")),
    "reference price": (_("Reference prices are true"), _("A struck-out price is the lowest of the 30 days before.")),
    "accounts": (_("People are sound"), _("Everybody can sign in, the staff has roles, addresses lie in a district.")),
    "trust": (_("Trust adds up"), _("Each tie is the sum of its entries, and every fact of a kept sale or a word counts once.")),
    "pledges": (
        _("The platform's word is kept count of"),
        _("Each parcel, claim and withdrawal that was pledged to an agent counted once, kept or broken."),
    ),
    "matching": (
        _("Lists have consent and reasons"),
        _("No personal list is kept without consent, and no product is demoted without evidence."),
    ),
    "content": (
        _("Posts are looked at and sales explained"),
        _("What needed a second look had one; an order is traced to a post that showed its goods before it was placed."),
    ),
    "browse_alert": (
        _("Alerts go where they may"),
        _("Each alert belongs to the customer's own agent and has a state that follows."),
    ),
    "experiments": (
        _("Experiments stay fair"),
        _("Everybody is in the variant that was dealt to her, and layers do not overlap."),
    ),
    "portraits": (_("Portraits are their facts"), _("No part is more than its whole, and what somebody took out stays out.")),
    "stream": (_("The stream is whole"), _("Positions have no end beyond their tail, and each finished day has its file.")),
    "value": (_("Value is shared once"), _("What word of mouth gives one customer it takes from another.")),
    "policy": (_("Settings keep the law"), _("No stored value breaks a bound or a hard limit.")),
}
OTHER: Final = _("Found by a room of its own")


@dataclass(frozen=True)
class Result:
    """One invariant with what breaks it."""

    key: str
    title: "str | Promise"
    says: "str | Promise"
    violations: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing breaks it."""
        return not self.violations


def results(found: Sequence[Violation]) -> list[Result]:
    """Return every invariant, broken ones first, with what was found against it; unknown keys are listed too."""
    by_key: dict[str, list[Violation]] = {}
    for violation in found:
        key = violation.invariant if violation.invariant in INVARIANTS else violation.invariant.partition(".")[0]
        by_key.setdefault(key, []).append(violation)
    known = [Result(key, title, says, tuple(by_key.pop(key, ()))) for key, (title, says) in INVARIANTS.items()]
    others = [Result(key, key, OTHER, tuple(rows)) for key, rows in by_key.items()]
    return sorted([*known, *others], key=lambda result: result.holds)

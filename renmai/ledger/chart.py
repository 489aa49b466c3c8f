"""The chart of accounts: every kind of account in one table, and functions that spell the codes.

Codes are spelled only here. A code reads ``kind:owner:purpose``, such as ``agent:17:available`` or ``platform:revenue``.
"""

import re
from dataclasses import dataclass
from typing import NewType

from renmai.ledger.models import Side

AccountCode = NewType("AccountCode", str)
"""The name of one account, as the functions below spell it."""

OWNER = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True)
class Kind:
    """One kind of account: where its owner stands in the code, the side on which it grows, and whether it can run dry.

    ``limited`` accounts may never be overdrawn. ``wallet`` accounts are what the platform owes its agents. ``section`` is the part
    of the books it belongs to, as ``hledger`` names them.
    """

    name: str
    pattern: str
    side: Side
    section: str
    limited: bool = False
    wallet: bool = False

    def code(self, owner: object = "") -> AccountCode:
        """Return the code of ``owner``'s account of this kind. Raises ``ValueError`` for an owner that cannot stand in a code."""
        text = str(owner)
        if ("{owner}" in self.pattern) != bool(text) or (text and not OWNER.fullmatch(text)):
            raise ValueError(f"{text!r} cannot own an account of the kind {self.name}")
        return AccountCode(self.pattern.format(owner=text))


PROVIDER = Kind("provider", "provider:{owner}", Side.DEBIT, "assets")
CUSTOMERS_PREPAID = Kind("customers_prepaid", "platform:customers_prepaid", Side.CREDIT, "liabilities")
REVENUE = Kind("revenue", "platform:revenue", Side.CREDIT, "revenues")
REFUNDS_EXPENSE = Kind("refunds_expense", "platform:refunds_expense", Side.DEBIT, "expenses")
COMMISSION_EXPENSE = Kind("commission_expense", "platform:commission_expense", Side.DEBIT, "expenses")
TAX_PAYABLE = Kind("tax_payable", "platform:tax_payable", Side.CREDIT, "liabilities")
AGENT_FROZEN = Kind("agent_frozen", "agent:{owner}:frozen", Side.CREDIT, "liabilities", limited=True, wallet=True)
AGENT_AVAILABLE = Kind("agent_available", "agent:{owner}:available", Side.CREDIT, "liabilities", limited=True, wallet=True)
AGENT_WITHDRAWING = Kind("agent_withdrawing", "agent:{owner}:withdrawing", Side.CREDIT, "liabilities", limited=True, wallet=True)
AGENT_DEBT = Kind("agent_debt", "agent:{owner}:debt", Side.DEBIT, "assets", limited=True)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        PROVIDER,
        CUSTOMERS_PREPAID,
        REVENUE,
        REFUNDS_EXPENSE,
        COMMISSION_EXPENSE,
        TAX_PAYABLE,
        AGENT_FROZEN,
        AGENT_AVAILABLE,
        AGENT_WITHDRAWING,
        AGENT_DEBT,
    )
}
_BY_SHAPE = {kind.pattern.replace("{owner}", "*"): kind for kind in KINDS.values()}


def provider(name: str) -> AccountCode:
    """Money that lies with the payment provider ``name``."""
    return PROVIDER.code(name)


def customers_prepaid() -> AccountCode:
    """Money that customers have paid for orders which are not settled yet: the platform owes goods for it."""
    return CUSTOMERS_PREPAID.code()


def revenue() -> AccountCode:
    """What the platform has earned from settled orders."""
    return REVENUE.code()


def refunds_expense() -> AccountCode:
    """Refunds of orders that were settled already."""
    return REFUNDS_EXPENSE.code()


def commission_expense() -> AccountCode:
    """Commission granted to agents, less what was voided or clawed back."""
    return COMMISSION_EXPENSE.code()


def tax_payable() -> AccountCode:
    """Tax withheld from agents, owed to the tax office."""
    return TAX_PAYABLE.code()


def agent_frozen(agent_id: int) -> AccountCode:
    """Commission of an agent that is not hers to take yet."""
    return AGENT_FROZEN.code(agent_id)


def agent_available(agent_id: int) -> AccountCode:
    """Commission that an agent may withdraw."""
    return AGENT_AVAILABLE.code(agent_id)


def agent_withdrawing(agent_id: int) -> AccountCode:
    """Commission on its way out to an agent."""
    return AGENT_WITHDRAWING.code(agent_id)


def agent_debt(agent_id: int) -> AccountCode:
    """What an agent owes the platform: commission clawed back after it was withdrawn."""
    return AGENT_DEBT.code(agent_id)


def kind_of(code: str) -> Kind:
    """Return the kind of the account ``code``. Raises ``ValueError`` for a code that no function above spells."""
    parts = code.split(":")
    shape = code if code in _BY_SHAPE else ":".join([parts[0], "*", *parts[2:]])
    kind = _BY_SHAPE.get(shape)
    if kind is None or (shape != code and not OWNER.fullmatch(parts[1])):
        raise ValueError(f"no kind of account is spelled {code!r}")
    return kind

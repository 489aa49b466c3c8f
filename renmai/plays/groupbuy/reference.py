"""What a customer says of a group buy with her order: nothing to open a group, or ``<number>`` or ``<number>.<late>`` to join one."""

from dataclasses import dataclass
from typing import get_args

from renmai.kernel.errors import DomainError
from renmai.plays.groupbuy.terms import Late, Terms

MARK = "."


@dataclass(frozen=True)
class Wanted:
    """A group's number, empty to open one, and what is wanted should it be full or over by the time of the payment."""

    number: str
    late: Late


def read(reference: str, terms: Terms | None = None) -> Wanted:
    """Return what a reference means; what it leaves open is as ``terms`` say. Raises ``groupbuy.late``."""
    number, _mark, said = reference.partition(MARK)
    late = said or (terms.late if terms else "refund")
    if late not in get_args(Late):
        raise DomainError("groupbuy.late")
    return Wanted(number, "new" if late == "new" else "refund")


def reference_to(number: str, *, late: Late | None = None) -> str:
    """Return the reference with which somebody joins a group."""
    return f"{number}{MARK}{late}" if late else number

"""A transaction of a test's own, for worlds that are taken back."""

from django.db import transaction
from django.db.transaction import Atomic


def own_block() -> Atomic:
    """Return a transaction that counts as the test's, not as a caller's: what insists on being outermost may run inside."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # noqa: SLF001  the mark of Django's own test cases
    return block

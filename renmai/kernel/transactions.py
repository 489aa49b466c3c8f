"""Transactions inside transactions."""

from django.db import transaction
from django.db.transaction import Atomic


def joined() -> Atomic:
    """Join the caller's transaction, or open one when there is none: for actions that stand alone as well as inside a flow.

    What fails inside fails the caller too, who must not catch it and go on: Django then refuses every further statement. Who wants to
    go on after a failure opens ``transaction.atomic()``, whose savepoint costs two statements.
    """
    blocks = transaction.get_connection().atomic_blocks
    # A test's own transaction is nobody's: there the action is outermost, and its failure is undone by itself.
    is_nested = any(not block._from_testcase for block in blocks)  # noqa: SLF001
    return transaction.atomic(savepoint=not is_nested)

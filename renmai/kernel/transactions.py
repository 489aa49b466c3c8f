"""Transactions inside transactions."""

from django.db import transaction
from django.db.transaction import Atomic


def joined() -> Atomic:
    """Join the caller's transaction, or open one when there is none: for actions that stand alone as well as inside a flow.

    What fails inside fails the caller too, who must not catch it and go on: Django then refuses every further statement. Who wants to
    go on after a failure opens ``transaction.atomic()``, whose savepoint costs two statements.
    """
    return transaction.atomic(savepoint=not is_inside())


def require_none() -> None:
    """Raise ``RuntimeError`` inside a transaction: for what asks others, or must last, and needs no transaction of its own."""
    if is_inside():
        raise RuntimeError("this is durable and cannot stand inside a transaction")


def is_inside() -> bool:
    """Whether a transaction is going on that ends later than whoever asks."""
    # A test's own transaction is nobody's: there an action is outermost, and its failure is undone by itself.
    return any(not block._from_testcase for block in transaction.get_connection().atomic_blocks)  # noqa: SLF001

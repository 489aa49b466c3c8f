"""Kills an action before each of its statements in turn, and looks whether the world is whole afterwards.

A process that dies leaves what it had committed and nothing of the transaction it was in. ``Killed`` does the same here: it is no
``Exception``, so nobody catches it, and every open transaction of the action is rolled back on its way out. Killing after the last
statement, before the commit, leaves the same as killing before it.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from tools.testing.blocks import own_block
from tools.testing.changes import Change, noted
from tools.testing.together import WHOLE

NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
MOST_STATEMENTS = 300
LOOKED_AT_EVERY = 4


class Killed(BaseException):
    """The process died here."""


@contextmanager
def killed_before(number: int) -> Iterator[None]:
    """Raise ``Killed`` instead of sending the statement with this number, counted from 1; once."""
    sent = 0

    def fate(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal sent
        if not sql.startswith(NOT_COUNTED):
            sent += 1
            if sent == number:
                # A process that is gone leaves no cursor behind; here it would be found open, in whatever test comes next.
                context["cursor"].close()
                raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fate):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Run the block in a world of its own and take everything back, so that the next one begins where this one did."""
    with own_block():
        yield
        transaction.set_rollback(True)


def at_every_statement(
    act: Callable[[], object],
    *,
    check: Callable[[], None],
    after: Callable[[], None],
    again: Callable[[], object] | None = None,
) -> int:
    """Kill ``act`` before each of its statements, each time in the same world; return how many statements it has.

    After each kill ``check`` looks at the world, then ``again`` (``act`` itself, unless given) is run, as its customer, provider or
    timer does, and ``check`` and ``after`` look again: ``after`` says that it has happened exactly once.

    ``check`` is mostly an audit of the whole shop, far slower than the act. A death that leaves the very rows that an earlier one left
    is not audited again, for it is the same world. What stands at the end is audited after each new course of events, and of the others,
    where the same statements changed rows in the same order, one in a few is drawn; each of them where ``WHOLE_RACES`` is set.
    """
    worlds: list[list[Change]] = []
    courses: list[list[str]] = []
    for number in range(1, MOST_STATEMENTS):
        with undone():
            survived = False
            with noted() as changes:
                try:
                    with noted() as left, killed_before(number):
                        act()
                    survived = True
                except Killed:
                    if left not in worlds:
                        worlds.append(left)
                        check()
                    (again or act)()
            course = [change.sql for change in changes]
            if survived or course not in courses or _is_drawn():
                courses.append(course)
                check()
            after()
        if survived:
            return number - 1
    raise AssertionError("the action never ends")


def _is_drawn() -> bool:
    return bool(os.environ.get(WHOLE)) or random.randrange(LOOKED_AT_EVERY) == 0  # noqa: S311  keeps nothing secret

"""Fixtures for every room."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest

from tools.testing import statements as counting
from tools.testing.moving_clock import MovingClock

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

LONGER_THAN_A_TEST_SECONDS = 3600


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, pytestconfig: pytest.Config) -> None:
    """SQLite tests run on a file, as in production: threads get connections and locks of their own."""
    from django.conf import settings
    from django.db import connection

    from renmai.ledger.testing import let_flush_pass
    from tools.testing import templates

    let_flush_pass()
    del django_db_modify_db_settings
    if connection.vendor == "sqlite":
        name = str(settings.RENMAI_HOME / "test.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = name
        cache = getattr(pytestconfig, "cache", None)  # there is none with ``-p no:cacheprovider``
        if cache is not None:
            templates.copy_from(cache.mkdir("databases"), connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> None:
    """A test that cannot be taken back empties only the tables in which it left something."""
    from django.db import connection

    from tools.testing import emptying

    del django_db_setup
    emptying.empty_only_what_is_filled()
    with django_db_blocker.unblock():
        emptying.remember(connection)


@pytest.fixture
def statements() -> Callable[[int], AbstractContextManager[None]]:
    """Return a context manager that fails unless its block sends exactly that many statements to the database."""
    return counting.exactly


@pytest.fixture
def moving_clock() -> Iterator[MovingClock]:
    """The clock of the kernel, standing still at a Monday morning; ``travel`` and ``advance`` move it."""
    held = MovingClock()
    yield held
    held.close()


@pytest.fixture(autouse=True)
def _slow_machines_count_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept for seconds outlives each test: otherwise a machine that is slow enough reads it again, and counts a statement more."""
    from renmai.campaigns.queries import running
    from renmai.policy import queries

    for module in (queries, running):
        monkeypatch.setattr(module, "CACHE_SECONDS", LONGER_THAN_A_TEST_SECONDS)


@pytest.fixture(autouse=True)
def _clean_process() -> Iterator[None]:
    """No test finds what another one left in this process: caches, the active language."""
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    translation.deactivate()
    yield
    translation.deactivate()

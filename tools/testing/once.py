"""Tests that touch no database run once, not once for each database.

Which they are is nobody's list: pytest-django lets a test at the database only if it is marked ``django_db`` or asks for a fixture that
opens it, so whatever does neither comes out the same on every database. ``--only-with-database`` leaves those to another run and says how
many they are. One way around is left, a process of one's own that finds the database in its environment: tests of modules that start
processes run with each database, unless they are marked ``runs_once``, for processes that get an environment of their own.
"""

from types import ModuleType
from typing import Any

import pytest

OPENING = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})
BLOCKER = "django_db_blocker"
STARTING = frozenset({"subprocess", "multiprocessing", "renmai.project.children", "renmai.project.postgres"})
LEFT_OUT = "left_out"

_left_out: list[int] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--only-with-database``."""
    said = "leave out the tests that touch no database: they come out the same on every one"
    parser.addoption("--only-with-database", action="store_true", help=said)


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", "runs_once: starts processes, and none of them can find the database of this run")


def may_differ(item: pytest.Item) -> bool:
    """Tell whether a test may come out differently on another database."""
    if item.get_closest_marker("django_db") or OPENING & set(getattr(item, "fixturenames", ())) or _lifts_the_block(item):
        return True
    if hasattr(getattr(item, "cls", None), "databases"):
        return True  # a test case of Django's
    return item.get_closest_marker("runs_once") is None and starts_processes(getattr(item, "module", None))


def _lifts_the_block(item: pytest.Item) -> bool:
    """Tell whether the test, or a fixture of ours, has what lets it at the database by hand; pytest-django's own fixtures all have it."""
    asked = getattr(item, "_fixtureinfo", None)
    if asked is None:
        return False
    fixtures = [fixture for known in asked.name2fixturedefs.values() for fixture in known]
    ours = [fixture for fixture in fixtures if not fixture.func.__module__.startswith("pytest_django.")]
    return BLOCKER in asked.argnames or any(BLOCKER in fixture.argnames for fixture in ours)


def starts_processes(module: ModuleType | None) -> bool:
    """Tell whether ``module`` knows anything by which processes are started."""
    known = vars(module).values() if module else ()
    return any(_home(value) in STARTING for value in known)


def _home(value: object) -> str:
    return value.__name__ if isinstance(value, ModuleType) else str(getattr(value, "__module__", ""))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what another run has."""
    if config.getoption("--only-with-database"):
        same = [item for item in items if not may_differ(item)]
        items[:] = [item for item in items if may_differ(item)]
        config.hook.pytest_deselected(items=same)
        _left_out.append(len(same))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell it the controller of pytest-xdist, which collects nothing itself."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told[LEFT_OUT] = sum(_left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Hear it from each worker; all of them have collected the same."""
    _left_out[:] = [max([getattr(node, "workeroutput", {}).get(LEFT_OUT, 0), *_left_out])]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many there were."""
    if sum(_left_out):
        terminalreporter.write_line(f"{sum(_left_out)} tests that touch no database were left to the run with SQLite")

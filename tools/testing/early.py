"""Runs before pytest-django reads the settings: chooses the database and a home folder for this test run.

``--database sqlite`` (default) uses a file per process, ``--database postgres`` starts a server that ends with the run; with
``DATABASE_URL`` in the environment that server is used instead.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tools.testing.folders import fast_place

SECRET_KEY = "tests-only-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105  signs nothing outside the tests
KEPT_VARIABLES = frozenset({"RENMAI_CHROMIUM"})

_until_the_end = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--database``."""
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite", help="where the tests keep data")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Set the environment before anybody reads it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        # The controller has chosen for all; a folder of its own keeps uploads and SQLite files apart.
        os.environ["RENMAI_HOME"] = str(Path(os.environ["RENMAI_HOME"]) / worker)
    else:
        _choose(early_config.known_args_namespace.database)
    from renmai.project import messages

    messages.compile_stale()
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the server and remove the folder."""
    _until_the_end.close()


def _choose(database: str) -> None:
    for name in [name for name in os.environ if name.startswith("RENMAI_")]:
        if name not in KEPT_VARIABLES:
            del os.environ[name]
    home = Path(tempfile.mkdtemp(prefix="renmai-tests-", dir=fast_place()))
    _until_the_end.callback(shutil.rmtree, home, ignore_errors=True)
    os.environ["RENMAI_HOME"] = str(home)
    os.environ["RENMAI_SECRET_KEY"] = SECRET_KEY
    os.environ["RENMAI_LOG_LEVEL"] = "WARNING"
    os.environ["RENMAI_LIMITS"] = "0"  # tests are a flood; those about limits switch them on
    os.environ["DJANGO_SETTINGS_MODULE"] = "renmai.project.settings"
    if database == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    elif not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        from renmai.project.postgres import throwaway_server

        os.environ["DATABASE_URL"] = _until_the_end.enter_context(throwaway_server()).url

"""What is left out of the run with another database, and what never is."""

import subprocess
from subprocess import run
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.test import SimpleTestCase, TestCase

from tools.testing.once import may_differ, starts_processes


def one(*marks: str, fixtures: tuple[str, ...] = (), cls: type | None = None, module: ModuleType | None = None) -> Any:
    """A test as pytest has collected it."""
    return SimpleNamespace(
        get_closest_marker=lambda name: name if name in marks else None,
        fixturenames=fixtures,
        cls=cls,
        module=module or ModuleType("plain"),
    )


def knowing(name: str, value: object) -> ModuleType:
    """A module that knows something."""
    module = ModuleType("tests")
    setattr(module, name, value)
    return module


@pytest.mark.parametrize(
    "test",
    [
        one("django_db"),
        one(fixtures=("moving_clock", "db")),
        one(fixtures=("page_phone", "live_server")),
        one(cls=TestCase),
        one(cls=SimpleTestCase),
        one(module=knowing("subprocess", subprocess)),
        one(module=knowing("go", run)),
        one("runs_once", "django_db"),
    ],
)
def test_what_could_touch_the_database_runs_with_each(test: Any) -> None:
    assert may_differ(test)


@pytest.mark.parametrize("test", [one(), one(fixtures=("tmp_path",)), one("runs_once", module=knowing("subprocess", subprocess))])
def test_what_cannot_runs_once(test: Any) -> None:
    assert not may_differ(test)


@pytest.mark.parametrize("home", ["tools.testing.x", "pytest_django.plugin"])
def test_whoever_lifts_the_block_by_hand_touches_the_database(home: str) -> None:
    fixture = SimpleNamespace(argnames=("django_db_blocker",), func=SimpleNamespace(__module__=home))
    test = one()
    test._fixtureinfo = SimpleNamespace(argnames=(), name2fixturedefs={"world": [fixture]})
    assert may_differ(test) == (home != "pytest_django.plugin")
    test._fixtureinfo = SimpleNamespace(argnames=("django_db_blocker",), name2fixturedefs={})
    assert may_differ(test)


def test_a_test_without_a_mark_gets_no_database() -> None:
    """On this all of it rests."""
    from renmai.accounts.models import User

    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.count()


def test_a_module_that_starts_nothing_is_not_taken_for_one_that_does() -> None:
    assert not starts_processes(ModuleType("plain"))
    assert not starts_processes(None)

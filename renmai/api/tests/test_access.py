"""Every operation against everybody: allowed as the table says, and a denial changes nothing."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.http import HttpResponse

from renmai.accounts.policies import PERMISSIONS, Permission
from renmai.api.api import api
from renmai.api.openapi import operations
from renmai.api.tests import street
from renmai.api.tests.access import ACCESS
from renmai.api.tests.cases import Case
from renmai.api.tests.street import AGENT, EVERYBODY, GUEST, STAFF, Street
from renmai.api.tests.world import fresh_key
from renmai.policy.queries import clear_cache
from tools.testing.changes import noted, taken_back
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
MAY_BE_EMPTY: frozenset[str] = frozenset()
UNAUTHENTICATED, FORBIDDEN, MISSING = 401, 403, 404


@pytest.fixture
def place(moving_clock: MovingClock) -> Street:
    return street.build(moving_clock)


def test_the_table_knows_every_operation_and_no_other() -> None:
    found = {each.id: (each.method, each.path) for each in operations(api)}
    assert sorted(found) == sorted(ACCESS)
    assert len(found) == len(list(operations(api)))
    for name, case in ACCESS.items():
        method, path = found[name]
        assert case.method == method, name
        assert len(path.split("/")) == len(case.path.partition("?")[0].split("/")), name


@pytest.mark.parametrize("person", EVERYBODY)
def test_everybody_at_every_door(person: str, place: Street) -> None:
    before = _rows()
    wrong = [said for name, case in ACCESS.items() if (said := _try(place, person, name, case))]
    assert wrong == []
    assert _rows() == before


def _try(place: Street, person: str, name: str, case: Case) -> str:
    expected = _expected(person, case)
    with taken_back(), noted() as changes:
        program = place.programs[person]
        program.visitor = ""
        answer = program.send(case.method, filled(case.path, place), filled(case.body, place), **{"Idempotency-Key": fresh_key()})
    clear_cache()
    if expected is None:
        is_right = (
            answer.status_code == case.status if person == case.by else answer.status_code not in (UNAUTHENTICATED, FORBIDDEN)
        )
        if name in {"sign_in_staff", "create_token"} and person != case.by:
            is_right = True  # staff need a second factor, which is a refusal of its own
        if person == case.by and name not in MAY_BE_EMPTY and _shows_nothing(answer):
            return f"{name} shows nothing, so it shows nothing of its shape either"
        return "" if is_right else f"{person} {name}: {answer.status_code} {answer.content[:300]!r}"
    if answer.status_code != expected:
        return f"{person} {name}: {answer.status_code} instead of {expected} {answer.content[:200]!r}"
    return f"{person} {name} was denied and yet sent {[str(change) for change in changes]}" if changes else ""


def _shows_nothing(answer: HttpResponse) -> bool:
    is_json = answer.headers.get("Content-Type", "").startswith("application/json")
    return is_json and json.loads(answer.content or b"{}").get("items") == []


def _expected(person: str, case: Case) -> int | None:
    """Return the status of the denial, None when the person is let in."""
    who, _colon, owner = case.who.partition(":")
    if who == "anyone":
        return None
    if person == GUEST:
        return MISSING if case.path.startswith("/cart") else UNAUTHENTICATED
    if who == "person":
        return None
    if who == "own":
        return None if person == owner or _holds(person, case.also) else MISSING
    if who in {"seller", "earner"}:
        return None if person == AGENT else FORBIDDEN
    return None if _holds(person, case.who) else FORBIDDEN


def _holds(person: str, permissions: str) -> bool:
    return person in STAFF and any(person in PERMISSIONS[Permission(permission)] for permission in permissions.split())


def filled(shape: Any, place: Street) -> Any:
    """Put the names of the street into a path or a body; a value that is one name keeps its type."""
    if isinstance(shape, dict):
        return {key: filled(value, place) for key, value in shape.items()}
    if isinstance(shape, list):
        return [filled(value, place) for value in shape]
    if not isinstance(shape, str):
        return shape
    if shape.startswith("{") and shape.endswith("}"):
        return place.names[shape[1:-1]]
    for name, value in place.names.items():
        shape = shape.replace(f"{{{name}}}", str(value))
    return shape


def _rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_what_belongs_to_others_is_not_told_from_what_does_not_exist(place: Street) -> None:
    other = place.programs["other"]
    theirs = json.loads(other.send("GET", filled("/orders/{placed}", place)).content)
    nobodys = json.loads(other.send("GET", "/orders/R000000-0000000000").content)
    assert theirs == nobodys

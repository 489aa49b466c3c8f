"""Every operation of the API for those whom the API's own table leaves out: other agents, stopped ones, keys and sessions that are none."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from renmai.api.tests.access import ACCESS
from renmai.api.tests.cases import Case
from renmai.api.tests.test_access import filled
from renmai.api.tests.world import Program, fresh_key, program_of
from renmai.policy.queries import clear_cache
from renmai.project.tests.endpoints import town as towns
from renmai.project.tests.endpoints.requests import LOOKS
from renmai.project.tests.endpoints.town import Actor, Town, text_of
from tools.testing.changes import noted, taken_back
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

THEIRS = frozenset({"get_customer", "get_statement_reason", "get_withdrawal", "get_share_story", "get_cascade", "move_product"})
"""Operations of agents whose object, in the table, is of one agent alone."""

OPEN_CARTS = frozenset({"remove_cart_line", "select_cart_lines"})
"""They answer with one's own cart, whatever was named."""

SAFE = "GET"
ONE_OF_EACH = ("list_products", "get_cart", "place_order", "get_me", "get_workbench", "list_settings", "create_staff")


@pytest.fixture
def town(moving_clock: MovingClock) -> Town:
    return towns.build(moving_clock)


def refusal(actor: Actor, name: str, case: Case) -> int | None:
    """Return the status of the denial of an outsider or a stopped agent with her own key, None when she is let in."""
    who = case.who.partition(":")[0]
    if who in {"anyone", "person"}:
        return None
    if who == "own":
        return 404
    if who in {"seller", "earner"}:
        sits = actor.kind == "agent" or (who == "earner" and actor.kind == "stopped")
        return 403 if not sits else 404 if name in THEIRS else None
    return 403


def sent(program: Program, case: Case, town: Town) -> HttpResponse:
    program.visitor = ""
    path, body = filled(case.path, town.street), filled(case.body, town.street)
    return program.send(case.method, path, body, **{"Idempotency-Key": fresh_key()})


def test_other_agents_and_stopped_ones_and_staff_without_a_role(town: Town) -> None:
    wrong = []
    for name in ("other member", "other agent", "suspended agent", "closed agent", "staff without a role"):
        actor = town.actors[name]
        assert actor.user is not None
        program = program_of(actor.user)
        program.get("/me")  # the first use of a key is noted
        for operation, case in ACCESS.items():
            expected = refusal(actor, operation, case)
            with taken_back(), noted(but=LOOKS) as changes:
                answer = sent(program, case, town)
            clear_cache()
            said = [f"{answer.status_code}"] if (expected or answer.status_code) != answer.status_code else []
            said += ["a bug"] if answer.status_code >= 500 else []
            said += [f"changed {[str(change) for change in changes]}"] if expected and changes else []
            said += [f"shows {mark}" for mark in town.marks if mark in text_of(answer) and mark not in _asked(case, town)]
            wrong += [f"{name}: {operation}: {what}: {text_of(answer)[:200]}" for what in said]
    assert not wrong, "\n".join(wrong)


def _asked(case: Case, town: Town) -> str:
    return f"{filled(case.path, town.street)} {filled(case.body, town.street)}"


def test_a_key_that_is_none_opens_nothing_not_even_what_is_open_to_guests(town: Town) -> None:
    for number, (why, key) in enumerate(towns.keys(town).items()):
        program = Program(key or " ")
        # One key is tried everywhere, the others at one operation of every kind of door.
        for operation, case in ACCESS.items() if number == 0 else [(name, ACCESS[name]) for name in ONE_OF_EACH]:
            with noted() as changes:
                answer = sent(program, case, town)
            assert (answer.status_code, json.loads(answer.content)["code"], changes) == (401, "api.token", []), (why, operation)
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="renmai"'


def guests(town: Town) -> Iterator[Actor]:
    """People with a session that is not one, or not any more."""
    return (actor for actor in town.actors.values() if actor.kind == "guest")


def test_a_session_that_is_none_is_a_guests(town: Town) -> None:
    wrong = []
    for actor in guests(town):
        for operation, case in ACCESS.items():
            if case.who == "anyone":
                continue
            with taken_back(), noted(but=LOOKS) as changes:
                answer = sent(Program(client=actor.client), case, town)
            wanted = {404} if case.path.startswith("/cart") else {401}
            if answer.status_code not in wanted or changes:
                wrong.append(f"{actor.name}: {operation}: {answer.status_code} {changes}")
    assert not wrong, "\n".join(wrong)


def test_a_session_without_the_token_of_our_pages_changes_nothing(town: Town) -> None:
    for name in ("member", "agent", "owner"):
        client = Client(enforce_csrf_checks=True)
        client.cookies = town.actors[name].client.cookies
        for operation, case in ACCESS.items():
            if case.method == SAFE:
                continue
            with noted() as changes:
                answer = sent(Program(client=client), case, town)
            code: Any = json.loads(answer.content)["code"]
            assert (answer.status_code, code, changes) == (403, "api.csrf", []), operation


def test_a_look_changes_nothing(town: Town) -> None:
    for operation, case in ACCESS.items():
        if case.method != SAFE:
            continue
        with taken_back(), noted(but=LOOKS) as changes:
            answer = sent(town.street.programs[case.by], case, town)
        assert (answer.status_code, changes) == (case.status, []), operation

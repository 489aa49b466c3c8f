"""Absurd requests to every operation: each is answered as the description says, and the shop is whole afterwards."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse, JsonResponse

from renmai.api.tests import fuzzing, street
from renmai.api.tests.access import ACCESS
from renmai.api.tests.cases import Case
from renmai.api.tests.street import Street
from renmai.api.tests.test_access import filled
from renmai.api.tests.world import Program, fresh_key
from renmai.policy.queries import clear_cache
from tools.testing.changes import noted, taken_back
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

COUNTED = frozenset({"accounts_throttle", "accounts_visitor", "accounts_phonecode"})
"""Attempts are counted and visitors known, whatever becomes of the request."""

REFUSED = {400, 401, 403, 404, 409, 413, 415, 429}
HUGE = "9" * 5000
NO_VALUES = (
    "null",
    "true",
    '""',
    '" "',
    "[]",
    "{}",
    "-1",
    "0",
    "1.5",
    "1e400",
    "NaN",
    "-Infinity",
    str(2**63),
    HUGE,
    '"\\u0000"',
    '"\\ud800"',
    '"\\u202e\\u0000"',
    '"' + "长" * 3000 + '"',
    "[" * 200 + "]" * 200,
    '{"$gt": 0}',
    '["a", {"b": [null]}]',
)
NO_BODIES: tuple[tuple[bytes, str], ...] = (
    (b"", "application/json"),
    (b"{", "application/json"),
    (b"\xff\xfe\x00", "application/json"),
    (b'{"a":' * 100_000, "application/json"),
    (b"[" * 100_000 + b"]" * 100_000, "application/json"),
    (b'"just a text"', "application/json"),
    (b"null", "application/json"),
    (b"[1, 2, 3]", "application/json"),
    (b"a=1&b=2", "application/x-www-form-urlencoded"),
    (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
    (b"<a/>", "application/xml"),
    (b"{}", ""),
)
NO_WORDS = (
    "0",
    "-1",
    "1.0",
    "9" * 30,
    "%00",
    "..%2f..%2f",
    "%C3%28",
    "'%20OR%201=1",
    "a" * 3000,
    "%F0%9F%8D%91",
    "null",
    "%0d%0aX:1",
)


@pytest.fixture
def place(moving_clock: MovingClock) -> Street:
    return street.build(moving_clock)


def test_every_operation_keeps_its_promises_whatever_it_is_asked(moving_clock: MovingClock) -> None:
    with fuzzing.fuzz(moving_clock) as asking:
        fuzzing.one_by_one(asking, examples=1, number=1)
        assert set(asking.operations) == set(ACCESS)
    assert not asking.found, "\n".join(asking.found)
    assert asking.accepted > asking.asked // 5, "nearly everything was refused: this shows nothing"


@pytest.mark.parametrize(
    "answer", [HttpResponse(b"{}", status=207), HttpResponse("no JSON", content_type="text/plain"), JsonResponse({"person": 7})]
)
def test_an_answer_that_was_not_promised_is_noticed(
    moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch, answer: HttpResponse
) -> None:
    with fuzzing.fuzz(moving_clock) as asking:
        monkeypatch.setattr("renmai.api.routes.me._me", lambda _user: answer)
        asking.ask("get_me", examples=8, number=1)
    assert asking.found


def _with_bodies() -> Iterator[tuple[str, Case]]:
    return ((name, case) for name, case in ACCESS.items() if isinstance(case.body, dict))


def _send(place: Street, case: Case, body: bytes | str, *, kind: str = "application/json", path: str = "") -> Any:
    program: Program = place.programs[case.by]
    headers = {"Idempotency-Key": fresh_key()} | ({"Authorization": f"Bearer {program.token}"} if program.token else {})
    address = f"/api/v1{path or filled(case.path, place)}"
    return program.client.generic(case.method, address, body, content_type=kind, headers=headers)


def _judged(place: Street, case: Case, body: bytes | str, *, kind: str = "application/json", path: str = "") -> str:
    """Send it, take back what it did, and say what is wrong with the answer."""
    with taken_back(), noted(but=COUNTED) as changes:
        answer = _send(place, case, body, kind=kind, path=path)
    clear_cache()
    if answer.status_code < 300:
        return ""
    if answer.status_code not in REFUSED:
        return f"{answer.status_code} {answer.content[:300]!r}"
    if set(json.loads(answer.content)) != {"code", "sentence", "field", "details"}:
        return f"not in the shape of refusals: {answer.content[:300]!r}"
    return f"refused, and yet sent {[str(change) for change in changes]}" if changes else ""


def test_absurd_values_in_every_field(place: Street) -> None:
    wrong = []
    for number, (name, case) in enumerate(_with_bodies()):
        good: dict[str, Any] = filled(case.body, place)
        for position, key in enumerate(good):
            rest = json.dumps({other: value for other, value in good.items() if other != key})[1:-1]
            # Every value meets many fields, and every field a third of the values, each run the same ones.
            for value in NO_VALUES[(number + position) % 3 :: 3]:
                body = f'{{"{key}": {value}' + (f", {rest}}}" if rest else "}")
                said = _judged(place, case, body)
                wrong += [f"{name}: {key} = {value[:60]}: {said}"] if said else []
    assert not wrong, "\n".join(wrong)


def test_fields_that_nobody_knows_are_refused_everywhere(place: Street) -> None:
    for name, case in _with_bodies():
        for extra in ("id", "price_fen", "status", "user_id", "is_staff", "__proto__", "constructor"):
            if extra in case.body:
                continue
            with taken_back(), noted(but=COUNTED) as changes:
                answer = _send(place, case, json.dumps(filled(case.body, place) | {extra: 1}))
            code = json.loads(answer.content or b"{}").get("code")
            assert (answer.status_code, code, changes) == (400, "request.invalid", []), (name, extra)


def test_bodies_that_are_none(place: Street) -> None:
    wrong = []
    for name, case in _with_bodies():
        for body, kind in NO_BODIES:
            said = _judged(place, case, body, kind=kind)
            wrong += [f"{name}: {body[:40]!r} as {kind}: {said}"] if said else []
    assert not wrong, "\n".join(wrong)


def test_words_of_addresses_and_queries_that_are_none(place: Street) -> None:
    wrong = []
    with fuzzing.described() as operations:
        queries = {name: [each.name for each in one.query] for name, one in operations.items()}
    for name, case in ACCESS.items():
        path = str(filled(case.path.partition("?")[0], place))
        paths = [path.replace(f"/{said}", f"/{word}", 1) for said in _said(case, place) for word in NO_WORDS]
        paths += [f"{path}?{key}={word}" for key in queries[name] for word in NO_WORDS]
        for asked in paths:
            said = _judged(place, case, json.dumps(filled(case.body, place)) if isinstance(case.body, dict) else "", path=asked)
            wrong += [f"{name}: {asked[:100]}: {said}"] if said else []
    assert not wrong, "\n".join(wrong)


def _said(case: Case, place: Street) -> list[str]:
    """Return what stands for the words of the path."""
    parts = case.path.partition("?")[0].split("/")
    return [str(filled(part, place)) for part in parts if part.startswith("{")]


def test_the_shop_is_whole_after_a_storm(moving_clock: MovingClock) -> None:
    """What one request left, the next one meets: nothing is taken back in between."""
    with fuzzing.fuzz(moving_clock) as asking:
        for name in sorted(asking.operations, key=lambda name: name[::-1]):
            asking.ask(name, examples=2, number=2, ways=("near",))
    assert not asking.found, "\n".join(asking.found)
    assert asking.spoilt() == []

"""Asks every operation of the description absurd and nearly sensible things, as everybody, and looks whether the shop is whole afterwards.

schemathesis makes the requests and says whether an answer is what the description promises. They come in three ways: ``near`` (the good
request of the table with some of its fields replaced, for a thing that exists), ``described`` (anything that the description allows) and
``broken`` (anything that it does not). ``run_long`` is for whoever has time.
"""

import random
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as begin_with
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as promises

from renmai.accounts.models import User
from renmai.api.openapi import NEEDS_KEY
from renmai.api.tests import street as streets
from renmai.api.tests.access import ACCESS
from renmai.api.tests.street import Street
from renmai.api.tests.test_access import filled
from renmai.api.tests.world import Program, fresh_key, program_of, violations
from renmai.journeys.tests.faults import undone
from renmai.policy.queries import clear_cache
from renmai.programs.models import ApiToken
from tools.testing.changes import taken_back
from tools.testing.moving_clock import MovingClock

load_all_checks()
CHECKS = [
    not_a_server_error,
    promises.status_code_conformance,
    promises.content_type_conformance,
    promises.response_headers_conformance,
    promises.response_schema_conformance,
]
DESCRIPTION = "/api/v1/openapi.json"
WAYS = ("near", "described", "broken")
OTHERS = ("guest", "member", "other", "agent", "owner", "auditor")
REFUSAL = {"code", "sentence", "field", "details"}
LONGEST_SHOWN = 600


@dataclass
class Fuzz:
    """A street, and what was found wrong so far."""

    street: Street
    operations: dict[str, Any]
    known: frozenset[str]
    """What the audits said before: of a refund that the provider would not carry out, which waits for somebody to try again."""

    found: list[str] = field(default_factory=list)
    asked: int = 0
    accepted: int = 0

    def ask(self, name: str, *, examples: int, number: int, ways: tuple[str, ...] = WAYS) -> None:
        """Ask one operation so many times in each of ``ways``; note what goes wrong."""
        for way in ways:
            strategy = self._strategy(name, way)
            if strategy is None:
                continue
            run = settings(
                max_examples=examples,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )(given(strategy, st.sampled_from((ACCESS[name].by, *OTHERS)))(lambda asked, by: self._send(name, asked, by)))
            try:
                begin_with(zlib.crc32(f"{number} {way} {name}".encode()))(run)()
            except Unsatisfiable:
                continue  # nothing about this operation can be broken

    def spoilt(self) -> list[str]:
        """Return what the audits find now and did not find before."""
        return [said for said in violations() if said not in self.known]

    def _strategy(self, name: str, way: str) -> "st.SearchStrategy[Any] | None":
        operation = self.operations[name]
        if way == "broken":
            if not (operation.body or operation.query or operation.path_parameters):
                return None
            return operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)  # type: ignore[no-any-return]
        if way == "described":
            return operation.as_strategy()  # type: ignore[no-any-return]
        asked = operation.as_strategy(path_parameters=self._words(name))
        return st.builds(self._near, st.just(name), asked, st.randoms(use_true_random=False))

    def _words(self, name: str) -> dict[str, str]:
        """Return what the path of the good request says, by the words of the description's path."""
        shape = self.operations[name].path.removeprefix("/api/v1").split("/")
        good = str(filled(ACCESS[name].path.partition("?")[0], self.street)).split("/")
        return {part.strip("{}"): said for part, said in zip(shape, good, strict=True) if part.startswith("{")}

    def _near(self, name: str, asked: Any, chance: random.Random) -> Any:
        """Return ``asked`` with most fields of its body as in the good request."""
        good = filled(ACCESS[name].body, self.street)
        if isinstance(good, dict) and isinstance(asked.body, dict):
            drawn = {key: value for key, value in asked.body.items() if key not in good or chance.random() < 0.3}
            asked.body = good | {key: value for key, value in drawn.items() if key in good or chance.random() < 0.5}
        return asked

    def _send(self, name: str, asked: Any, by: str) -> None:
        program, headers = self.street.programs[by], {}
        if program.token:
            headers["Authorization"] = f"Bearer {program.token}"
        if NEEDS_KEY in str(asked.operation.definition.raw.get("description", "")):
            headers["Idempotency-Key"] = fresh_key()
        answer = asked.call(headers=headers)
        clear_cache()
        self.asked += 1
        self.accepted += answer.status_code < 400
        if answer.status_code == 401 and b"api.token" in answer.content and program.token:
            self._come_back(by)
            return
        try:
            asked.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup, ValueError) as failure:
            said = getattr(failure, "exceptions", (failure,))
            self.found.append(f"{by}: {name}: {answer.status_code}: {' '.join(map(str, said))[:LONGEST_SHOWN]}")
            return
        if answer.status_code >= 400 and set(answer.json()) != REFUSAL:
            self.found.append(f"{by}: {name}: {answer.status_code} is not in the shape of refusals")

    def _come_back(self, by: str) -> None:
        """Sign somebody in again who signed out, or was signed out, on the way."""
        person = ApiToken.objects.filter(token_hash=_hash(self.street.programs[by].token)).get().user
        User.objects.filter(pk=person.pk).update(is_active=True)
        ApiToken.objects.filter(user=person).delete()
        self.street.programs[by] = Program(program_of(person).token)


def _hash(token: str) -> str:
    from renmai.programs.actions import token_hash

    return token_hash(token)


@contextmanager
def described() -> Iterator[dict[str, Any]]:
    """Give the operations that the description knows, by their names; requests leave the transaction of this thread alone."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as Django's own test client does
    try:
        schema = schemathesis.openapi.from_wsgi(DESCRIPTION, get_wsgi_application())
        operations = [cast("Ok[Any]", result).ok() for result in schema.get_all_operations()]
        yield {each.definition.raw["operationId"]: each for each in operations}
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@contextmanager
def fuzz(clock: MovingClock) -> Iterator[Fuzz]:
    """Give a street to fuzz. Inside a transaction only."""
    street = streets.build(clock)
    with described() as operations:
        yield Fuzz(street, operations, frozenset(violations()))


def one_by_one(asking: Fuzz, *, examples: int, number: int) -> None:
    """Ask every operation in a world of its own: nobody meets what another has left."""
    for name in asking.operations:
        before = dict(asking.street.programs)
        with taken_back():
            asking.ask(name, examples=examples, number=number)
        asking.street.programs = before
        clear_cache()


def run_long(seconds: float, seed: int) -> str:
    """Fuzz for so long, with requests drawn from ``seed``, and say how much; raises ``AssertionError`` with all that was found wrong.

    Works in the database of this process, within transactions that are taken back; each round begins with a street of its own, asks the
    operations in another order and keeps what they did, so that one meets what the other has left.
    """
    chance, until = random.Random(seed), time.monotonic() + seconds  # noqa: S311  repeatable, not secret
    asked = accepted = 0
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise looks for it
    while time.monotonic() < until:
        number, held = chance.randrange(2**32), MovingClock()
        try:
            with override_settings(ALLOWED_HOSTS=["*"]), undone(), fuzz(held) as asking:
                names = sorted(asking.operations)
                chance.shuffle(names)
                for name in names:
                    asking.ask(name, examples=8, number=number)
                    if time.monotonic() > until:
                        break
                found = [*asking.found, *asking.spoilt()]
                asked, accepted = asked + asking.asked, accepted + asking.accepted
        finally:
            held.close()
            clear_cache()
        if found:
            raise AssertionError("\n".join([f"the round {number} of the seed {seed}:", *found]))
    return f"{asked} requests, {accepted} of them accepted"

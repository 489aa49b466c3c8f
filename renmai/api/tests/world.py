"""A shop for the tests of the API, and programs that speak to it."""

import json
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, cast

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.module_loading import import_string

from renmai.accounts.models import Address, Role, User, Visitor
from renmai.accounts.tests.factories import NANSHAN, enrol, make_address, make_member, make_staff
from renmai.api.tests.cases import Upload
from renmai.catalogue.models import Sku
from renmai.catalogue.tests.factories import make_product, make_sku, make_supplier, make_template
from renmai.distribution.actions import AgentApplication
from renmai.distribution.models import Agent
from renmai.journeys import joining
from renmai.kernel import outbox
from renmai.policy.rules import Occupation
from renmai.programs.actions import create_token
from renmai.sharing.actions import ShopInput
from renmai.sharing.models import Shop

JSON = "application/json"
_keys = count(1)


@dataclass
class Program:
    """A program that calls the API with a key, or as a guest."""

    token: str = ""
    visitor: str = ""
    client: Client = field(default_factory=Client)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """Send one request; keep the visitor id that is handed out."""
        sent = dict(headers)
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if self.visitor:
            sent["X-Visitor"] = self.visitor
        data, kind = encoded(body)
        answer = self.client.generic(method, f"/api/v1{path}", data, content_type=kind, headers=sent)
        self.visitor = answer.headers.get("X-Visitor", self.visitor)
        if answer.streaming:
            return HttpResponse(
                b"".join(cast("Any", answer).streaming_content), status=answer.status_code, headers=dict(answer.items())
            )
        return cast("HttpResponse", answer)

    def get(self, path: str, **headers: str) -> Any:
        """Return what a GET answers; it must be good."""
        return good(self.send("GET", path, **headers))

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        """Return what a POST answers; it must be good. It carries a fresh idempotency key."""
        return good(self.send("POST", path, {} if body is None else body, **({"Idempotency-Key": fresh_key()} | headers)))

    def put(self, path: str, body: object = None) -> Any:
        """Return what a PUT answers; it must be good."""
        return good(self.send("PUT", path, {} if body is None else body, **{"Idempotency-Key": fresh_key()}))

    def delete(self, path: str) -> Any:
        """Return what a DELETE answers; it must be good."""
        return good(self.send("DELETE", path))

    def refused(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """Return status and code of a refusal."""
        answer = self.send(method, path, body, **headers)
        return answer.status_code, read(answer)["code"]


def encoded(body: object) -> tuple[str | bytes, str]:
    """Return a body as it is sent, and of what type it is: a form for a file, else JSON."""
    if isinstance(body, Upload):
        return encode_multipart(BOUNDARY, {body.field: SimpleUploadedFile("file", body.content)}), MULTIPART_CONTENT
    return "" if body is None else body if isinstance(body, str | bytes) else json.dumps(body), JSON


def good(answer: HttpResponse) -> Any:
    """Return the content of a good answer."""
    assert 200 <= answer.status_code < 300, (answer.status_code, answer.content.decode())
    return read(answer)


def read(answer: Any) -> Any:
    """Return the content of an answer."""
    return json.loads(answer.content) if answer.content else None


def fresh_key() -> str:
    """An idempotency key that was never used."""
    return f"key-{next(_keys):08d}"


def program_of(user: User) -> Program:
    """A program with a key of ``user``."""
    return Program(create_token(user, name="test")[1])


@dataclass(frozen=True)
class Selling:
    """An agent with her shop, goods on sale, and an owner."""

    agent: Agent
    shop: Shop
    skus: tuple[Sku, ...]
    owner: User


def agent_with_shop(product_ids: tuple[int, ...] = ()) -> tuple[Agent, Shop]:
    """A member who became an agent."""
    joined = joining.join(
        make_member("林晓"),
        AgentApplication(date(1990, 5, 17), Occupation.OTHER, "林晓", has_agreed=True, payout_account="lin@example"),
        ShopInput("林晓的小店", "只推荐自己吃过的", product_ids=product_ids),
    )
    return joined.agent, joined.shop


def selling(products: int = 1, *, stock: int = 50, price_fen: int = 100_00) -> Selling:
    """A small shop."""
    supplier, template = make_supplier(), make_template()
    skus = tuple(
        make_sku(make_product(supplier=supplier, freight_template=template, indexed=True), stock=stock, price_fen=price_fen)
        for _number in range(products)
    )
    agent, shop = agent_with_shop(tuple(sku.product_id for sku in skus))
    return Selling(agent, shop, skus, make_staff())


def settle_down(rounds: int = 4) -> None:
    """Let everything happen that is due: reactions and timers, as the worker does."""
    cache.clear()
    reactions: outbox.Reactions = import_string("renmai.project.reactions.REACTIONS")
    run_all, ahead = import_string("renmai.project.timers.run_all"), import_string("renmai.project.timers.AHEAD")
    for number in range(rounds):
        outbox.drain(reactions)
        # What is made ahead for readers takes longer than all the others together; once is enough.
        run_all(but=frozenset() if number == rounds - 1 else ahead)


def violations() -> list[str]:
    """What the whole audit finds."""
    return [str(found) for found in import_string("renmai.project.audit.all_violations")()]


__all__ = ["NANSHAN", "Address", "Role", "Visitor", "enrol", "make_address", "make_member", "make_staff"]

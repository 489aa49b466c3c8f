"""What no honest program sends: refused in one shape, and nothing is written."""

import json
from typing import Any

import pytest

from renmai.accounts.tests.factories import make_address, make_member, make_staff
from renmai.api.parsing import MAX_BODY_BYTES, MAX_DEPTH
from renmai.api.tests.world import Program, fresh_key, program_of, read, selling
from renmai.kernel.money import MAX_FEN
from renmai.ordering.models import CartLine, Order

pytestmark = pytest.mark.django_db
NO_NUMBERS = ["1.0", "1e2", "1e30", "-1", "0", '"1"', "true", "null", "[1]", "{}", "99999999999999999999999999", "1" * 5000]


@pytest.fixture
def sku_id() -> int:
    return selling().skus[0].pk


@pytest.mark.parametrize("text", [*NO_NUMBERS, "NaN", "Infinity", "-Infinity"])
def test_a_quantity_is_a_whole_number(text: str, sku_id: int) -> None:
    status, code = Program().refused("POST", "/cart/lines", f'{{"sku_id": {sku_id}, "quantity": {text}}}')
    assert (status, code) in {(400, "request.invalid"), (400, "api.json")}
    assert CartLine.objects.count() == 0


@pytest.mark.parametrize("text", ["1280.0", "12.80", "1e3", "-1", "NaN", '"1280"', "true", str(MAX_FEN + 1)])
def test_money_is_whole_fen(text: str, sku_id: int) -> None:
    staff = program_of(make_staff())
    status, _code = staff.refused("PUT", f"/staff/skus/{sku_id}/price", f'{{"price_fen": {text}}}')
    assert status == 400
    assert staff.get(f"/staff/products/{_product_of(sku_id)}/skus")["items"][0]["price_fen"] == 100_00


def test_the_expected_total_is_compared_to_the_fen(sku_id: int) -> None:
    person = make_member()
    program, address = program_of(person), make_address(person)
    draft = {"lines": [{"sku_id": sku_id, "quantity": 1}], "address_id": address.pk}
    for expected in (108_00.0, "10800", -1):
        body = draft | {"expected_payable_fen": expected}
        assert program.refused("POST", "/orders", body, **{"Idempotency-Key": fresh_key()}) == (400, "request.invalid")
    body = draft | {"expected_payable_fen": 107_99}
    assert program.refused("POST", "/orders", body, **{"Idempotency-Key": fresh_key()}) == (409, "ordering.price_changed")
    assert Order.objects.count() == 0
    assert program.post("/orders", draft | {"expected_payable_fen": 108_00})["order"]["payable_fen"] == 108_00


def test_unknown_fields_are_refused_with_their_place(sku_id: int) -> None:
    program = program_of(make_member())
    answer = program.send(
        "POST", "/quotes", {"lines": [{"sku_id": sku_id, "quantity": 1, "unit_price_fen": 1}], "discount_fen": 5000}
    )
    content = read(answer)
    assert (answer.status_code, content["code"]) == (400, "request.invalid")
    assert {error["field"] for error in content["details"]["errors"]} == {"lines.0.unit_price_fen", "discount_fen"}
    assert set(content) == {"code", "sentence", "field", "details"}


def test_the_sentence_is_in_the_language_of_the_request() -> None:
    english = read(Program().send("POST", "/cart/lines", {}, **{"Accept-Language": "en"}))
    chinese = read(Program().send("POST", "/cart/lines", {}, **{"Accept-Language": "zh-CN"}))
    assert english["sentence"] == "Something in this request is not valid."
    assert english["code"] == chinese["code"] == "request.invalid"
    assert chinese["sentence"] != english["sentence"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "request.invalid"),
        (b"{", "api.json"),
        (b"\xff\xfe{}", "api.json"),
        (b'"text"', "request.invalid"),
        (b"[]", "request.invalid"),
        (b'{"sku_id": 1, "quantity": 1, "shop_code": "a\\u0000b"}', "api.json"),
        (b'{"sku_id": 1, "quantity": 1, "shop_code": "\\ud800"}', "api.json"),
        (b"[" * 100_000 + b"]" * 100_000, "api.too_deep"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "api.too_deep"),
        (b"[" + b"0," * 60_000 + b"0]", "api.too_deep"),
    ],
)
def test_bodies_that_cannot_be_read(body: bytes, code: str) -> None:
    assert Program().refused("POST", "/cart/lines", body) == (400, code)


def test_bodies_that_are_too_large() -> None:
    body = json.dumps({"csv": "x" * MAX_BODY_BYTES})
    assert program_of(make_staff()).refused("POST", "/staff/shipments/batch", body) == (413, "api.too_large")


def test_pictures_may_be_larger_and_must_be_pictures(sku_id: int) -> None:
    staff, path = program_of(make_staff()), f"/staff/products/{_product_of(sku_id)}/pictures"
    assert staff.refused("POST", path, {"picture": "no base64!"}) == (400, "request.invalid")
    assert staff.refused("POST", path, {"picture": "aGVsbG8="}) == (415, "catalogue.picture_format")
    assert staff.refused("POST", path, {"picture": "QUFB" * 750_000}) == (415, "catalogue.picture_format")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_only_json_is_read(kind: str) -> None:
    answer = Program().client.generic("POST", "/api/v1/cart/lines", b'{"sku_id": 1, "quantity": 1}', content_type=kind)
    assert (answer.status_code, read(answer)["code"]) == (415, "api.content_type")


@pytest.mark.parametrize(
    "path",
    [
        "/products?page=0",
        "/products?page=501",
        "/products?size=101",
        "/products?sort=cheapest",
        "/products?minimum_fen=-1",
        "/products?minimum_fen=1.5",
        "/products?q=" + "长" * 201,
        "/products?q=a%00b",
        "/products/0",
        "/products/99999999999999999999",
        "/products/eins",
        "/shops/..%2f",
        "/me/seen?size=1000",
    ],
)
def test_addresses_that_make_no_sense(path: str) -> None:
    status, code = Program().refused("GET", path)
    assert (status, code) in {(400, "request.invalid"), (404, "request.not_found")}


@pytest.mark.parametrize("path", ["/products/9223372036854775807", "/shops/NOBODY", "/shares/NOTHING", "/nothing", "/"])
def test_what_is_not_there(path: str) -> None:
    status, code = Program().refused("GET", path)
    assert status == 404
    assert code in {"request.not_found", "sharing.unknown_link"}


def test_another_method_is_refused_in_the_same_shape() -> None:
    answer = Program().send("DELETE", "/products")
    assert (answer.status_code, read(answer)["code"], answer.headers["Allow"]) == (405, "api.method", "GET")


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with space", "中文中文中文中文"])
def test_keys_that_are_no_keys(key: str, sku_id: int) -> None:
    person = make_member()
    draft: dict[str, Any] = {"lines": [{"sku_id": sku_id, "quantity": 1}], "address_id": make_address(person).pk}
    headers = {"Idempotency-Key": key} if key else {}
    assert program_of(person).refused("POST", "/orders", draft, **headers) == (400, "api.key_missing")
    assert Order.objects.count() == 0


def test_a_bug_is_answered_in_the_same_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_tree: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("renmai.api.routes.catalogue.whole", broken)
    program = Program()
    program.client.raise_request_exception = False
    answer = program.send("GET", "/categories")
    assert (answer.status_code, read(answer)["code"]) == (500, "api.broken")
    assert "ZeroDivision" not in answer.content.decode()


def _product_of(sku_id: int) -> int:
    from renmai.catalogue.models import Sku

    return Sku.objects.get(pk=sku_id).product_id

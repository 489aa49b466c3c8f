"""Bodies that no honest browser and no honest program sends: a sentence and a code within a second, little memory, and nothing written."""

import gzip
import io
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from renmai.accounts.tests.factories import make_staff
from renmai.api.parsing import MAX_NODES
from renmai.journeys.tests.world import Customer, buy, customer, goods, lines, ship_all
from renmai.ordering.models import AfterSale, CartLine, EvidencePicture
from renmai.programs.actions import create_token
from renmai.web.ui.bodies import MAX_FORM_BYTES
from tools.testing.changes import noted

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=edge"
MEBIBYTE = 1024 * 1024
SECONDS = 4
"""A second by itself; the machine of the tests has other things to do."""

SESSIONS = frozenset({"django_session", "accounts_visitor", "accounts_throttle", "programs_apitoken"})
"""Who was here, and how often: noted before anything is read."""


@contextmanager
def quick_and_small(most_mib: int = 64) -> Iterator[None]:
    """Fail when the block takes long, needs much memory at any moment, or changes anything."""
    tracemalloc.start()
    began = time.process_time()
    try:
        with noted(but=SESSIONS) as changes:
            yield
        used, (_now, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert used < SECONDS
    assert peak < most_mib * MEBIBYTE
    assert [str(change) for change in changes] == []


def said(answer: HttpResponse, status: int, code: str) -> None:
    """The answer has this status and code, and a sentence for people."""
    text = answer.content.decode()
    assert (answer.status_code, code in text) == (status, True), (answer.status_code, text[:300])
    assert "Traceback" not in text
    if answer["Content-Type"].startswith("application/json"):
        content = json.loads(text)
        assert content["code"] == code
        assert len(content["sentence"]) > 5


@pytest.fixture
def who() -> Customer:
    return customer()


@pytest.fixture
def page(who: Customer) -> Client:
    client = Client()
    client.force_login(who.user)
    return client


def post(client: Client, body: bytes, *, kind: str = FORM, address: str = "/cart/add/", **headers: str) -> HttpResponse:
    return client.generic("POST", address, body, content_type=kind, headers=headers)  # type: ignore[return-value]


class TestForms:
    def test_ten_megabytes(self, page: Client) -> None:
        for address in ("/cart/add/", "/checkout/", "/addresses/new/", "/sign-in/", "/me/settings/", "/agent/income/withdraw/"):
            body = b"quantity=" + b"1" * 10 * MEBIBYTE
            with quick_and_small():
                said(post(page, body, address=address), 413, "request.too_large")

    def test_what_is_too_large_is_not_even_read(self, page: Client) -> None:
        class Endless(io.BytesIO):
            def read(self, *_size: object) -> bytes:
                raise AssertionError("somebody reads it")

        address = "/cart/add/"
        answer = page.generic("POST", address, b"", content_type=FORM)
        assert answer.status_code != 413
        request = {"CONTENT_LENGTH": str(10**12), "wsgi.input": Endless()}
        for kind in (FORM, PARTS):
            with quick_and_small():
                said(page.post(address, {}, content_type=kind, **request), 413, "request.too_large")  # type: ignore[arg-type]

    def test_lengths_that_are_none(self, page: Client) -> None:
        for length in ("-1", "1e9", "９", "9" * 5000, "0x10", " "):
            answer = page.post("/cart/add/", {"sku_id": 1}, CONTENT_LENGTH=length)
            assert answer.status_code in {302, 400, 404, 413}

    def test_a_hundred_thousand_fields(self, page: Client) -> None:
        body = "&".join(f"f{number}=1" for number in range(100_000)).encode()
        with quick_and_small():
            said(post(page, body), 400, "request.invalid")
        parts = b"".join(b'--edge\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n1\r\n' % n for n in range(3_000))
        with quick_and_small():
            said(post(page, parts + b"--edge--\r\n", kind=PARTS), 400, "request.invalid")

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"--edge",
            b"--edge\r\n\r\n",
            b'--edge\r\nContent-Disposition: form-data; name="sku_id"\r\n\r\n1',
            b'--edge\r\nContent-Disposition: form-data; name="sku_id"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--edge--\r\n',
            b'--edge\r\nContent-Disposition: form-data; name="f"; filename="../../x\x00.html"\r\n\r\nx\r\n--edge--\r\n',
            b"--edge\r\nContent-Disposition: form-data; name=\"\xff\xfe\"; filename*=utf-7''%00\r\n\r\nx\r\n--edge--\r\n",
            b"--edge\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
            b"--edge\r\nContent-Disposition: form-data; name=" + b"n" * MEBIBYTE + b"\r\n\r\n1\r\n--edge--\r\n",
            b"\x00" * 1000,
        ],
    )
    def test_broken_parts(self, page: Client, body: bytes) -> None:
        with quick_and_small():
            answer = post(page, body, kind=PARTS)
        assert answer.status_code in {302, 400, 404}
        assert CartLine.objects.count() == 0

    @pytest.mark.parametrize(
        "kind",
        [
            f"{FORM}; charset=utf-16",
            f"{FORM}; charset=nonsense",
            f"{FORM}; charset=hex",
            f"{FORM}; charset=zlib",
            f"{FORM}; charset=utf-8; charset=utf-7",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=" + "b" * 5000,
            "multipart/form-data; boundary=\xff",
            "application/json",
            "text/plain",
            "image/png; charset=zlib",
            "",
            ";;;=",
        ],
    )
    def test_kinds_and_charsets_that_no_browser_sends(self, page: Client, kind: str) -> None:
        for body in (b"sku_id=1&quantity=1", "数量=1".encode("utf-16"), b"\xff\xfe\xfd"):
            with quick_and_small():
                assert post(page, body, kind=kind).status_code in {302, 400, 404, 413}

    def test_a_packed_body_is_not_unpacked(self, page: Client) -> None:
        bomb = gzip.compress(b"sku_id=1&x=" + bytes(50 * MEBIBYTE))
        with quick_and_small():
            assert post(page, bomb, **{"Content-Encoding": "gzip"}).status_code in {302, 400, 404}
        assert CartLine.objects.count() == 0


class TestFiles:
    def test_a_form_takes_as_much_as_its_files_may_be(self, who: Customer, page: Client) -> None:
        order = ship_all(make_staff(), buy(who, [(goods()[0], 1)]))
        address = f"/orders/{order.number}/after-sale/{lines(order)[0].pk}/"
        view = resolve(address).func
        assert view.largest_body_bytes == 48 * MEBIBYTE + MAX_FORM_BYTES  # type: ignore[attr-defined]
        large = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + bytes(8 * MEBIBYTE), "image/png")
        form = {"kind": "return", "quantity": 1, "reason": "damaged", "pictures": [large], "idempotency_key": "k"}
        with noted(but=SESSIONS) as changes:
            answer = page.post(address, form)
        assert answer.status_code == 400
        assert (AfterSale.objects.count(), EvidencePicture.objects.count(), changes) == (0, 0, [])

    @pytest.mark.parametrize(
        "address",
        ["/agent/join/", "/agent/shop/look/", "/console/products/1/pictures/", "/orders/R1/review/1/"],
    )
    def test_every_page_with_pictures_says_how_much_it_takes(self, address: str) -> None:
        assert resolve(address).func.largest_body_bytes >= 8 * MEBIBYTE + MAX_FORM_BYTES  # type: ignore[attr-defined]


class TestApi:
    @pytest.fixture
    def send(self, who: Customer) -> Callable[..., HttpResponse]:
        token = create_token(who.user, name="test")[1]

        def send(path: str, body: bytes, *, kind: str = "application/json", **headers: str) -> HttpResponse:
            given = {"Authorization": f"Bearer {token}", "Idempotency-Key": "0123456789abcdef"} | headers
            return Client().generic("POST", f"/api/v1{path}", body, content_type=kind, headers=given)  # type: ignore[return-value]

        return send

    def test_ten_megabytes(self, send: Callable[..., HttpResponse]) -> None:
        with quick_and_small():
            said(send("/cart/lines", json.dumps({"x": "y" * 10 * MEBIBYTE}).encode()), 413, "api.too_large")

    @pytest.mark.parametrize(
        "body",
        [
            b"[" * 100_000 + b"]" * 100_000,
            b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
            b"[" * (MAX_NODES // 2),
            b"[" + b"{}," * (3 * MEBIBYTE) + b"{}]",
            b"[" + b"[]," * (3 * MEBIBYTE) + b"[]]",
        ],
        ids=["lists", "objects", "open", "many objects", "many lists"],
    )
    def test_deep_and_wide(self, send: Callable[..., HttpResponse], body: bytes) -> None:
        """Also where pictures make room for twelve megabytes."""
        small = len(body) <= 2 * MEBIBYTE
        for path in ("/quotes", "/orders/R1/after-sales"):
            with quick_and_small():
                answer = send(path, body)
            if small or path != "/quotes":
                assert answer.status_code == 400
                assert json.loads(answer.content)["code"] in {"api.too_deep", "api.json"}
            else:
                said(answer, 413, "api.too_large")

    @pytest.mark.parametrize(
        ("body", "kind", "status"),
        [
            (gzip.compress(b"{}", mtime=0), "application/json", 400),
            ('{"lines": []}'.encode("utf-16"), "application/json; charset=utf-16", 400),
            (b'{"lines": [], "lines": [{"sku_id": 1, "quantity": 1e400}]}', "application/json", 400),
            (b'{"lines": [{"sku_id": 1, "quantity": ' + b"9" * 100_000 + b"}]}", "application/json", 400),
            (b'{"__proto__": {"is_staff": true}, "constructor": 1}', "application/json", 400),
            (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "text/xml", 415),
            (b"lines=1", FORM, 415),
        ],
    )
    def test_what_is_no_json_of_ours(self, send: Callable[..., HttpResponse], body: bytes, kind: str, status: int) -> None:
        with quick_and_small():
            answer = send("/quotes", body, kind=kind)
        assert answer.status_code == status
        assert set(json.loads(answer.content)) == {"code", "sentence", "field", "details"}

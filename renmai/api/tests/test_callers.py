"""Who calls: keys, visitors, sessions; and how keys end."""

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.test import Client

from renmai.accounts.actions import set_staff_active, visitor
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import PASSWORD, code_of, enrol, make_member, make_staff
from renmai.api.tests.world import Program, program_of, read, selling
from renmai.kernel.errors import DomainError
from renmai.ordering.models import CartLine
from renmai.programs.actions import MAX_TOKENS, create_token
from renmai.programs.models import ApiToken
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_a_key_is_kept_as_a_hash_only() -> None:
    token, text = create_token(make_member(), name="ERP")
    assert text.startswith("rm_")
    assert text not in str(ApiToken.objects.filter(pk=token.pk).values().get())
    assert Program(text).get("/tokens")["items"][0] == {
        "id": token.pk,
        "name": "ERP",
        "created_at": Program(text).get("/tokens")["items"][0]["created_at"],
        "expires_at": Program(text).get("/tokens")["items"][0]["expires_at"],
        "last_used_at": Program(text).get("/tokens")["items"][0]["last_used_at"],
        "revoked_at": None,
    }


@pytest.mark.parametrize("header", ["Bearer rm_wrong", "Bearer ", "Basic dXNlcjpwYXNz", "rm_naked", "Bearer " + "x" * 10_000])
def test_what_is_no_key(header: str) -> None:
    answer = Program().send("GET", "/me", Authorization=header)
    assert (answer.status_code, read(answer)["code"]) == (401, "api.token")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_key_is_refused_even_where_guests_may_come_in() -> None:
    assert Program("rm_wrong").refused("GET", "/categories") == (401, "api.token")


def test_a_key_ends_when_revoked(moving_clock: MovingClock) -> None:
    person = make_member()
    first, second = program_of(person), program_of(person)
    key = second.get("/tokens")["items"][1]["id"]
    second.delete(f"/tokens/{key}")
    assert first.refused("GET", "/me") == (401, "api.token")
    assert second.refused("DELETE", f"/tokens/{key}") == (404, "request.not_found")


def test_a_key_ends_with_its_time(moving_clock: MovingClock) -> None:
    text = create_token(make_member(), name="short", valid_days=1)[1]
    moving_clock.advance(hours=23)
    Program(text).get("/me")
    moving_clock.advance(hours=1)
    assert Program(text).refused("GET", "/me") == (401, "api.token")


def test_a_key_ends_with_the_account() -> None:
    colleague = make_staff()
    program = program_of(colleague)
    set_staff_active(make_staff(), colleague.pk, is_active=False)
    assert program.refused("GET", "/me") == (401, "api.token")


def test_the_last_use_is_noted_every_five_minutes_at_most(moving_clock: MovingClock) -> None:
    program = program_of(make_member())
    program.get("/me")
    first = ApiToken.objects.get().last_used_at
    moving_clock.advance(minutes=4)
    program.get("/me")
    assert ApiToken.objects.get().last_used_at == first
    moving_clock.advance(minutes=1)
    program.get("/me")
    assert ApiToken.objects.get().last_used_at == first + timedelta(minutes=5) if first else False


def test_there_are_so_many_keys_at_most() -> None:
    person = make_member()
    for number in range(MAX_TOKENS):
        create_token(person, name=f"key {number}")
    with pytest.raises(DomainError, match=r"programs\.too_many_tokens"):
        create_token(person, name="one more")


def test_staff_sign_in_with_both_factors(transactional_db: None) -> None:
    colleague = make_staff()
    wanted = {"username": colleague.username, "password": PASSWORD, "totp": ""}
    assert Program().refused("POST", "/sign-in/staff", wanted) == (401, "accounts.enrolment_needed")
    app, codes = enrol(colleague)
    assert Program().refused("POST", "/sign-in/staff", wanted) == (401, "accounts.totp_needed")
    assert Program().refused("POST", "/sign-in/staff", wanted | {"totp": "000000"}) == (401, "accounts.totp_wrong")
    answer = Program().post("/sign-in/staff", wanted | {"totp": codes[0]})
    program = Program(answer["token"])
    assert "staff.manage" in program.get("/me")["permissions"]
    assert program.refused("POST", "/tokens", {"name": "ERP"}) == (401, "accounts.totp_wrong")
    assert program.post("/tokens", {"name": "ERP", "totp": codes[1]})["key"]["name"] == "ERP"
    assert code_of(app)


def test_a_guest_gets_a_visitor_id_and_keeps_her_cart() -> None:
    sku = selling().skus[0]
    guest = Program()
    assert guest.get("/cart")["piece_count"] == 0
    assert guest.visitor == ""
    guest.post("/cart/lines", {"sku_id": sku.pk, "quantity": 2})
    assert guest.visitor != ""
    assert guest.get("/cart")["piece_count"] == 2
    assert Program().get("/cart")["piece_count"] == 0
    assert Visitor.objects.count() == 1


def test_nobody_chooses_a_visitor_id() -> None:
    known = visitor(None)
    forged = Signer(key="somebody else's", salt="renmai.api.visitor").sign(str(known.pk))
    for text in (str(known.pk), forged, "x:y", "x" * 5000):
        assert Program(visitor=text).refused("GET", "/cart") == (400, "api.visitor")


def test_a_member_does_not_get_somebody_elses_visitor() -> None:
    sku = selling().skus[0]
    first, second = program_of(make_member()), program_of(make_member())
    first.post("/cart/lines", {"sku_id": sku.pk, "quantity": 2})
    second.visitor = first.visitor
    second.post("/cart/lines", {"sku_id": sku.pk, "quantity": 1})
    assert second.visitor != first.visitor
    assert first.get("/cart")["piece_count"] == 2
    assert {line.visitor.user_id == line.user_id for line in CartLine.objects.select_related("visitor")} == {True}


def test_signing_out_ends_the_key_and_the_visitor() -> None:
    program = program_of(make_member())
    program.post("/cart/lines", {"sku_id": selling().skus[0].pk, "quantity": 1})
    before = program.visitor
    program.post("/sign-out")
    assert program.visitor not in {"", before}
    assert program.refused("GET", "/me") == (401, "api.token")
    program.token = ""
    assert program.get("/cart")["piece_count"] == 0


def _signed_in(user: User, *, strict: bool) -> Client:
    client = Client(enforce_csrf_checks=strict)
    client.force_login(user)
    return client


def test_a_session_needs_our_own_pages_token_to_change_something() -> None:
    person = make_member()
    client = _signed_in(person, strict=True)
    assert client.get("/api/v1/me").status_code == 200
    answer = client.patch("/api/v1/me", '{"display_name": "偷改"}', content_type="application/json")
    assert (answer.status_code, read(answer)["code"]) == (403, "api.csrf")
    person.refresh_from_db()
    assert person.display_name != "偷改"


def test_a_session_with_the_token_may_change_something() -> None:
    client = _signed_in(make_member(), strict=True)
    token = "a" * 32
    client.cookies["csrftoken"] = token
    answer = client.patch(
        "/api/v1/me", '{"display_name": "新名字"}', content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert read(answer)["person"]["display_name"] == "新名字"


def test_a_guests_cookie_needs_the_token_too() -> None:
    from renmai.web.ui.people import VISITOR_COOKIE

    client = Client(enforce_csrf_checks=True)
    cookie = f"{visitor(None).pk}:forged"
    client.cookies[VISITOR_COOKIE] = cookie
    body = f'{{"sku_id": {selling().skus[0].pk}, "quantity": 1}}'
    assert client.post("/api/v1/cart/lines", body, content_type="application/json").status_code == 201
    from django.core import signing

    client.cookies[VISITOR_COOKIE] = signing.get_cookie_signer(salt=VISITOR_COOKIE + VISITOR_COOKIE).sign(str(visitor(None).pk))
    answer = client.post("/api/v1/cart/lines", body, content_type="application/json")
    assert (answer.status_code, read(answer)["code"]) == (403, "api.csrf")


def test_a_key_is_not_mixed_with_a_session() -> None:
    first, second = make_member("第一"), make_member("第二")
    program = program_of(first)
    program.client.force_login(second)
    assert program.get("/me")["person"]["display_name"] == "第一"


def test_answers_are_not_kept_by_caches_and_speak_plainly() -> None:
    selling()
    answer = Program().send("GET", "/products")
    assert "水蜜桃".encode() in answer.content
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Authorization" in answer.headers["Vary"]

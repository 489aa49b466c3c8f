"""Sessions: whose they are, when their key changes, and what ends them at once."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from renmai.accounts import actions as accounts
from renmai.accounts.models import Role, StaffRole, User
from renmai.accounts.tests.factories import PASSWORD, code_of, enrol, make_member, make_staff
from renmai.channels.models import OutgoingText
from renmai.distribution import actions as distribution
from renmai.journeys import signing_in
from renmai.journeys.tests.world import agent_with_shop
from renmai.kernel import clock
from renmai.programs.actions import create_token
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[4]
SESSION = "sessionid"
PHONE = "13800138000"
STAFF_DOOR = "/console/sign-in/"


def browser(user: User) -> Client:
    """A browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def key_in(client: Client) -> str:
    """The key of the session in a browser's cookie, "" for none."""
    return client.cookies[SESSION].value if SESSION in client.cookies else ""


def asks_for_a_code(client: Client) -> str:
    """Type a phone at the members' door; return the code that was sent to it."""
    assert client.post("/sign-in/", {"step": "phone", "phone": PHONE, "has_agreed": "on"}).status_code == 302
    found = re.search(r"\d{6}", OutgoingText.objects.latest("pk").body)
    assert found
    return found.group()


def test_a_key_that_somebody_else_knows_is_not_the_one_of_the_member() -> None:
    client = Client()
    code = asks_for_a_code(client)
    planted, token = key_in(client), client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    assert planted
    assert client.post("/sign-in/", {"step": "code", "code": code}).status_code == 302
    inside = key_in(client)
    assert inside not in {"", planted}
    assert not token or client.cookies["csrftoken"].value != token
    thief = Client()
    thief.cookies[SESSION] = planted
    assert thief.get("/orders/").status_code == 302
    assert client.post("/sign-out/").status_code == 302
    thief.cookies[SESSION] = inside
    assert thief.get("/orders/").status_code == 302


def test_a_made_up_key_is_never_taken_on() -> None:
    client = Client()
    client.cookies[SESSION] = "x" * 32
    code = asks_for_a_code(client)
    assert client.post("/sign-in/", {"step": "code", "code": code}).status_code == 302
    assert key_in(client) != "x" * 32


def test_the_key_of_the_staff_changes_at_the_password_at_the_code_and_at_the_end(moving_clock: MovingClock) -> None:
    app, _codes = enrol(make_staff(username="wang"))
    moving_clock.advance(seconds=30)
    client = Client()
    asks_for_a_code(client)  # so that there is a session before
    keys = [key_in(client)]
    assert client.post(STAFF_DOOR, {"username": "wang", "password": PASSWORD}).status_code == 302
    keys.append(key_in(client))
    assert client.post(STAFF_DOOR, {"totp": code_of(app)}).status_code == 302
    keys.append(key_in(client))
    client.post("/console/sign-out/")
    keys.append(key_in(client))
    assert len(set(keys)) == 4
    for key in keys[:3]:
        thief = Client()
        thief.cookies[SESSION] = key
        assert thief.get("/console/").status_code == 302
        assert thief.get("/api/v1/me").status_code == 401


def test_whoever_signs_in_over_somebody_else_finds_nothing_of_hers() -> None:
    client = browser(make_member("Somebody before"))
    session = client.session
    session["left behind"] = "a secret"
    session.save()
    client.force_login(make_member("Somebody after"))
    assert "left behind" not in client.session


def close_and_reopen(person: User, owner: User) -> None:
    for is_active in (False, True):
        signing_in.set_staff_active(owner, person.pk, is_active=is_active)


Ends = Callable[[User, User], None]
ENDS: dict[str, Ends] = {
    "another password": lambda person, _owner: accounts.change_password(person, PASSWORD, new="quite another one 43"),
    "second factor reset": lambda person, owner: signing_in.reset_second_factor(owner, person.pk),
    "account closed": lambda person, owner: signing_in.set_staff_active(owner, person.pk, is_active=False),
    "closed and reopened": close_and_reopen,
    "signed out everywhere": lambda person, _owner: signing_in.sign_out_everywhere(person),
}


@pytest.mark.parametrize("what", ENDS)
def test_what_ends_the_sessions_of_the_staff_ends_all_of_them_at_once(what: str) -> None:
    person, owner = make_staff(Role.FINANCE), make_staff()
    enrol(person)
    first, second = browser(person), browser(person)
    assert [one.get("/console/withdrawals/").status_code for one in (first, second)] == [200, 200]
    ENDS[what](person, owner)
    for one in (first, second):
        answer = one.get("/console/withdrawals/")
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, STAFF_DOOR)
        assert one.get("/api/v1/staff/withdrawals").status_code == 401
    assert browser(owner).get("/console/").status_code == 200, "nobody else's"


@pytest.mark.parametrize("what", ["second factor reset", "account closed", "closed and reopened", "signed out everywhere"])
def test_keys_that_were_made_with_the_old_second_factor_end_with_it(what: str) -> None:
    person, owner = make_staff(Role.FINANCE), make_staff()
    enrol(person)
    key, others = create_token(person, name="hers")[1], create_token(owner, name="another's")[1]
    ENDS[what](person, owner)
    statuses = [Client().get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code for text in (key, others)]
    assert statuses == [401, 200]


def test_a_role_that_is_taken_away_opens_nothing_from_the_next_click_on() -> None:
    person, owner = make_staff(Role.FINANCE), make_staff()
    client, key = browser(person), create_token(person, name="hers")[1]
    assert client.get("/console/withdrawals/").status_code == 200
    accounts.set_roles(owner, person.pk, roles=frozenset({Role.MERCHANDISER}))
    assert client.get("/console/withdrawals/").status_code == 403
    assert client.get("/console/products/").status_code == 200
    bearer = {"Authorization": f"Bearer {key}"}
    assert Client().get("/api/v1/staff/withdrawals", headers=bearer).status_code == 403
    StaffRole.objects.filter(user=person).delete()
    assert client.get("/console/products/").status_code == 403


def test_whoever_is_no_longer_of_the_staff_is_out_at_once() -> None:
    person = make_staff(Role.ANALYST)
    client = browser(person)
    assert client.get("/console/figures/sales/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_staff=False)
    assert client.get("/console/figures/sales/")["Location"].startswith(STAFF_DOOR)


def test_a_suspended_agent_is_at_her_income_with_the_next_click() -> None:
    agent, _shop = agent_with_shop()
    client, key = browser(agent.user), create_token(agent.user, name="hers")[1]
    assert client.get("/agent/shop/").status_code == 200
    distribution.suspend(make_staff(), agent.pk, reason="as a test")
    assert client.get("/agent/shop/")["Location"] == "/agent/income/"
    assert client.post("/agent/shop/status/", {"status": "closed"}).status_code == 403
    answer = Client().get("/api/v1/agent/shop", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "distribution.not_active")


@pytest.mark.parametrize("changed", [{"is_active": False}, {"deleted_at": "now"}])
def test_a_member_whose_account_ends_is_a_guest_at_once(changed: dict[str, object]) -> None:
    person = make_member()
    client, key = browser(person), create_token(person, name="hers")[1]
    assert client.get("/orders/").status_code == 200
    User.objects.filter(pk=person.pk).update(
        **{name: clock.now() if value == "now" else value for name, value in changed.items()}
    )
    assert client.get("/orders/").status_code == 302
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code == 401


def test_cookies_of_a_shop_with_https_travel_by_https_alone_and_scripts_see_none(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RENMAI_", "DATABASE_URL"))}
    own = {
        "RENMAI_HOME": str(tmp_path),
        "RENMAI_SECRET_KEY": "tests-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "RENMAI_BASE_URL": "https://shop.example",
        "DJANGO_SETTINGS_MODULE": "renmai.project.settings",
    }
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"]
    names += ["CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "LANGUAGE_COOKIE_SAMESITE"]
    program = f"import json; from django.conf import settings; print(json.dumps([getattr(settings, name) for name in {names}]))"
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=kept | own, capture_output=True, text=True, check=True)
    assert json.loads(said.stdout) == [True, True, True, True, True, "Lax", "Lax", "Lax"]


def test_every_cookie_that_is_set_says_how_it_may_travel(settings: object, moving_clock: MovingClock) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True  # type: ignore[attr-defined]
    agent, shop = agent_with_shop()
    client = Client()
    code = asks_for_a_code(client)
    client.post("/sign-in/", {"step": "code", "code": code})
    client.get(f"/shop/{shop.code}/")
    client.get("/cart/")
    client.post("/i18n/setlang/", {"language": "en"})
    client.post("/me/settings/language/", {"language": "en"})
    found = dict(client.cookies)
    assert {SESSION, "csrftoken", "visitor", "shop", "django_language"} <= set(found)
    for name, cookie in found.items():
        assert (name, bool(cookie["secure"]), cookie["samesite"], cookie["domain"]) == (name, True, "Lax", "")
        assert cookie["httponly"] or name == "django_language", name
        assert agent.user.phone not in cookie.value

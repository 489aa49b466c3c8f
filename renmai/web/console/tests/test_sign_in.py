"""The door of the console: password, then one-time code; setting up the app; leaving."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import ActLog, RecoveryCode, Role, TotpDevice, User
from renmai.accounts.tests.factories import PASSWORD, code_of, enrol, make_member, make_staff
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

SIGN_IN = "/console/sign-in/"
ENROLMENT = "/console/sign-in/enrolment/"
HOME = "/console/"


def password(client: Client, username: str, text: str = PASSWORD, **fields: str) -> "tuple[int, str]":
    answer = client.post(SIGN_IN, {"username": username, "password": text, **fields})
    return answer.status_code, answer.get("Location", "")


def is_inside(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_addresses_are_those_that_others_link_to() -> None:
    assert (reverse("console:sign_in"), reverse("console:enrolment")) == (SIGN_IN, ENROLMENT)


def test_password_and_code_together_open_the_page_that_was_asked_for(client: Client, moving_clock: MovingClock) -> None:
    person = make_staff(Role.FULFILMENT, username="wang")
    app, _codes = enrol(person)
    moving_clock.advance(seconds=30)
    wanted = "/console/parcels/?view=pickups"
    answer = client.get(wanted)
    assert answer["Location"] == f"{SIGN_IN}?next=%2Fconsole%2Fparcels%2F%3Fview%3Dpickups"
    assert password(client, "wang", next=wanted) == (302, f"{SIGN_IN}?next=%2Fconsole%2Fparcels%2F%3Fview%3Dpickups")
    assert not is_inside(client), "a password alone opens nothing"
    answer = client.post(SIGN_IN, {"totp": code_of(app), "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert client.get(wanted).status_code == 200
    assert ActLog.objects.get(act="staff.sign_in").actor == person
    assert client.session.get_expiry_age() <= 12 * 3600


def test_a_wrong_password_keeps_the_name_and_says_no_more(client: Client) -> None:
    make_staff(username="wang")
    for name in ("wang", "nobody-here"):
        answer = client.post(SIGN_IN, {"username": name, "password": "wrong"})
        assert answer.status_code == 401
        assert f'value="{name}"' in answer.content.decode()
        assert "用户名或密码不正确" in answer.content.decode()
        assert "wrong" not in answer.content.decode()


def test_too_many_passwords_lock_the_name(client: Client, moving_clock: MovingClock) -> None:
    make_staff(username="wang")
    statuses = [password(client, "wang", "wrong")[0] for _number in range(6)]
    assert statuses == [401] * 5 + [429]
    assert password(client, "wang")[0] == 429


def test_a_wrong_code_stays_at_the_code(client: Client, moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    app, _codes = enrol(person)
    moving_clock.advance(seconds=30)
    password(client, "wang")
    wrong = f"{(int(code_of(app)) + 1) % 10**6:06d}"
    answer = client.post(SIGN_IN, {"totp": wrong})
    assert answer.status_code == 401
    assert 'name="totp"' in answer.content.decode()
    assert not is_inside(client)
    assert client.post(SIGN_IN, {"totp": code_of(app)}).status_code == 302
    assert is_inside(client)


def test_a_recovery_code_opens_once(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    _app, codes = enrol(person)
    first, second = Client(), Client()
    for browser in (first, second):
        password(browser, "wang")
        browser.post(SIGN_IN, {"totp": codes[0].lower()})
    assert (is_inside(first), is_inside(second)) == (True, False)


def test_a_code_without_a_password_or_too_late_is_nothing(client: Client, moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    app, _codes = enrol(person)
    moving_clock.advance(seconds=30)
    assert client.post(SIGN_IN, {"totp": code_of(app)})["Location"] == SIGN_IN
    assert not is_inside(client)
    password(client, "wang")
    moving_clock.advance(minutes=11)
    assert client.post(SIGN_IN, {"totp": code_of(app)})["Location"] == SIGN_IN
    assert not is_inside(client)
    assert 'name="password"' in client.get(SIGN_IN).content.decode()


def test_the_challenge_cannot_be_turned_on_somebody_else(client: Client, moving_clock: MovingClock) -> None:
    make_staff(username="wang")
    enrol(User.objects.get(username="wang"))
    app, _codes = enrol(make_staff(Role.ANALYST, username="lili"))
    moving_clock.advance(seconds=30)
    password(client, "wang")
    assert client.post(SIGN_IN, {"totp": code_of(app), "user_id": "2"}).status_code == 401
    assert not is_inside(client)


def test_whoever_has_no_app_sets_one_up_and_sees_the_recovery_codes_once(client: Client, moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    assert password(client, "wang") == (302, ENROLMENT)
    page = client.get(ENROLMENT).content.decode()
    assert "<svg" in page
    uri = re.search(r'name="uri" value="([^"]+)"', page)
    assert uri is not None
    import pyotp

    app = pyotp.parse_uri(uri[1].replace("&amp;", "&"))
    assert isinstance(app, pyotp.TOTP)
    wrong = client.post(ENROLMENT, {"totp": "000000", "uri": uri[1].replace("&amp;", "&")})
    assert wrong.status_code == 401
    assert uri[1] in wrong.content.decode(), "the same code to scan stays"
    assert not is_inside(client)
    answer = client.post(ENROLMENT, {"totp": code_of(app), "uri": "x", "next": "/console/orders/"})
    shown = re.findall(r"<code>([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})</code>", answer.content.decode())
    assert len(shown) == len(set(shown)) == RecoveryCode.objects.filter(user=person).count() == 10
    assert 'href="/console/orders/"' in answer.content.decode()
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert is_inside(client)
    assert set(ActLog.objects.filter(actor=person).values_list("act", flat=True)) == {"staff.totp_confirm", "staff.sign_in"}
    again = client.get(ENROLMENT)
    assert again.status_code == 302, "nobody sees the codes a second time"


def test_looking_at_the_enrolment_again_makes_the_first_secret_worthless(client: Client, moving_clock: MovingClock) -> None:
    """Somebody who only knows the password must not see the secret that its owner then confirms."""
    make_staff(username="wang")
    password(client, "wang")
    pages = [client.get(ENROLMENT).content.decode() for _time in range(2)]
    assert len({re.search(r'name="uri" value="([^"]+)"', page)[1] for page in pages}) == 2  # type: ignore[index]


def test_an_enrolled_person_cannot_enrol_again_by_password_alone(client: Client, moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    enrol(person)
    before = TotpDevice.objects.get(user=person).secret
    password(client, "wang")
    assert client.get(ENROLMENT)["Location"] == SIGN_IN
    assert client.post(ENROLMENT, {"totp": "000000"})["Location"] == SIGN_IN
    assert TotpDevice.objects.get(user=person).secret == before


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(client: Client, moving_clock: MovingClock, wanted: str) -> None:
    app, _codes = enrol(make_staff(username="wang"))
    moving_clock.advance(seconds=30)
    assert password(client, "wang", next=wanted) == (302, SIGN_IN)
    assert client.post(SIGN_IN, {"totp": code_of(app), "next": wanted})["Location"] == HOME


def test_the_session_gets_a_new_key_at_both_steps(client: Client, moving_clock: MovingClock) -> None:
    app, _codes = enrol(make_staff(username="wang"))
    moving_clock.advance(seconds=30)
    session = client.session
    session["planted"] = True
    session.save()
    keys = [session.session_key]
    client.cookies["sessionid"] = str(keys[0])
    password(client, "wang")
    keys.append(client.session.session_key)
    client.post(SIGN_IN, {"totp": code_of(app)})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_a_member_is_asked_to_sign_in_and_a_member_of_staff_is_not_asked_twice(client: Client) -> None:
    client.force_login(make_member())
    assert client.get(HOME)["Location"].startswith(SIGN_IN)
    assert client.get(SIGN_IN).status_code == 200
    client.force_login(make_staff())
    assert client.get(SIGN_IN)["Location"] == HOME


def test_signing_out_ends_it(client: Client) -> None:
    client.force_login(make_staff())
    assert client.get("/console/sign-out/").status_code == 405
    assert is_inside(client)
    assert client.post("/console/sign-out/")["Location"] == SIGN_IN
    assert not is_inside(client)

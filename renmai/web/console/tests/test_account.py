"""One's own way in: sessions that end, the second factor asked for again, recovery codes, password, signing out everywhere."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import ActLog, RecoveryCode, Role, SignIn, User
from renmai.accounts.tests.factories import ELSEWHERE, PASSWORD, code_of, enrol, make_staff
from renmai.programs.actions import create_token
from renmai.web.console.tests import house as houses
from renmai.web.console.tests import scene as scenes
from renmai.web.ui import staff_sessions
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

SIGN_IN = "/console/sign-in/"
OWN = "/console/me/"
CONFIRM = "/console/confirm/"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1"
)


def signed_in(person: User, moving_clock: MovingClock) -> tuple[Client, "object"]:
    """A browser in which ``person`` came in by the door, and her app."""
    app, _codes = enrol(person)
    moving_clock.advance(seconds=30)
    client = Client(headers={"User-Agent": IPHONE})
    client.post(SIGN_IN, {"username": person.username, "password": PASSWORD})
    assert client.post(SIGN_IN, {"totp": code_of(app)}).status_code == 302
    moving_clock.advance(seconds=30)
    return client, app


def is_inside(client: Client) -> bool:
    return client.get("/console/").status_code == 200


def test_a_session_ends_after_two_hours_without_a_click_and_leads_back(moving_clock: MovingClock) -> None:
    client = scenes.browser_of(make_staff())
    for _time in range(3):
        moving_clock.advance(minutes=119)
        assert is_inside(client)
    moving_clock.advance(minutes=121)
    answer = client.get("/console/orders/?status=paid")
    assert answer["Location"] == f"{SIGN_IN}?next=%2Fconsole%2Forders%2F%3Fstatus%3Dpaid&over=1"
    page = client.get(answer["Location"]).content.decode()
    assert "登录已过期" in page
    assert not is_inside(client)


def test_a_session_ends_after_twelve_hours_however_busy(moving_clock: MovingClock) -> None:
    client = scenes.browser_of(make_staff())
    for _time in range(12):
        moving_clock.advance(hours=1)
        assert is_inside(client)
    moving_clock.advance(minutes=1)
    assert not is_inside(client)


def test_the_api_ends_the_same_session(moving_clock: MovingClock) -> None:
    client = scenes.browser_of(make_staff())
    assert client.get("/api/v1/staff/people").status_code == 200
    moving_clock.advance(hours=3)
    assert client.get("/api/v1/staff/people").status_code == 401


def test_a_session_without_its_marks_is_none() -> None:
    client = scenes.browser_of(make_staff())
    session = client.session
    del session[staff_sessions.BEGAN]
    session.save()
    assert not is_inside(client)


def test_being_seen_is_written_every_five_minutes_only(moving_clock: MovingClock) -> None:
    client = scenes.browser_of(make_staff())
    begun = client.session[staff_sessions.SEEN]
    moving_clock.advance(minutes=4)
    assert is_inside(client)
    assert client.session[staff_sessions.SEEN] == begun
    moving_clock.advance(minutes=2)
    assert is_inside(client)
    assert client.session[staff_sessions.SEEN] == begun + 360


DANGEROUS = {
    "person_roles": lambda house: ((house.clerk.pk,), {"roles": ["finance"]}),
    "person_active": lambda house: ((house.clerk.pk,), {"to": "close"}),
    "person_reset": lambda house: ((house.clerk.pk,), {}),
    "person_new": lambda _house: ((), {"display_name": "新", "username": "neu", "password": PASSWORD, "roles": ["service"]}),
    "token_create": lambda _house: ((), {"name": "till", "valid_days": "30"}),
    "webhook_new": lambda _house: ((), {"url": "https://example.org/two", "events": [houses.WEBHOOK_EVENT]}),
    "setting": lambda _house: (("order.pay_minutes",), {"value": "45", "reason": "more time"}),
}


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_dangerous_act_wants_a_fresh_second_factor_and_changes_nothing_without(name: str, moving_clock: MovingClock) -> None:
    house = houses.build()
    arguments, fields = DANGEROUS[name](house)  # type: ignore[no-untyped-call]
    client, app = signed_in(house.owner, moving_clock)
    moving_clock.advance(minutes=31)
    before = houses.fingerprint()
    address, page = reverse(f"console:{name}", args=arguments), "http://testserver/console/staff/"
    answer = client.post(address, fields, headers={"Referer": page})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, CONFIRM)
    assert houses.fingerprint() == before
    assert client.post(CONFIRM, {"totp": "000000"}).status_code == 401
    again = client.post(address, fields)
    assert again["Location"].startswith(CONFIRM)
    proved = client.post(CONFIRM, {"totp": code_of(app), "next": page})  # type: ignore[arg-type]
    assert (proved.status_code, proved["Location"]) == (302, page)
    assert client.post(address, fields).status_code in {200, 302}
    assert houses.fingerprint() != before
    assert ActLog.objects.filter(act="staff.confirm", actor=house.owner).count() == 1


def test_approving_a_withdrawal_wants_a_fresh_second_factor(moving_clock: MovingClock) -> None:
    scene = scenes.build(moving_clock)
    client = scenes.browser_of(scenes.member_of_staff(Role.FINANCE))
    client.post(reverse("console:withdrawal_review", args=[scene.withdrawal.pk]))
    second = scenes.browser_of(scenes.member_of_staff(Role.FINANCE))
    moving_clock.advance(minutes=31)
    address = reverse("console:withdrawal_approve", args=[scene.withdrawal.pk])
    assert second.post(address)["Location"].startswith(CONFIRM)
    scene.withdrawal.refresh_from_db()
    assert scene.withdrawal.status == "reviewed"


def test_the_api_wants_it_from_a_browser_but_not_from_a_key(moving_clock: MovingClock) -> None:
    owner, clerk = make_staff(), make_staff(Role.SERVICE)
    client = scenes.browser_of(owner)
    token = create_token(owner, name="till")[1]
    client.get("/console/")
    csrf = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    moving_clock.advance(minutes=31)
    address, body = f"/api/v1/staff/people/{clerk.pk}/roles", json.dumps({"roles": ["auditor"]})
    headers = {"X-CSRFToken": csrf, "Idempotency-Key": "0123456789"}
    answer = client.put(address, body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "accounts.confirm")
    keyed = {"Authorization": f"Bearer {token}", "Idempotency-Key": "0123456789"}
    assert Client().put(address, body, content_type="application/json", headers=keyed).status_code == 204


def test_one_sees_ones_sessions_and_this_one_is_marked(moving_clock: MovingClock) -> None:
    person = make_staff()
    client, _app = signed_in(person, moving_clock)
    SignIn.objects.create(user=person, device="other", label="Chrome · Windows", ip_address=ELSEWHERE, epoch=person.session_epoch)
    SignIn.objects.create(user=make_staff(), device="x", label="Firefox · Linux", epoch=0)
    page = client.get(OWN).content.decode()
    assert re.findall(r'<p class="strong">([^<]+)</p>', page)[1:3] == ["Safari · iPhone", "Chrome · Windows"]
    assert ELSEWHERE in page
    assert "Firefox" not in page
    assert page.count("本机") == 1


def test_signing_out_everywhere_ends_all_but_this(moving_clock: MovingClock) -> None:
    person = make_staff()
    client, _app = signed_in(person, moving_clock)
    other, stranger = scenes.browser_of(person), scenes.browser_of(make_staff())
    token = create_token(person, name="till")[1]
    key = client.session.session_key
    assert client.post("/console/me/sign-out-everywhere/")["Location"] == OWN
    assert (is_inside(client), is_inside(other), is_inside(stranger)) == (True, False, True)
    assert client.session.session_key != key
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert SignIn.objects.filter(user=person, ended_at=None).count() == 1
    assert ActLog.objects.filter(act="staff.sign_out_everywhere", actor=person).count() == 1


def test_another_password_ends_all_other_sessions(moving_clock: MovingClock) -> None:
    person = make_staff()
    client, other = scenes.browser_of(person), scenes.browser_of(person)
    wrong = client.post("/console/me/password/", {"old": "wrong", "password": "another long one 43"})
    assert wrong.status_code == 400
    assert client.post("/console/me/password/", {"old": PASSWORD, "password": "short"}).status_code == 400
    assert is_inside(other)
    assert client.post("/console/me/password/", {"old": PASSWORD, "password": "another long one 43"}).status_code == 302
    assert (is_inside(client), is_inside(other)) == (True, False)
    assert ActLog.objects.filter(act="staff.password", actor=person).count() == 1


def test_recovery_codes_are_counted_and_made_anew_with_the_app_only(moving_clock: MovingClock) -> None:
    person = make_staff()
    client, app = signed_in(person, moving_clock)
    RecoveryCode.objects.filter(user=person, pk__gt=RecoveryCode.objects.earliest("pk").pk + 2).update(used_at=moving_clock.now)
    assert "还剩 3 个恢复码，请尽早" in client.get(OWN).content.decode()
    old = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert client.post("/console/me/recovery-codes/", {"totp": "000000"}).status_code == 401
    assert set(RecoveryCode.objects.values_list("code_hash", flat=True)) == old
    answer = client.post("/console/me/recovery-codes/", {"totp": code_of(app)})  # type: ignore[arg-type]
    assert len(set(re.findall(r"<code>([A-Z0-9-]{14})</code>", answer.content.decode()))) == 10
    assert "no-store" in answer["Cache-Control"]
    assert not old & set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert ActLog.objects.filter(act="staff.recovery_codes", actor=person).count() == 1
    assert "还剩 10 个恢复码" in client.get(OWN).content.decode()


def test_a_reset_second_factor_ends_the_sessions_of_its_owner() -> None:
    owner, person = make_staff(), make_staff(Role.SERVICE)
    enrol(person)
    hers, client = scenes.browser_of(person), scenes.browser_of(owner)
    assert is_inside(hers)
    client.post(reverse("console:person_reset", args=[person.pk]))
    assert not is_inside(hers)
    assert ActLog.objects.get(act="staff.totp_reset").object_id == str(person.pk)


def test_a_known_browser_is_not_locked_out_by_strangers(moving_clock: MovingClock) -> None:
    person = make_staff(username="wang")
    mine, app = signed_in(person, moving_clock)
    mine.post("/console/sign-out/")
    stranger = Client(REMOTE_ADDR=ELSEWHERE)
    answers = [stranger.post(SIGN_IN, {"username": "wang", "password": "wrong"}) for _time in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1]["Retry-After"] == "900"
    assert "15 分钟后再试" in answers[-1].content.decode()
    for number in range(60):
        Client(REMOTE_ADDR=f"203.0.113.{number + 10}").post(SIGN_IN, {"username": "wang", "password": "wrong"})
    new = Client(REMOTE_ADDR="198.51.100.1")
    assert new.post(SIGN_IN, {"username": "wang", "password": PASSWORD}).status_code == 429
    moving_clock.advance(seconds=int(timedelta(seconds=60).total_seconds()))
    assert mine.post(SIGN_IN, {"username": "wang", "password": PASSWORD}).status_code == 302
    assert mine.post(SIGN_IN, {"totp": code_of(app)}).status_code == 302  # type: ignore[arg-type]
    assert is_inside(mine)


def test_a_known_browser_has_five_tries_of_its_own(moving_clock: MovingClock) -> None:
    mine, _app = signed_in(make_staff(username="wang"), moving_clock)
    mine.post("/console/sign-out/")
    statuses = [mine.post(SIGN_IN, {"username": "wang", "password": "wrong"}).status_code for _time in range(6)]
    assert statuses == [401] * 5 + [429]

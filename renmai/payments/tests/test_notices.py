"""Notifications: only genuine, fresh, new and fitting ones are believed."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured

from renmai.kernel import clock
from renmai.ledger.models import Transfer
from renmai.payments import actions
from renmai.payments.events import PaymentCaptured
from renmai.payments.models import Notification, Payment, SandboxNotice
from renmai.payments.providers import registry
from renmai.payments.providers.base import MAX_BODY_BYTES
from renmai.payments.providers.sandbox import delivery, signing
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.payments.providers.sandbox.provider import SandboxProvider
from renmai.payments.tests.making import alerts, choose, door, emitted, refused, start
from tools.testing.moving_clock import MovingClock

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


def paid_body(reference: str = "R1") -> tuple[Payment, bytes]:
    """A payment that was paid and the notice about it, which nobody has delivered."""
    payment = choose(start(reference), Behaviour.NOTIFY_LATE)
    return payment, SandboxNotice.objects.get(subject=f"payment:{payment.number}").body.encode()


def changed(body: bytes, **fields: object) -> bytes:
    return json.dumps(json.loads(body) | fields, sort_keys=True).encode()


def untouched(payment: Payment) -> bool:
    payment.refresh_from_db()
    return payment.status == "pending" and not Transfer.objects.exists() and not Notification.objects.exists()


def test_the_signature_is_an_hmac_over_time_nonce_and_body() -> None:
    """Written out once more from the description, so that both sides cannot drift together."""
    body = b'{"a": 1}'
    headers = signing.signed_headers(body)
    text = headers["sandbox-timestamp"].encode() + b"\n" + headers["sandbox-nonce"].encode() + b"\n" + body + b"\n"
    expected = hmac.new(signing.secret(), text, hashlib.sha256).hexdigest()
    assert headers["sandbox-signature"] == expected
    assert signing.verified_nonce(headers, body) == headers["sandbox-nonce"]


def test_header_names_have_no_case() -> None:
    _, body = paid_body()
    headers = {name.title(): value for name, value in signing.signed_headers(body).items()}
    assert actions.read_notification("sandbox", headers, body).is_capture


@pytest.mark.parametrize(
    "tamper",
    [
        "sandbox-timestamp",
        "sandbox-nonce",
        "sandbox-signature",
        "body",
        "truncated",
        "no headers",
        "empty signature",
        "not ascii",
    ],
)
def test_tampering_is_noticed(tamper: str) -> None:
    payment, body = paid_body()
    headers = signing.signed_headers(body)
    match tamper:
        case "body":
            body = changed(body, amount_fen=1)
        case "truncated":
            body = body[:-1]
        case "no headers":
            headers = {}
        case "empty signature":
            headers["sandbox-signature"] = ""
        case "not ascii":
            headers["sandbox-signature"] = "签名"
        case name:
            headers[name] = headers[name][:-1] + ("0" if headers[name][-1] != "0" else "1")
    with refused("payments.signature"):
        door("sandbox", headers, body)
    assert untouched(payment)
    assert alerts() == []


def test_a_signature_with_another_secret(settings: "Settings") -> None:
    payment, body = paid_body()
    own = settings.RENMAI_SANDBOX_SECRET
    settings.RENMAI_SANDBOX_SECRET = "another-secret-of-thirty-two-letters"
    headers = signing.signed_headers(body)
    settings.RENMAI_SANDBOX_SECRET = own
    with refused("payments.signature"):
        door("sandbox", headers, body)
    assert untouched(payment)


@pytest.mark.parametrize(("seconds", "believed"), [(-301, False), (-300, True), (300, True), (301, False), (3600, False)])
def test_the_skew_is_at_most_five_minutes(moving_clock: MovingClock, seconds: int, believed: bool) -> None:
    payment, body = paid_body()
    with clock.travel(moving_clock.now + timedelta(seconds=seconds)):
        headers = signing.signed_headers(body)
    if believed:
        assert door("sandbox", headers, body) == "captured"
    else:
        with refused("payments.stale"):
            door("sandbox", headers, body)
        assert untouched(payment)


@pytest.mark.parametrize("timestamp", ["", "soon", "-5", "1e9", "１２３"])
def test_a_signed_time_that_is_no_time(timestamp: str) -> None:
    nonce = "n" * 16
    headers = {
        "sandbox-timestamp": timestamp,
        "sandbox-nonce": nonce,
        "sandbox-signature": signing._signature(timestamp, nonce, b"{}"),
    }
    with refused("payments.malformed"):
        door("sandbox", headers, b"{}")


def test_a_hundred_identical_callbacks_act_once() -> None:
    payment, body = paid_body()
    headers = signing.signed_headers(body)
    assert door("sandbox", headers, body) == "captured"
    for _time in range(99):
        with refused("payments.replayed"):
            door("sandbox", headers, body)
    assert Transfer.objects.count() == Notification.objects.count() == len(emitted(PaymentCaptured)) == 1
    payment.refresh_from_db()
    assert payment.status == "captured"


def test_a_replay_that_slips_past_the_first_look_is_refused_in_the_transaction() -> None:
    _, body = paid_body()
    notice = actions.read_notification("sandbox", signing.signed_headers(body), body)
    actions.record_notice(notice)
    with refused("payments.replayed"):
        actions.record_notice(notice)
    assert Transfer.objects.count() == Notification.objects.count() == 1


def test_a_hundred_callbacks_with_nonces_of_their_own_act_once() -> None:
    _, body = paid_body()
    outcomes = [door("sandbox", signing.signed_headers(body), body) for _time in range(100)]
    assert outcomes == ["captured"] + ["already captured"] * 99
    assert Transfer.objects.count() == len(emitted(PaymentCaptured)) == 1


@pytest.mark.parametrize(
    ("fields", "code", "alerted"),
    [
        ({"amount_fen": 1}, "payments.mismatch", True),
        ({"currency": "GBP"}, "payments.mismatch", True),
        ({"number": "P-unknown"}, "payments.unknown_payment", True),
        ({"merchant": "somebody else"}, "payments.malformed", False),
        ({"amount_fen": 19900.0}, "payments.malformed", False),
        ({"amount_fen": True}, "payments.malformed", False),
        ({"subject": "gift"}, "payments.malformed", False),
        ({"outcome": "perhaps"}, "payments.malformed", False),
    ],
    ids=str,
)
def test_a_genuine_notice_that_does_not_fit(fields: dict[str, object], code: str, alerted: bool) -> None:
    payment, body = paid_body()
    body = changed(body, **fields)
    with refused(code):
        door("sandbox", signing.signed_headers(body), body)
    assert untouched(payment)
    assert len(alerts()) == alerted


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b"\xff", b'"text"', b"{"], ids=repr)
def test_a_genuine_notice_that_cannot_be_read(body: bytes) -> None:
    with refused("payments.malformed"):
        door("sandbox", signing.signed_headers(body), body)


def test_a_notice_too_long_is_not_even_hashed() -> None:
    with refused("payments.malformed"):
        door("sandbox", {}, b"x" * (MAX_BODY_BYTES + 1))


def test_an_unknown_provider() -> None:
    with refused("payments.unknown_provider"):
        door("nobody", {}, b"")


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_secret_that_can_be_guessed_refuses_to_start(settings: "Settings", secret: str) -> None:
    settings.RENMAI_SANDBOX_SECRET = secret
    with pytest.raises(ImproperlyConfigured, match="RENMAI_SANDBOX_SECRET"):
        SandboxProvider()
    with pytest.raises(ImproperlyConfigured, match="RENMAI_SANDBOX_SECRET"):
        registry.check_all()


# --- delivery ---


def test_a_notice_that_is_refused_comes_again_and_stops(moving_clock: MovingClock) -> None:
    choose(start(), Behaviour.WRONG_AMOUNT)
    tried = 1
    for _hour in range(72):
        moving_clock.advance(minutes=30)
        before = SandboxNotice.objects.get().attempts
        assert actions.deliver_sandbox_notices(10, deliver=door) == 0
        tried += SandboxNotice.objects.get().attempts - before
    assert tried == len(delivery.RETRY_SECONDS) + 1
    assert len(alerts()) == 1


def test_a_door_that_breaks_gets_the_notice_again(moving_clock: MovingClock) -> None:
    payment, _ = paid_body()
    moving_clock.advance(minutes=1)

    def broken(provider: str, headers: object, body: bytes) -> None:
        raise RuntimeError("the database went away")

    assert actions.deliver_sandbox_notices(10, deliver=broken) == 0
    assert actions.deliver_sandbox_notices(10, deliver=door) == 0
    moving_clock.advance(seconds=15)
    assert actions.deliver_sandbox_notices(10, deliver=door) == 1
    payment.refresh_from_db()
    assert payment.status == "captured"


def test_the_door_of_the_settings_is_used(settings: "Settings", moving_clock: MovingClock) -> None:
    settings.RENMAI_PAYMENT_NOTIFICATION = "renmai.payments.tests.making.door"
    payment, _ = paid_body()
    moving_clock.advance(minutes=1)
    assert actions.deliver_sandbox_notices(10) == 1
    payment.refresh_from_db()
    assert payment.status == "captured"


def test_the_delivery_is_bounded(moving_clock: MovingClock) -> None:
    for number in range(3):
        paid_body(f"R{number}")
    moving_clock.advance(minutes=1)
    assert [actions.deliver_sandbox_notices(2, deliver=door) for _round in range(2)] == [2, 1]

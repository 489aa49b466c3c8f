"""Sign-in by a code sent to a phone. Every phone gets a code, so nothing says who is a member."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from renmai.accounts import phones, throttling
from renmai.accounts.actions.members import member_for, require_open
from renmai.accounts.models import PhoneCode, SignIn, User
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

CODE_DIGITS = 6
VALID_SECONDS = 5 * 60
CLOCK_TOLERANCE_SECONDS = 60
"""How far the clocks of two web machines may differ."""

TRIES = 5
SALT = "renmai.accounts.phone-code"

# The limits of a phone end when its owner signs in; those of a network address never do.
PHONE_ACTS = ("code.minute", "code.hour", "code.day")


@dataclass(frozen=True)
class IssuedCode:
    """A fresh code on its way to the phone. The code is here and on the phone, nowhere else."""

    phone: str
    code: str = field(repr=False)
    expires_at: datetime


def request_code(phone: str, *, ip_address: str, device: str = "") -> IssuedCode:
    """Issue a code for ``phone``, valid for five minutes and five tries; an earlier one of the same ``device`` stops working.

    The caller sends it. Raises ``accounts.phone`` and, told in seconds, ``request.too_many``. Not inside a transaction. Whoever asks for
    codes to somebody else's phone uses up the limits of the phone, but not those of a browser in which its owner has signed in before:
    nobody is locked out by others for ever.
    """
    number = phones.normalise(phone)
    throttling.count_address("code.address", ip_address)
    subject = _subject(number, device)
    for act in PHONE_ACTS:
        throttling.count(act, subject)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    now = clock.now()
    expires_at = now + timedelta(seconds=VALID_SECONDS)
    PhoneCode.objects.filter(phone=number, device=device, expires_at__gt=now).update(expires_at=now)
    PhoneCode.objects.create(phone=number, device=device, code_hash=_digest(number, code), expires_at=expires_at)
    return IssuedCode(number, code, expires_at)


def verify_code(phone: str, code: str, *, ip_address: str, device: str = "") -> User:
    """Return the member whose phone the code proves, created on first use (emits ``MemberJoined``).

    Raises ``accounts.code_wrong`` with the tries ``left``, ``accounts.code_expired`` when there is no live code, and
    ``accounts.closed``. A try counts before it is judged, so it cannot be had twice by asking at once; it counts for the code that
    ``device`` asked for, else for one that nobody in particular asked for. Not inside a transaction.
    """
    number = phones.normalise(phone)
    throttling.count_address("code.verify", ip_address)
    issued = _take_try(number, device)
    typed = "".join(char for char in code if char.isdecimal())[:CODE_DIGITS]
    if not constant_time_compare(issued.code_hash, _digest(number, _ascii_digits(typed))):
        left = TRIES - issued.attempts
        raise DomainError("accounts.code_wrong" if left > 0 else "accounts.code_expired", field="code", left=left)
    with transaction.atomic():
        if not PhoneCode.objects.filter(pk=issued.pk, used_at__isnull=True).update(used_at=clock.now()):
            raise DomainError("accounts.code_expired", field="code")
        user = require_open(member_for(number))
        for act in PHONE_ACTS:
            throttling.clear(act, number)
            if device:
                throttling.clear(act, f"{number} {device}")
        return user


def _subject(number: str, device: str) -> str:
    """Return who asks for a code: the phone, or the phone in a browser that its owner has signed in with."""
    known = SignIn.objects.filter(device=device, user__phone=number, epoch=F("user__session_epoch"))
    return f"{number} {device}" if device and known.exists() else number


def _take_try(number: str, device: str) -> PhoneCode:
    """Return the live code of this browser, else the one of nobody in particular, with one more try on it.

    Raises ``accounts.code_expired``.
    """
    now = clock.now()
    # One that has longer to live than any code has is of a clock that was turned back since.
    latest = now + timedelta(seconds=VALID_SECONDS + CLOCK_TOLERANCE_SECONDS)
    live = PhoneCode.objects.filter(used_at__isnull=True, expires_at__gt=now, expires_at__lte=latest, attempts__lt=TRIES)
    with transaction.atomic(durable=True):
        mine = live.filter(phone=number, device__in={device, ""})
        newest = mine.order_by("-device", "-created_at", "-pk").first()
        if newest is not None and live.filter(pk=newest.pk).update(attempts=F("attempts") + 1):
            newest.refresh_from_db(fields=["attempts"])
            return newest
    raise DomainError("accounts.code_expired", field="code")


def _ascii_digits(text: str) -> str:
    return "".join(str(int(char)) for char in text)


def _digest(phone: str, code: str) -> str:
    return salted_hmac(SALT, f"{phone}:{code}", algorithm="sha256").hexdigest()

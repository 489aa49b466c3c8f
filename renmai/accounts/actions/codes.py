"""Sign-in by a code sent to a phone. Every phone gets a code, so nothing says who is a member."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from renmai.accounts import phones, throttling
from renmai.accounts.actions.members import member_for, require_open
from renmai.accounts.models import PhoneCode, User
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

CODE_DIGITS = 6
VALID_SECONDS = 5 * 60
TRIES = 5
SALT = "renmai.accounts.phone-code"

# (act, limit, seconds). The limits of a phone end when its owner signs in; those of a network address never do.
PHONE_LIMITS = (("code.minute", 1, 60), ("code.hour", 5, 3600), ("code.day", 10, 24 * 3600))
ADDRESS_LIMIT = ("code.address", 60, 3600)
VERIFY_ADDRESS_LIMIT = ("code.verify", 120, 3600)


@dataclass(frozen=True)
class IssuedCode:
    """A fresh code on its way to the phone. The code is here and on the phone, nowhere else."""

    phone: str
    code: str = field(repr=False)
    expires_at: datetime


def request_code(phone: str, *, ip_address: str) -> IssuedCode:
    """Issue a code for ``phone``, valid for five minutes and five tries; an earlier one stops working.

    The caller sends it. Raises ``accounts.phone`` and, told in seconds, ``request.too_many``. Not inside a transaction.
    """
    number = phones.normalise(phone)
    act, limit, seconds = ADDRESS_LIMIT
    throttling.hit_address(act, ip_address, limit=limit, window_seconds=seconds)
    for act, limit, seconds in PHONE_LIMITS:
        throttling.hit(act, number, limit=limit, window_seconds=seconds)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    expires_at = clock.now() + timedelta(seconds=VALID_SECONDS)
    PhoneCode.objects.create(phone=number, code_hash=_digest(number, code), expires_at=expires_at)
    return IssuedCode(number, code, expires_at)


def verify_code(phone: str, code: str, *, ip_address: str) -> User:
    """Return the member whose phone the code proves, created on first use (emits ``MemberJoined``).

    Raises ``accounts.code_wrong`` with the tries ``left``, ``accounts.code_expired`` when there is no live code, and
    ``accounts.closed``. A try counts before it is judged, so it cannot be had twice by asking at once. Not inside a transaction.
    """
    number = phones.normalise(phone)
    act, limit, seconds = VERIFY_ADDRESS_LIMIT
    throttling.hit_address(act, ip_address, limit=limit, window_seconds=seconds)
    issued = _take_try(number)
    typed = "".join(char for char in code if char.isdecimal())[:CODE_DIGITS]
    if not constant_time_compare(issued.code_hash, _digest(number, _ascii_digits(typed))):
        left = TRIES - issued.attempts
        raise DomainError("accounts.code_wrong" if left > 0 else "accounts.code_expired", field="code", left=left)
    with transaction.atomic():
        if not PhoneCode.objects.filter(pk=issued.pk, used_at__isnull=True).update(used_at=clock.now()):
            raise DomainError("accounts.code_expired", field="code")
        user = require_open(member_for(number))
        for act, _limit, _seconds in PHONE_LIMITS:
            throttling.clear(act, number)
        return user


def _take_try(number: str) -> PhoneCode:
    """Return the newest code of the phone with one more try on it; raises ``accounts.code_expired``."""
    with transaction.atomic(durable=True):
        newest = PhoneCode.objects.filter(phone=number).order_by("-created_at", "-pk").first()
        if newest is not None:
            live = PhoneCode.objects.filter(pk=newest.pk, used_at__isnull=True, expires_at__gt=clock.now(), attempts__lt=TRIES)
            if live.update(attempts=F("attempts") + 1):
                newest.refresh_from_db(fields=["attempts"])
                return newest
    raise DomainError("accounts.code_expired", field="code")


def _ascii_digits(text: str) -> str:
    return "".join(str(int(char)) for char in text)


def _digest(phone: str, code: str) -> str:
    return salted_hmac(SALT, f"{phone}:{code}", algorithm="sha256").hexdigest()

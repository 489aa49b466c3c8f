"""The second factor of the staff: authenticator apps (RFC 6238) and recovery codes."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil

import pyotp
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from renmai.accounts import throttling
from renmai.accounts.actions.log import log_act
from renmai.accounts.actions.sessions import end_sessions
from renmai.accounts.actions.staff import access_staff
from renmai.accounts.models import RecoveryCode, TotpDevice, User
from renmai.accounts.policies import Permission, require
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError

ISSUER = "Renmai"
STEP_SECONDS = 30
DRIFT_STEPS = 1
CODE_DIGITS = 6
FAILURES = 5
LOCK_MINUTES = 15
RECOVERY_CODES = 10
RECOVERY_LENGTH = 12
SALT = "renmai.accounts.recovery-code"


@dataclass(frozen=True)
class TotpEnrolment:
    """What an authenticator app needs: the secret to type, or the address to draw as a QR code. Shown once."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def enrol_totp(user: User) -> TotpEnrolment:
    """Begin (or begin again) to set up an app; nothing holds until ``confirm_totp``. Raises ``accounts.totp_exists``."""
    secret = pyotp.random_base32()
    with transaction.atomic():
        pending = TotpDevice(user=user, secret=_seal(secret))
        TotpDevice.objects.bulk_create([pending], ignore_conflicts=True)
        open_ones = TotpDevice.objects.filter(user=user, confirmed_at__isnull=True)
        if not open_ones.update(secret=pending.secret, last_step=0):
            raise DomainError("accounts.totp_exists")
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.username or str(user.pk), issuer_name=ISSUER)
    return TotpEnrolment(secret, uri)


def confirm_totp(user: User, code: str) -> tuple[str, ...]:
    """Prove that the app works; return ten recovery codes, shown this once. Raises ``accounts.totp_wrong``, ``.totp_exists``."""
    device = _device(user)
    if device.confirmed_at is not None:
        raise DomainError("accounts.totp_exists")
    check_totp(device, code)
    with transaction.atomic():
        if not TotpDevice.objects.filter(pk=device.pk, confirmed_at__isnull=True).update(confirmed_at=clock.now()):
            raise DomainError("accounts.totp_exists")
        log_act(user, "staff.totp_confirm", object_type="user", object_id=user.pk)
        return _write_recovery_codes(user)


def new_recovery_codes(user: User, code: str) -> tuple[str, ...]:
    """Replace the recovery codes, proved by the app; the old ones stop working. Raises as ``check_second_factor``."""
    device = _device(user)
    check_totp(device, code)
    with transaction.atomic():
        log_act(user, "staff.recovery_codes", object_type="user", object_id=user.pk)
        return _write_recovery_codes(user)


def reset_second_factor(actor: User, user_id: int) -> None:
    """Let somebody who lost the app set up a new one at the next sign-in; their sessions end. Needs ``staff.manage``, not for oneself."""
    require(actor, Permission.STAFF_MANAGE)
    if actor.pk == user_id:
        raise DomainError("accounts.own_account")
    with transaction.atomic():
        person = access_staff(user_id)
        RecoveryCode.objects.filter(user=person).delete()
        TotpDevice.objects.filter(user=person).delete()
        end_sessions(person)
        log_act(actor, "staff.totp_reset", object_type="user", object_id=person.pk)


def check_second_factor(user: User, code: str) -> None:
    """Accept a code of the app or a recovery code, each once.

    Raises ``accounts.totp_wrong`` and, after five in a row, ``accounts.locked`` with the minutes. Not inside a transaction.
    """
    device = _device(user)
    typed = "".join(char for char in code.upper() if char.isalnum())
    if len(typed) == RECOVERY_LENGTH:
        _refuse_while_locked(device)
        if not _use_recovery_code(user, typed):
            _fail(device)
        TotpDevice.objects.filter(pk=device.pk).update(failures=0, locked_until=None)
    else:
        check_totp(device, typed)


def confirm_staff(user: User, code: str, *, ip_address: str) -> None:
    """Prove once more who sits there, before an act that does lasting harm in wrong hands; raises as ``check_second_factor``. Logged."""
    throttling.count_address("staff.address", ip_address)
    check_second_factor(user, code)
    log_act(user, "staff.confirm", object_type="user", object_id=user.pk, ip_address=ip_address)


def check_totp(device: TotpDevice, code: str) -> None:
    """Accept a code of the app, one step early or late, each step once; raises as ``check_second_factor``."""
    _refuse_while_locked(device)
    step = _matching_step(device, "".join(char for char in code if char.isdigit()))
    used = step is not None and TotpDevice.objects.filter(pk=device.pk, last_step__lt=step).update(
        last_step=step, failures=0, locked_until=None
    )
    if not used:
        _fail(device)


def _matching_step(device: TotpDevice, code: str) -> int | None:
    if len(code) != CODE_DIGITS or not code.isascii():
        return None
    totp = pyotp.TOTP(_unseal(device.secret))
    now_step = int(clock.now().timestamp()) // STEP_SECONDS
    matching = None
    for step in range(now_step - DRIFT_STEPS, now_step + DRIFT_STEPS + 1):
        # No early exit: the time taken says nothing about which step fitted.
        if constant_time_compare(totp.generate_otp(step), code):
            matching = step
    return matching


def _fail(device: TotpDevice) -> None:
    """Count a failure, lock after the fifth, and refuse."""
    rows = TotpDevice.objects.filter(pk=device.pk)
    with transaction.atomic(durable=True):
        rows.update(failures=F("failures") + 1)
        lock = clock.now() + timedelta(minutes=LOCK_MINUTES)
        locked = rows.filter(failures__gte=FAILURES).update(failures=0, locked_until=lock)
    if locked:
        raise DomainError("accounts.locked", field="totp", minutes=LOCK_MINUTES)
    raise DomainError("accounts.totp_wrong", field="totp")


def _refuse_while_locked(device: TotpDevice) -> None:
    device.refresh_from_db(fields=["locked_until"])
    if device.locked_until is not None and device.locked_until > clock.now():
        left_seconds = (device.locked_until - clock.now()).total_seconds()
        raise DomainError("accounts.locked", field="totp", minutes=ceil(left_seconds / 60))


def _use_recovery_code(user: User, typed: str) -> bool:
    unused = RecoveryCode.objects.filter(user=user, code_hash=_digest(user, typed), used_at__isnull=True)
    return bool(unused.update(used_at=clock.now()))


def _write_recovery_codes(user: User) -> tuple[str, ...]:
    codes = [ids.secret(RECOVERY_LENGTH) for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, code_hash=_digest(user, code)) for code in codes])
    return tuple(f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes)


def _digest(user: User, code: str) -> str:
    return salted_hmac(SALT, f"{user.pk}:{code}", algorithm="sha256").hexdigest()


def _device(user: User) -> TotpDevice:
    device = TotpDevice.objects.filter(user=user).first()
    if device is None:
        raise DomainError("accounts.enrolment_needed")
    return device


def _cipher() -> Fernet:
    key = hmac.new(settings.SECRET_KEY.encode(), b"renmai.accounts.totp", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _seal(secret: str) -> str:
    """Return the secret as it is stored: a copy of the database alone does not give the second factor away."""
    return _cipher().encrypt(secret.encode()).decode()


def _unseal(stored: str) -> str:
    return _cipher().decrypt(stored.encode()).decode()

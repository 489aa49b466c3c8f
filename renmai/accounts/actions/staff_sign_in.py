"""Sign-in of the staff: user name and password, then the second factor."""

from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.hashers import make_password
from django.db.models import F

from renmai.accounts import inputs, throttling
from renmai.accounts.actions.log import log_act
from renmai.accounts.actions.second_factor import check_second_factor
from renmai.accounts.models import SignIn, TotpDevice, User
from renmai.kernel.errors import DomainError

PASSWORD_MAX_LENGTH = 256
KNOWN = " known"


@dataclass(frozen=True)
class StaffChallenge:
    """The password was right; what is still needed: a ``code``, or the ``enrolment`` of an authenticator app."""

    user_id: int
    needs: Literal["code", "enrolment"]


def check_staff_password(username: str, password: str, *, ip_address: str, device: str = "") -> StaffChallenge:
    """Judge user name and password. The person is not signed in by that; the page keeps the challenge and asks on.

    Raises ``accounts.sign_in_failed`` for anything wrong, in the same words and the same time whether the name exists or not, and
    ``request.too_many`` with the seconds after five failures of a name from one network address. A ``device`` in which the person has
    signed in before counts for itself: whoever guesses at a name from everywhere cannot lock its owner out. Not inside a transaction.
    """
    name = inputs.tidy(username).lower()[: inputs.NAME_MAX_LENGTH]
    throttling.count_address("staff.address", ip_address)
    subject = _subject(name, device, ip_address)
    throttling.count("staff.sign_in", subject)
    if not subject.endswith(KNOWN):
        throttling.count("staff.name", name)
    person = User.objects.filter(username=name, is_staff=True, is_active=True, deleted_at__isnull=True).first()
    if person is None or len(password) > PASSWORD_MAX_LENGTH:
        make_password(password[:PASSWORD_MAX_LENGTH])
        raise DomainError("accounts.sign_in_failed", field="password")
    if not person.check_password(password):
        raise DomainError("accounts.sign_in_failed", field="password")
    throttling.clear("staff.sign_in", subject)
    throttling.clear("staff.name", name)
    has_app = TotpDevice.objects.filter(user=person, confirmed_at__isnull=False).exists()
    return StaffChallenge(person.pk, "code" if has_app else "enrolment")


def finish_staff_sign_in(user_id: int, code: str, *, ip_address: str) -> User:
    """Return the person of a challenge whose second factor is right, and log the sign-in; raises as ``check_second_factor``."""
    throttling.count_address("staff.address", ip_address)
    person = User.objects.filter(pk=user_id, is_staff=True, is_active=True, deleted_at__isnull=True).first()
    if person is None or not TotpDevice.objects.filter(user=person, confirmed_at__isnull=False).exists():
        raise DomainError("accounts.sign_in_failed", field="password")
    check_second_factor(person, code)
    log_act(person, "staff.sign_in", object_type="user", object_id=person.pk, ip_address=ip_address)
    return person


def _subject(name: str, device: str, ip_address: str) -> str:
    """Return for whom a try at ``name`` counts: the browser its owner is known by, else the name at this network address."""
    known = SignIn.objects.filter(device=device, user__username=name, epoch=F("user__session_epoch"))
    if device and known.exists():
        return f"{name} {device}{KNOWN}"
    network = throttling.network_of(ip_address)
    return f"{name} {network}" if network else name


def sign_in_staff(username: str, password: str, *, totp: str, ip_address: str) -> User:
    """Return the person whose password and second factor are both right: the two steps at once.

    Raises ``accounts.enrolment_needed`` and ``accounts.totp_needed`` besides what the two steps raise.
    """
    challenge = check_staff_password(username, password, ip_address=ip_address)
    if challenge.needs == "enrolment":
        raise DomainError("accounts.enrolment_needed")
    if not totp.strip():
        raise DomainError("accounts.totp_needed", field="totp")
    return finish_staff_sign_in(challenge.user_id, totp, ip_address=ip_address)

"""Sessions of the staff end by themselves, and an act that does lasting harm in wrong hands wants a fresh proof of who sits there.

What is known of a session stands in it: when it began, when its person was last seen, when she last gave a second factor. A session of
the staff without these marks is none.
"""

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from renmai.accounts.models import User
from renmai.kernel import clock

WHOLE: Final = timedelta(hours=12)
"""A working day; then the password is asked for again whatever happened."""
IDLE: Final = timedelta(hours=2)
"""A screen left alone over lunch."""
PROOF: Final = timedelta(minutes=30)
"""So long a second factor counts as fresh."""
NOTED_EVERY: Final = timedelta(minutes=5)
"""Being seen is written this often, not with every click."""

BEGAN, SEEN, PROVED = "staff_began", "staff_seen", "staff_proved"


def goes_on(request: HttpRequest) -> bool:
    """Whether the session is neither too old nor was left alone too long; notes that its person was seen."""
    began, seen = _mark(request, BEGAN), _mark(request, SEEN)
    now = clock.now().timestamp()
    if now - began > WHOLE.total_seconds() or now - seen > IDLE.total_seconds():
        return False
    if now - seen > NOTED_EVERY.total_seconds():
        request.session[SEEN] = now
    return True


def is_proved(request: HttpRequest) -> bool:
    """Whether a second factor was given in this session not long ago."""
    return clock.now().timestamp() - _mark(request, PROVED) <= PROOF.total_seconds()


def prove(request: HttpRequest) -> None:
    """Note that the second factor was right; the session gets a new key."""
    request.session.cycle_key()
    request.session[PROVED] = clock.now().timestamp()


def watch_sign_ins() -> None:
    """Mark every session of the staff from its first moment, whichever way it begins."""
    user_logged_in.connect(_begin, sender=User, dispatch_uid="renmai.web.ui.staff_sessions")


def _begin(sender: type[User], request: HttpRequest, user: User, **_more: Any) -> None:
    if user.is_staff:
        now = clock.now().timestamp()
        request.session.update({BEGAN: now, SEEN: now, PROVED: now})


def _mark(request: HttpRequest, name: str) -> float:
    return float(request.session.get(name, 0))

"""The list of one's own sessions, as members and staff see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from renmai.accounts.models import User
from renmai.accounts.queries import sign_ins
from renmai.kernel import clock
from renmai.web.ui import staff_sessions
from renmai.web.ui.people import SIGN_IN_KEY


@dataclass(frozen=True)
class OwnSession:
    """One session: the browser as far as it said what it is, from where and since when; whether it is this very one."""

    browser: str
    ip_address: str
    began_at: datetime
    is_this: bool


def own_sessions(request: HttpRequest, user: User) -> list[OwnSession]:
    """Return the sessions of ``user`` that may still be open, this one first, then the newest. One statement."""
    lasts = staff_sessions.WHOLE if user.is_staff else timedelta(seconds=settings.SESSION_COOKIE_AGE)
    this = request.session.get(SIGN_IN_KEY)
    rows = [
        OwnSession(row.label, row.ip_address or "", row.began_at, row.pk == this)
        for row in sign_ins(user, since=clock.now() - lasts)
    ]
    return sorted(rows, key=lambda row: not row.is_this)

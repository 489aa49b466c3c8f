"""Sessions as Django keeps them in the database, found by a compiled query: every page of somebody signed in asks for hers."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from renmai.kernel import clock
from renmai.kernel.compiled import Compiled

_LIVE: Compiled[Session] = Compiled(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))


class SessionStore(db.SessionStore):
    """Django's own store but for the reading of one session, and with the kernel's clock for both its beginning and its end."""

    def get_expiry_date(self, **kwargs: Any) -> Any:
        """Return when the session ends, counted from the kernel's now: it is compared with that when it is read."""
        return super().get_expiry_date(**{"modification": clock.now(), **kwargs})

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Return the seconds that the session has, counted likewise."""
        return super().get_expiry_age(**{"modification": clock.now(), **kwargs})

    def _get_session_from_db(self) -> Any:
        found = _LIVE.first(self.session_key, clock.now())
        if found is None:
            self._session_key = None
        return found

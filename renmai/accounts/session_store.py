"""Sessions as Django keeps them in the database, found by a compiled query: every page of somebody signed in asks for hers."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from renmai.kernel import clock
from renmai.kernel.compiled import Compiled

_LIVE: Compiled[Session] = Compiled(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))


class SessionStore(db.SessionStore):
    """Django's own store but for the reading of one session."""

    def _get_session_from_db(self) -> Any:
        found = _LIVE.first(self.session_key, clock.now())
        if found is None:
            self._session_key = None
        return found

"""How Django's session finds its user again. Signing in itself is done by ``actions``, never by ``authenticate``."""

from django.contrib.auth.backends import BaseBackend

from renmai.accounts.models import User
from renmai.kernel.compiled import Compiled

_OPEN: Compiled[User] = Compiled(lambda pk: User.objects.filter(pk=pk, is_active=True, deleted_at__isnull=True))


class SessionBackend(BaseBackend):
    """Gives the session its user, and nobody for an account that is closed or deleted."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of this id while the account is open."""
        return _OPEN.first(int(user_id))

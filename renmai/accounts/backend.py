"""How Django's session finds its user again. Signing in itself is done by ``actions``, never by ``authenticate``."""

from django.contrib.auth.backends import BaseBackend

from renmai.accounts.models import User


class SessionBackend(BaseBackend):
    """Gives the session its user, and nobody for an account that is closed or deleted."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of this id while the account is open."""
        return User.objects.filter(pk=user_id, is_active=True, deleted_at__isnull=True).first()

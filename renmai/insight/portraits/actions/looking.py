"""Whoever of the staff looks at a person's portrait leaves a trace."""

from renmai.accounts.actions import log_act
from renmai.accounts.models import User


def record_look(actor: User, user_id: int, *, ip_address: str | None = None) -> None:
    """Write into the log of acts that ``actor`` looked at this portrait."""
    log_act(actor, "portrait.seen", object_type="customer", object_id=user_id, ip_address=ip_address)

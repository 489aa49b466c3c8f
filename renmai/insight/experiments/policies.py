"""Who may see and run experiments."""

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require


def require_manager(actor: User) -> None:
    """Whoever composes, starts, widens, stops and decides experiments."""
    require(actor, Permission.EXPERIMENTS_MANAGE)


def require_viewer(actor: User) -> None:
    """Whoever sees experiments and their results."""
    require(actor, Permission.FIGURES_VIEW)

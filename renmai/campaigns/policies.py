"""Who may see and run campaigns."""

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require


def require_manager(actor: User) -> None:
    """Whoever composes, launches, changes, pauses and stops campaigns."""
    require(actor, Permission.CAMPAIGNS_MANAGE)


def require_viewer(actor: User) -> None:
    """Whoever sees campaigns and their figures."""
    require(actor, Permission.CAMPAIGNS_VIEW)


def require_approver(actor: User) -> None:
    """Whoever gives the second look that a rule asks for."""
    require(actor, Permission.CAMPAIGNS_APPROVE)


def require_reward_decider(actor: User) -> None:
    """Whoever releases or refuses rewards that were held."""
    require(actor, Permission.REWARDS_DECIDE)

"""Everything that changes invitations."""

from renmai.plays.invitation.actions.earning import keep
from renmai.plays.invitation.actions.tying import code_of, enter_code, tie_by_link

__all__ = ["code_of", "enter_code", "keep", "tie_by_link"]

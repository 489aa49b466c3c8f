"""Everything that changes invitations."""

from renmai.plays.invitation.actions.earning import keep
from renmai.plays.invitation.actions.promising import Promised, promised_by, show_promise
from renmai.plays.invitation.actions.tying import code_of, enter_code, tie_by_link

__all__ = ["Promised", "code_of", "enter_code", "keep", "promised_by", "show_promise", "tie_by_link"]

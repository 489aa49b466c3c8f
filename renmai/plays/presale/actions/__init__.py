"""Everything that changes bookings."""

from renmai.plays.presale.actions.booking import book, forget
from renmai.plays.presale.actions.calling_off import BENEFIT, call_off, end_called_off, make_good
from renmai.plays.presale.actions.reminding import on_deposit_paid, remind_due

__all__ = ["BENEFIT", "book", "call_off", "end_called_off", "forget", "make_good", "on_deposit_paid", "remind_due"]

"""Everything that changes sales and tickets."""

from renmai.plays.flash.actions.buying import buy, end_with_order, use
from renmai.plays.flash.actions.calling import call_next, expire_due, leave
from renmai.plays.flash.actions.grabbing import grab
from renmai.plays.flash.actions.running import close, set_aside

__all__ = ["buy", "call_next", "close", "end_with_order", "expire_due", "grab", "leave", "set_aside", "use"]

"""Everything that changes groups and the places in them."""

from renmai.plays.groupbuy.actions.ending import expire_groups
from renmai.plays.groupbuy.actions.joining import let_go, order_seat, take_seat, take_seats
from renmai.plays.groupbuy.actions.leaving import leave
from renmai.plays.groupbuy.actions.promising import finish_seat, keep_promises

__all__ = ["expire_groups", "finish_seat", "keep_promises", "leave", "let_go", "order_seat", "take_seat", "take_seats"]

"""Everything that changes points."""

from renmai.plays.points.actions.earning import earn, follow_refund, hand_out
from renmai.plays.points.actions.expiring import expire_points
from renmai.plays.points.actions.spending import give_back, reserve, return_share, spend_reserved

__all__ = ["earn", "expire_points", "follow_refund", "give_back", "hand_out", "reserve", "return_share", "spend_reserved"]

"""Everything this room answers."""

from renmai.insight.value.queries.channels import Channel, ChannelOrder, channel_orders, channels, through_people
from renmai.insight.value.queries.coming_back import ComingBack, coming_back, newest_purchase
from renmai.insight.value.queries.funnels import Funnel, Funnels, Step, funnels
from renmai.insight.value.queries.searches import Search, Searches, searches
from renmai.insight.value.queries.worth import (
    Band,
    CustomerWorth,
    Decile,
    Standing,
    all_customers,
    bands,
    current_model,
    customers,
    deciles,
    model_days,
    standing,
    worth,
)
from renmai.insight.value.taken_up import ClosedLoop, Since, closed_loop, sold_since

__all__ = [
    "Band",
    "Channel",
    "ChannelOrder",
    "ClosedLoop",
    "ComingBack",
    "CustomerWorth",
    "Decile",
    "Funnel",
    "Funnels",
    "Search",
    "Searches",
    "Since",
    "Standing",
    "Step",
    "all_customers",
    "bands",
    "channel_orders",
    "channels",
    "closed_loop",
    "coming_back",
    "current_model",
    "customers",
    "deciles",
    "funnels",
    "model_days",
    "newest_purchase",
    "searches",
    "sold_since",
    "standing",
    "through_people",
    "worth",
]

"""Everything this room answers."""

from renmai.insight.value.queries.channels import Channel, ChannelOrder, channel_orders, channels, through_people
from renmai.insight.value.queries.coming_back import ComingBack, coming_back, newest_purchase
from renmai.insight.value.queries.funnels import Funnel, Funnels, Step, funnels
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
    standing,
    worth,
)

__all__ = [
    "Band",
    "Channel",
    "ChannelOrder",
    "ComingBack",
    "CustomerWorth",
    "Decile",
    "Funnel",
    "Funnels",
    "Standing",
    "Step",
    "all_customers",
    "bands",
    "channel_orders",
    "channels",
    "coming_back",
    "current_model",
    "customers",
    "deciles",
    "funnels",
    "newest_purchase",
    "standing",
    "through_people",
    "worth",
]

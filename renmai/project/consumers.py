"""The one table of who reads the stream of events: each reader gets every event once, in order, within half a second or so."""

from renmai.alerts import actions as alerts
from renmai.insight.portraits.actions import on_events as follow
from renmai.insight.portraits.rereading import READER as PORTRAITS
from renmai.insight.stream import delivery, gleaning
from renmai.insight.stream.delivery import Consumer
from renmai.matching import showing

CONSUMERS: tuple[Consumer, ...] = (
    Consumer("alerts", alerts.watch),
    Consumer(PORTRAITS, follow),
    Consumer(showing.READER, showing.count),
)


def deliver(limit: int) -> int:
    """Hand each reader up to ``limit`` new events; return how many were handed over. For a timer, which runs it in every round."""
    return delivery.deliver(CONSUMERS, limit=limit)


def forget_readers(_limit: int) -> int:
    """Forget readers that are no more in the table, so that no day waits for them; return how many. For a timer."""
    return delivery.forget_readers([each.name for each in CONSUMERS])


def drain() -> None:
    """Turn all new facts into events and let everybody read everything: for tests, the demo and replays."""
    while gleaning.glean():
        pass
    delivery.drain(CONSUMERS)

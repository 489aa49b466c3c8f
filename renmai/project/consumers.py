"""The one table of who reads the stream of events: each reader gets every event once, in order, within half a second or so."""

from renmai.alerts import actions as alerts
from renmai.insight.portraits.actions import on_events as follow
from renmai.insight.portraits.rereading import READER as PORTRAITS
from renmai.insight.stream import delivery, gleaning
from renmai.insight.stream.delivery import Consumer

CONSUMERS: tuple[Consumer, ...] = (Consumer("alerts", alerts.watch), Consumer(PORTRAITS, follow))


def deliver(limit: int) -> int:
    """Hand each reader up to ``limit`` new events; return how many were handed over. For a timer, which runs it in every round."""
    return delivery.deliver(CONSUMERS, limit=limit)


def drain() -> None:
    """Turn all new facts into events and let everybody read everything: for tests, the demo and replays."""
    while gleaning.glean():
        pass
    delivery.drain(CONSUMERS)

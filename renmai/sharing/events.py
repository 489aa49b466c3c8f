"""Facts about shops, bindings and attribution."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class ShopOpened(Event):
    """An agent opened her micro-shop."""

    shop_id: int
    owner_id: int


@dataclass(frozen=True)
class CustomerBound(Event):
    """A customer is now with a shop; ``change`` is ``bound``, ``moved``."""

    customer_id: int
    shop_id: int
    change: str


@dataclass(frozen=True)
class PauseLifted(Event):
    """Somebody of the staff let a paused sharer make links again before her time."""

    pause_id: int
    sharer_id: int


@dataclass(frozen=True)
class OrderAttributed(Event):
    """It was decided whom an order goes to."""

    order_id: int
    shop_id: int | None
    rule: str

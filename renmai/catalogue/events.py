"""Facts about goods."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class ProductListed(Event):
    """A product went on sale."""

    product_id: int


@dataclass(frozen=True)
class ProductDelisted(Event):
    """A product was taken off sale."""

    product_id: int
    reason: str

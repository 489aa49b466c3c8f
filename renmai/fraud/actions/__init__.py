"""Everything this room does."""

from renmai.fraud.actions.gathering import gather

__all__ = ["gather"]

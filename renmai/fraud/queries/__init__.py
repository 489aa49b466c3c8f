"""Everything this room answers."""

from renmai.fraud.queries.reviewing import review, review_many

__all__ = ["review", "review_many"]

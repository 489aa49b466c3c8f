"""Everything this room answers."""

from renmai.fraud.queries.hints import in_common
from renmai.fraud.queries.reviewing import review, review_many

__all__ = ["in_common", "review", "review_many"]

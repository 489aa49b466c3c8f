"""What customers suggest about goods, and what became of it."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from renmai.api.answers import Out
from renmai.api.parsing import Id, In
from renmai.ordering.models.suggestions import SUGGESTION_LENGTH


class SuggestionIn(In):
    """One suggestion in one's own words."""

    text: str = Field(max_length=SUGGESTION_LENGTH)


class SuggestionOut(Out):
    """One suggestion. Taken up, it names the product that changed and since when."""

    id: int = Field(alias="pk")
    product_id: int
    product_title: str = Field(alias="product.title")
    text: str
    at: datetime
    status: str = Field(description="`open`, `answered`, `declined` or `taken_up`.")
    answer: str
    answered_at: datetime | None
    changed_product_id: int | None = Field(alias="changed_id")
    changed_at: datetime | None


class StaffSuggestionOut(SuggestionOut):
    """One suggestion with who made it and who decided."""

    author_name: str = Field(alias="author.display_name")
    decided_by: str

    @staticmethod
    def resolve_decided_by(row: Any) -> str:
        """The name of whoever decided, empty while nobody did."""
        return str(row.decided_by.display_name) if row.decided_by else ""


class SuggestionAnswerIn(In):
    """What its author is told."""

    answer: str = Field(max_length=SUGGESTION_LENGTH)


class TakeUpIn(SuggestionAnswerIn):
    """What changed: the product, and since which day in China (today by default)."""

    product_id: Id
    since: date | None = Field(default=None, strict=False)

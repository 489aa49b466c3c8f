"""Shapes of what is recommended, to agents and to customers."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from renmai.api.answers import Out
from renmai.api.parsing import In
from renmai.api.schemas.goods import CardOut


class WhyOut(Out):
    """Why a product is recommended, in the language of the request, and what shows it: a product, a category or a topic by its id."""

    text: str = Field(examples=["3 of your customers take to Tea"])
    opens: Literal["product", "category", "topic", ""]
    about: int


class AdvisedOut(Out):
    """One recommended product with its reasons, the strongest first."""

    product: CardOut
    reasons: list[WhyOut]


class AgentAdviceOut(Out):
    """A list made ahead. ``people`` is from how many customers' acts; without ``made_at`` it was never made yet."""

    is_personal: bool
    people: int
    made_at: datetime | None
    items: list[AdvisedOut]


class LibraryPostOut(Out):
    """One post that an agent may pass on: whose it is, those of its goods that can be bought, and why it suits, the strongest reason first."""

    number: str
    title: str
    text: str
    source: Literal["official", "agent", "member"]
    author: str = Field(description="Empty for the shop itself.")
    published_at: datetime
    products: list[CardOut]
    reasons: list[WhyOut]


class RejectionIn(In):
    """What an agent says of a recommended product."""

    answer: Literal["accepted", "rejected"]
    reason: Literal["", "style", "customers", "price", "bad", "have"] = ""
    on_top: bool = False


class RequirementsIn(In):
    """An agent's selection requirements; what is left out is left open."""

    categories: list[int] = Field(default=[], max_length=100)
    brands: list[str] = Field(default=[], max_length=100)
    suppliers: list[int] = Field(default=[], max_length=100)
    ship_from: list[str] = Field(default=[], max_length=100, description="Provinces by the two digits of their code.")
    minimum_fen: int | None = Field(default=None, ge=0, le=10**11)
    maximum_fen: int | None = Field(default=None, ge=0, le=10**11)
    commission_points: int = Field(default=0, ge=0, le=10_000)
    return_points: int | None = Field(default=None, ge=0, le=10_000)


class RequirementsOut(Out):
    """The requirements as they are kept."""

    categories: list[int]
    brands: list[str]
    suppliers: list[int]
    ship_from: list[str]
    minimum_fen: int | None
    maximum_fen: int | None
    commission_points: int
    return_points: int | None

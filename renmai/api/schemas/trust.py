"""Alerts of customers who linger, and trust both ways."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import In, Plain
from renmai.api.schemas.shops import ShareOut


class SeenOut(Out):
    """One thing that was seen, by the name of the feature: ``views`` 2, ``seconds`` 120, ``cart_additions`` 1."""

    name: str
    value: int


class BrowseAlertOut(Out):
    """A customer of hers lingers on a product. ``trust_cost_fen`` is what sharing now costs in trust; null where nothing was priced."""

    id: int = Field(alias="alert.pk")
    status: str = Field(alias="alert.status", examples=["open"])
    customer_id: int = Field(alias="alert.customer_id")
    customer_name: str = Field(alias="name")
    product_id: int = Field(alias="alert.product_id")
    product_title: str = Field(alias="alert.product.title")
    chance_percent: int
    reasons: list[SeenOut]
    trust_cost_fen: int | None = Field(alias="alert.trust_cost_fen")
    browsed_at: datetime = Field(alias="alert.browsed_at")
    due_at: datetime = Field(alias="alert.due_at")

    @staticmethod
    def resolve_reasons(card: Any) -> list[dict[str, object]]:
        """What raised the chance most."""
        return [{"name": name, "value": value} for name, value in card.reasons]


class AlertAnswerIn(In):
    """What she does about it."""

    answer: Literal["share", "not_now"]


class AlertAnswerOut(Out):
    """What became of it; ``share`` is the link to give away, null when it was set aside."""

    status: str
    share: ShareOut | None


class LedgerLineOut(Out):
    """One thing that earned or spent trust, in words."""

    title: str
    at: datetime
    is_good: bool
    is_share: bool


class CustomerTrustOut(Out):
    """What an agent may read of a tie: in words, never who muted her or complained. Money in fen; ``rest_days`` 0: rested."""

    customer_id: int
    word: str = Field(examples=["Trusts you"])
    share_costs_fen: int = Field(
        alias="cost_fen", description="The chance that one more share mutes, times what flows through the tie."
    )
    worth_fen: int
    rest_days: int
    is_good_moment: bool
    lines: list[LedgerLineOut]


class PledgeCountOut(Out):
    """One kind of pledge in the last 90 days."""

    pledge: str = Field(examples=["payout"])
    label: Text
    kept: int
    broken: int


class RegardOut(Out):
    """How far an agent can rely on the platform: ``chance`` that the next pledge to her is kept; ``usual`` with all agents."""

    chance: float = Field(alias="belief.mean")
    usual: float = Field(alias="belief.prior")
    kept: float = Field(alias="belief.tally.good", description="Weighed and faded.")
    broken: float = Field(alias="belief.tally.bad", description="Weighed and faded.")
    counts: list[PledgeCountOut]


class PledgeOut(Out):
    """One pledge that was kept or broken, with its evidence."""

    pledge: str
    evidence: str = Field(examples=["withdrawal:5"])
    is_kept: bool
    at: datetime


class FeedbackIn(In):
    """What one thinks of something shared."""

    word: Literal["useful", "not_useful", "mute"]


class ComplaintIn(In):
    """What is wrong, in 5 to 300 characters."""

    note: Annotated[Plain, Field(max_length=300)]


class FeedbackOut(Out):
    """A word that was said, and when it was taken back."""

    id: int = Field(alias="pk")
    word: str
    sharer_id: int
    product_id: int | None
    at: datetime
    undone_at: datetime | None


class SharerOut(Out):
    """Somebody who shares to one, and what one said of it."""

    sharer_id: int = Field(alias="user.pk")
    name: str = Field(alias="user.display_name")
    since: datetime
    last_at: datetime
    is_muted: bool
    useful: int = Field(alias="said.useful")
    not_useful: int = Field(alias="said.not_useful")
    complaints: int = Field(alias="said.complaints")


class MuteOut(Out):
    """Somebody whom one hears nothing of."""

    sharer_id: int
    name: str = Field(alias="sharer.display_name")
    at: datetime


class PauseOut(Out):
    """A time without new links after a complaint; never who complained."""

    id: int = Field(alias="pk")
    sharer_id: int
    sharer_name: str = Field(alias="sharer.display_name")
    begins_at: datetime
    until: datetime
    lifted_at: datetime | None


class AgentAlertsOut(Out):
    """One agent's alerts of a period."""

    user_id: int
    name: str
    told: int
    shared: int
    missed: int
    ordered: int


class HeldCountOut(Out):
    """How often nobody was told, for one reason."""

    reason: str
    count: int


class AlertFiguresOut(Out):
    """Alerts of a period: what became of them, delays in milliseconds, why agents were not told, and agents told most."""

    told: int
    shared: int
    dismissed: int
    missed: int
    withdrawn: int
    waiting: int
    visited: int
    ordered: int
    shared_ordered: int
    expected_orders: float
    told_half_ms: int | None
    told_most_ms: int | None
    held: list[HeldCountOut]
    agents: list[AgentAlertsOut]

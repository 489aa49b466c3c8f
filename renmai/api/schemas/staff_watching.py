"""What the staff sees of compliance and of rewards that were held."""

from datetime import datetime
from typing import Any

from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import In
from renmai.campaigns.actions.rewarding import ANSWER_LENGTH
from renmai.campaigns.models import Reward
from renmai.fraud import reasons
from renmai.fraud.cases import Reason


class AlarmFigureOut(Out):
    """One number of a finding. ``unit``: ``count``, ``fen``, ``percent`` (basis points) or ``hundredths``."""

    name: str
    title: Text
    value: int
    unit: str


class AlarmFindingOut(Out):
    """One thing that the alarm found, with the rule behind it. ``agent_id`` is empty when it is about the whole house."""

    code: str
    level: str
    agent_id: int | None
    sentence: Text
    source: Text
    figures: list[AlarmFigureOut]
    evidence: list[str]


class ComplianceOut(Out):
    """Agents' lines and money as they are now."""

    at: datetime
    agents: int
    deepest_levels: int
    largest_line: int
    own_fen: int
    others_fen: int
    paid_fen: int = Field(alias="origin.paid_fen")
    traced_fen: int = Field(alias="origin.traced_fen")
    foreign_fen: int = Field(alias="origin.foreign_fen")
    findings: list[AlarmFindingOut]


class HeldReasonOut(Out):
    """One row of the scorecard that applied."""

    code: str
    points: int
    figure: int
    sentence: Text


class HeldRewardOut(Out):
    """A reward that a person looks at, or looked at. ``amount`` is in the benefit's unit: fen, or points."""

    id: int
    campaign: Text = Field(alias="campaign.title")
    campaign_id: int
    beneficiary_id: int
    beneficiary: Text = Field(alias="beneficiary.display_name")
    brought_id: int | None
    order_number: str = Field(alias="order.number")
    benefit: str
    amount: int
    status: str
    created_at: datetime
    decided_at: datetime | None
    answer: Text
    score: int
    reasons: list[HeldReasonOut]

    @staticmethod
    def resolve_score(row: Reward) -> int:
        """The sum of the points."""
        return sum(reason["points"] for reason in row.reasons)

    @staticmethod
    def resolve_reasons(row: Reward) -> list[dict[str, Any]]:
        """Every reason with its sentence."""
        return [
            {**reason, "sentence": reasons.sentence(Reason(reason["code"], reason["points"], reason["figure"]))}
            for reason in row.reasons
        ]


class RewardAnswerIn(In):
    """Why somebody decides so."""

    answer: str = Field(max_length=ANSWER_LENGTH)

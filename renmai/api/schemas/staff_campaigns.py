"""What the staff sees and says of campaigns: plays with their fields, terms, objections, figures."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from renmai.api.answers import Out, Text
from renmai.api.parsing import Fen, In
from renmai.campaigns.actions.composing import COPY_LENGTH, TITLE_LENGTH
from renmai.campaigns.actions.running import REASON_LENGTH
from renmai.campaigns.models import Campaign, TermsVersion

YEARS = range(2000, 2999)
MOST_CHANNELS = 10


def _written(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("is not a moment written as text")  # noqa: TRY004 - Pydantic turns this one into a refusal
    return value


def _of_our_time(value: datetime) -> datetime:
    if value.year not in YEARS:
        raise ValueError("lies out of every calendar")
    return value


Moment = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_written), AfterValidator(_of_our_time)]
Title = Annotated[str, Field(max_length=TITLE_LENGTH)]
CopyText = Annotated[str, Field(max_length=COPY_LENGTH)]
Channels = Annotated[list[str], Field(max_length=MOST_CHANNELS)]
Terms = Annotated[
    dict[str, Any],
    Field(description="By the names of the play's fields, in raw units: fen, basis points, ids, `[[people, fen]]`."),
]
Part = Annotated[int, Field(ge=0, le=10_000, description="Basis points.")]


class ChoiceOut(Out):
    """One value of a field that is a choice."""

    value: str
    label: Text


class FieldOut(Out):
    """One term of a play: enough to draw an editor."""

    name: str
    kind: str
    label: Text
    help: Text
    group: Text
    default: Any
    minimum: int
    maximum: int
    choices: list[ChoiceOut]
    is_required: bool

    @staticmethod
    def resolve_choices(row: Any) -> list[ChoiceOut]:
        """Its values, if it is a choice."""
        return [ChoiceOut(value=value, label=label) for value, label in row.choices]


class PlayOut(Out):
    """A play that is installed here."""

    key: str
    title: Text
    says: Text
    icon: str
    layer: str
    incentive: str
    benefits: list[str]
    fields: list[FieldOut]


class CampaignIn(In):
    """A campaign as it is composed."""

    play: str = Field(max_length=20)
    title_zh: Title
    title_en: Title = ""
    copy_zh: CopyText = ""
    copy_en: CopyText = ""
    channels: Channels
    starts_at: Moment
    ends_at: Moment
    terms: Terms = Field(default_factory=dict)
    budget_fen: Annotated[Fen, Field(ge=1)] | None = None
    return_bound_basis_points: Part = 1500
    complaint_bound_basis_points: Part = 500


class CampaignChangeIn(In):
    """What is to be otherwise; what is left out stays. ``terms`` replaces those that it names."""

    title_zh: Title | None = None
    title_en: Title | None = None
    copy_zh: CopyText | None = None
    copy_en: CopyText | None = None
    channels: Channels | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    terms: Terms | None = None
    budget_fen: Annotated[Fen, Field(ge=1)] | None = None
    return_bound_basis_points: Part | None = None
    complaint_bound_basis_points: Part | None = None


class WhyIn(In):
    """Why it is done."""

    reason: str = Field(max_length=REASON_LENGTH)


class CampaignOut(Out):
    """A campaign with the terms that hold now."""

    id: int
    number: str
    play: str
    title_zh: str
    title_en: str
    copy_zh: str
    copy_en: str
    status: str
    channels: list[str]
    starts_at: datetime
    ends_at: datetime
    terms: dict[str, Any]
    version: int
    revision: int
    budget_fen: int | None
    spent_fen: int
    return_bound_basis_points: int
    complaint_bound_basis_points: int
    stop_reason: str
    composed_by: str | None
    approved_by: str | None
    launched_at: datetime | None
    closed_at: datetime | None

    @staticmethod
    def resolve_composed_by(row: Campaign) -> str | None:
        """Who composed it."""
        return row.created_by.display_name if row.created_by else None

    @staticmethod
    def resolve_approved_by(row: Campaign) -> str | None:
        """Who gave the second look."""
        return row.approved_by.display_name if row.approved_by else None


class VersionOut(Out):
    """The terms as they were from a moment on."""

    number: int
    terms: dict[str, Any]
    made_at: datetime
    made_by: str | None

    @staticmethod
    def resolve_made_by(row: TermsVersion) -> str | None:
        """Who wrote them."""
        return row.made_by.display_name if row.made_by else None


class FindingOut(Out):
    """One objection of the rules. ``place`` is the field in which ``fragment`` stands; empty for one about the settings."""

    outcome: str
    place: str
    fragment: str
    start: int
    end: int
    channel: str
    rule: str
    source: str
    advice: Text


class BoundOut(Out):
    """A guardrail: what happened, of how many, and how that stands to its bound."""

    name: str
    count: int
    of: int
    basis_points: int
    lower_basis_points: int
    bound_basis_points: int
    state: str


class CampaignFigureOut(Out):
    """One of the play's own figures with its definition."""

    label: Text
    value: int | None
    unit: str
    definition: Text


class CampaignDayOut(Out):
    """The orders of a campaign that were paid on one day."""

    day: str
    paid: int
    paid_fen: int

    @staticmethod
    def resolve_day(row: Any) -> str:
        """The day in China."""
        return str(row.day)


class CampaignFiguresOut(Out):
    """What came of a campaign. Amounts in fen."""

    orders: int
    paid: int
    buyers: int
    newcomers: int
    discount_fen: int
    net_fen: int
    spent_fen: int
    budget_fen: int | None
    bounds: list[BoundOut]
    figures: list[CampaignFigureOut]
    days: list[CampaignDayOut]

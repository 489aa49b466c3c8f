"""What goes into the linter and what comes out of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from django.utils.functional import Promise

from renmai.policy.channels import EVERYWHERE
from renmai.policy.rules import Outcome

Words = str | Promise
RewardAfter = Literal["share", "visit", "paid", "settled"]


class Family(StrEnum):
    """What kind of offence a pattern stands for."""

    INDUCED_SHARING = "induced_sharing"
    ASSIST = "assist"
    LOTTERY = "lottery"
    PYRAMID = "pyramid"
    BAN_RISK = "ban_risk"
    ABSOLUTE_CLAIM = "absolute_claim"
    EFFICACY = "efficacy"
    FALSE_PRICE = "false_price"
    PRIVACY = "privacy"


@dataclass(frozen=True, kw_only=True)
class CampaignFacts:
    """The settings of a campaign as far as rules ask about them. The defaults are those of a campaign that does nothing of the kind.

    Money is in fen, ratios are in basis points of the price. ``prize_fen`` is the value of the dearest prize, ``reward_after`` the
    moment at which a reward for bringing somebody is earned (None: there is none), ``deposit_back_basis_points`` what comes back of
    each hundredth of a deposit when the shop does not deliver (None: there is no deposit).
    """

    commission_depth: int = 0
    total_ratio_basis_points: int = 0
    pays_per_recruit: bool = False
    rewards_sharing: bool = False
    forces_sharing: bool = False
    needs_helpers: bool = False
    is_draw: bool = False
    prize_fen: int = 0
    publishes_terms: bool = True
    entry_fee_fen: int = 0
    requires_purchase: bool = False
    uses_invented_people: bool = False
    invents_scarcity: bool = False
    invents_original_price: bool = False
    prices_by_profile: bool = False
    reward_after: RewardAfter | None = None
    deposit_basis_points: int = 0
    deposit_back_basis_points: int | None = None


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What is to be judged: texts as people will read them, the channels they go to, and the campaign's settings if there are any."""

    texts: tuple[str, ...] = ()
    channels: frozenset[str] = EVERYWHERE
    facts: CampaignFacts | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One objection. ``texts[text_index][start:end]`` of the copy is ``fragment``; a finding about settings has neither (-1, 0, 0).

    ``channel`` is empty when the objection holds everywhere. ``source`` is that of the rule in force, ``advice`` says what to change.
    """

    code: str
    family: Family | None
    outcome: Outcome
    fragment: str
    text_index: int
    start: int
    end: int
    channel: str
    rule_key: str
    source: str
    advice: Words

"""The linter of campaigns: what in their copy and settings breaks a rule on the channels they run on.

``lint`` reads the texts against a table of patterns (``patterns``), hears with what was learned from labelled copy what no pattern spells
out (``reader``), and asks the rule table about the settings (``settings``). An empty answer is no lawyer's opinion.
"""

from renmai.policy.linting.engine import TEXT_MAX_LENGTH, lint, worst
from renmai.policy.linting.types import CampaignFacts, Copy, Family, Finding, RewardAfter

__all__ = ["TEXT_MAX_LENGTH", "CampaignFacts", "Copy", "Family", "Finding", "RewardAfter", "lint", "worst"]

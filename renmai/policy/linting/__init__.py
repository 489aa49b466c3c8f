"""The linter of campaigns: what in their copy and settings breaks a rule on the channels they run on.

``lint`` reads the texts against a table of patterns (``patterns``) and asks the rule table about the settings (``settings``). It
finds what is said, not what is meant: an empty answer is no lawyer's opinion.
"""

from renmai.policy.linting.engine import lint, worst
from renmai.policy.linting.types import CampaignFacts, Copy, Family, Finding, RewardAfter

__all__ = ["CampaignFacts", "Copy", "Family", "Finding", "RewardAfter", "lint", "worst"]

"""What people can agree to: each purpose apart, each text with its version."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Purpose(StrEnum):
    """A purpose that needs an agreement of its own."""

    TERMS = "terms"
    PRIVACY = "privacy"
    AGENT_AGREEMENT = "agent_agreement"
    BROWSING = "browsing"
    RECOMMENDATIONS = "recommendations"
    AGENT_ALERTS = "agent_alerts"
    MARKETING = "marketing"


@dataclass(frozen=True)
class ConsentText:
    """The text in force for a purpose. A new version asks everybody again; ``is_optional`` ones can be withdrawn alone."""

    version: str
    title: str | Promise
    says: str | Promise
    is_optional: bool


PURPOSES: dict[Purpose, ConsentText] = {
    Purpose.TERMS: ConsentText(
        "2026-11", _("Terms of use"), _("What you may expect of the shop, and the shop of you."), is_optional=False
    ),
    Purpose.PRIVACY: ConsentText(
        "2026-11", _("Privacy"), _("Which data the shop keeps to deliver what you order, and how long."), is_optional=False
    ),
    Purpose.AGENT_AGREEMENT: ConsentText(
        "2026-11",
        _("Agent agreement"),
        _("You recommend goods and earn on kept orders. No fee, no purchase, nothing for bringing in people."),
        is_optional=False,
    ),
    Purpose.BROWSING: ConsentText(
        "2026-11",
        _("Remembering what I look at"),
        _("The shop keeps which goods you look at, and for how long, under your name."),
        is_optional=True,
    ),
    Purpose.RECOMMENDATIONS: ConsentText(
        "2026-11", _("Personal recommendations"), _("Goods are picked by what you looked at and bought."), is_optional=True
    ),
    Purpose.AGENT_ALERTS: ConsentText(
        "2026-11",
        _("Telling my agent"),
        _("Your agent hears at once which goods you are interested in, so that she can help."),
        is_optional=True,
    ),
    Purpose.MARKETING: ConsentText(
        "2026-11", _("News and offers"), _("The shop may write to you about goods and offers."), is_optional=True
    ),
}

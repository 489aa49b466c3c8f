"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "distribution",
    {
        "born_on": (400, _("Please give your true date of birth.")),
        "real_name": (400, _("Please give your real name: it must match the account that is paid.")),
        "payout_account": (400, _("Please give the account that shall be paid, at most 64 characters.")),
        "occupation": (400, _("Please choose what you do.")),
        "consent_missing": (400, _("Please read the agent agreement and agree to it first.")),
        "closed": (403, _("This agent account was closed. Please contact customer service.")),
        "not_agent": (403, _("Become an agent first: it is free.")),
        "not_active": (403, _("Your agent account is suspended. Please contact customer service.")),
        "status": (409, _("The agent is not in a state in which this can be done.")),
        "reason": (400, _("Please write the reason.")),
        "no_payout_account": (409, _("Please enter your real name and the account that shall be paid first.")),
        "below_minimum": (400, _("At least %(minimum)s can be withdrawn at once.")),
        "not_enough": (409, _("Only %(available)s can be withdrawn now.")),
        "same_person": (403, _("The second approval must come from another person.")),
        "own_withdrawal": (403, _("Nobody decides on her own withdrawal.")),
        "leader": (400, _("A team is led by another agent who is active.")),
        "rate": (400, _("A rate is a whole number of basis points from 0 to 3000.")),
        "rate_over_cap": (400, _("Both levels together may not exceed %(cap)s %%, the cap in force.")),
        "second_level_off": (409, _("The second level is switched off in the settings.")),
    },
)

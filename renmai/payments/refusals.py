"""What payments refuse."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "payments",
    {
        "unknown_provider": (404, _("This way to pay does not exist.")),
        "unknown_payment": (404, _("The provider speaks of a payment that we do not know.")),
        "signature": (401, _("The signature of this notification is wrong.")),
        "stale": (401, _("This notification is too old, or from the future.")),
        "replayed": (409, _("This notification was already handled.")),
        "malformed": (400, _("This notification cannot be read.")),
        "mismatch": (409, _("The provider's amount is not ours. A person will look at it.")),
        "already_paid": (409, _("This order is already paid.")),
        "too_late": (409, _("The time to pay is over.")),
        "unavailable": (503, _("The payment provider does not answer. Please try again in a moment.")),
        "declined": (409, _("The payment provider did not accept this.")),
        "not_paid": (409, _("This payment has not been collected, so it cannot be refunded.")),
        "refund_too_much": (409, _("That is more than what is left of this payment.")),
        "conflict": (409, _("This was already asked for with other contents.")),
        "wrong_state": (409, _("This has already moved on. Please look again.")),
    },
)

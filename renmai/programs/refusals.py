"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "programs",
    {
        "name": (400, _("Please give it a name of at most 60 characters.")),
        "url": (400, _("A webhook needs an https address that can be reached from outside.")),
        "events": (400, _("Please choose at least one event.")),
        "too_many_tokens": (409, _("You can have at most %(most)s keys. Please revoke one first.")),
        "too_many_webhooks": (409, _("There can be at most %(most)s webhooks. Please stop one first.")),
    },
)

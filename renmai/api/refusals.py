"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "api",
    {
        "token": (401, _("This key is unknown, revoked or out of date.")),
        "name": (400, _("Please give it a name of at most 60 characters.")),
        "url": (400, _("A webhook needs an https address that can be reached from outside.")),
        "events": (400, _("Please choose at least one event.")),
        "key_missing": (400, _("This request needs an Idempotency-Key header of 8 to 64 characters.")),
    },
)

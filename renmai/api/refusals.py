"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "api",
    {
        "token": (401, _("This key is unknown, revoked or out of date.")),
        "visitor": (400, _("This visitor id was not given by us. Send none to get one.")),
        "csrf": (403, _("This request came without the token of our own pages.")),
        "consent": (400, _("Please read the terms of use and the privacy notice and agree to them first.")),
        "name": (400, _("Please give it a name of at most 60 characters.")),
        "url": (400, _("A webhook needs an https address that can be reached from outside.")),
        "events": (400, _("Please choose at least one event.")),
        "key_missing": (400, _("This request needs an Idempotency-Key header of 8 to 64 characters.")),
        "too_many_tokens": (409, _("You can have at most %(most)s keys. Please revoke one first.")),
        "too_many_webhooks": (409, _("There can be at most %(most)s webhooks. Please stop one first.")),
        "method": (405, _("This address does not take that method.")),
        "content_type": (415, _("Please send JSON (Content-Type: application/json).")),
        "json": (400, _("The body of this request is not JSON that can be read.")),
        "too_deep": (400, _("The body of this request is too large a tree; it may be %(most)s levels deep.")),
        "too_large": (413, _("The body of this request may have at most %(most)s MiB.")),
        "broken": (500, _("Something broke on our side, and we have written it down. Please try again.")),
    },
)

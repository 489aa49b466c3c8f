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
        "key_missing": (400, _("This request needs an Idempotency-Key header of 8 to 64 characters.")),
        "method": (405, _("This address does not take that method.")),
        "content_type": (415, _("Please send JSON (Content-Type: application/json).")),
        "form": (400, _("Please send one file as multipart/form-data, in the field “%(name)s”, and nothing else.")),
        "json": (400, _("The body of this request is not JSON that can be read.")),
        "too_deep": (400, _("The body of this request is too large a tree; it may be %(most)s levels deep.")),
        "too_large": (413, _("The body of this request may have at most %(most)s MiB.")),
        "broken": (500, _("Something broke on our side, and we have written it down. Please try again.")),
    },
)

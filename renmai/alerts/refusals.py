"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "alerts",
    {
        "sessions_file": (400, _("The file of sessions cannot be read (line %(line)s): %(reason)s")),
        "too_late": (409, _("This tip is over: somebody has dealt with it, or its time has passed.")),
        "too_many_streams": (429, _("Too many windows are open. Close one and try again in %(wait)s.")),
    },
)

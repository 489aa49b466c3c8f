"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "portraits",
    {
        "field": (400, _("There is no such condition. Please choose one from the list.")),
        "comparison": (400, _("This condition cannot be compared like that.")),
        "value": (400, _("Please give a value that this condition can have.")),
        "conditions": (400, _("A segment needs one to %(most)s conditions.")),
        "name": (400, _("Please give the segment a name of at most 40 characters.")),
        "name_taken": (409, _("There is a segment of this name already.")),
        "part": (400, _("There is no such part of a portrait.")),
        "interest": (404, _("This interest is not in your portrait.")),
        "not_hers": (404, _("She is not a customer of your shop.")),
    },
)

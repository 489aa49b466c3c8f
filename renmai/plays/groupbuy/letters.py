"""What the play tells people."""

from django.utils.translation import gettext_lazy as _

from renmai.care.texts import Template, add_texts

LEADS = "groupbuy_leads"
LEADS_FOR_LESS = "groupbuy_leads_for_less"

_TITLE = _("You lead the group now")

add_texts(
    {
        LEADS: Template(
            "order",
            "group",
            _TITLE,
            _("Whoever led the group for “%(title)s” has left it. It goes on with you as its leader; you need not do anything."),
        ),
        LEADS_FOR_LESS: Template(
            "order",
            "group",
            _TITLE,
            _(
                "Whoever led the group for “%(title)s” has left it. It goes on with you as its leader: when it succeeds, %(off)s for each"
                " piece comes back to you, as leaders get it."
            ),
        ),
    }
)

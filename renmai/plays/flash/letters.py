"""What the play tells people."""

from django.utils.translation import gettext_lazy as _

from renmai.care.texts import Template, add_texts

TURN = "flash_turn"
LATE = "flash_late"

add_texts(
    {
        TURN: Template(
            "order",
            "clock",
            _("It is your turn"),
            _("A piece of “%(title)s” is kept for you until %(until)s. Order and pay by then."),
        ),
        LATE: Template(
            "order",
            "clock",
            _("Your piece went to the next in line"),
            _("“%(title)s” was not ordered and paid in time. While the sale lasts you can join the line again."),
        ),
    }
)

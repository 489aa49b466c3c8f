"""Words for the page of events: why something was set aside, where events come from and by what right they are kept."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from renmai.accounts.consents import PURPOSES
from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.records import Source
from renmai.insight.stream.registry import Schema

Words = str | Promise

REASONS: Final[dict[Reason, tuple[Words, Words]]] = {
    Reason.UNREADABLE: (gettext_lazy("Cannot be read"), gettext_lazy("What came is no batch of events at all.")),
    Reason.UNKNOWN_NAME: (gettext_lazy("Unknown event"), gettext_lazy("No event of this name comes from browsers.")),
    Reason.BAD_VERSION: (gettext_lazy("Unknown version"), gettext_lazy("The page is newer than the shop, or makes versions up.")),
    Reason.BAD_FIELD: (
        gettext_lazy("Wrong field"),
        gettext_lazy("A field is missing, unknown, of the wrong type or out of range."),
    ),
    Reason.UNKNOWN_PRODUCT: (gettext_lazy("Unknown product"), gettext_lazy("There is no product of this number.")),
    Reason.TOO_OLD: (gettext_lazy("Too old"), gettext_lazy("It happened more than two days before it arrived.")),
    Reason.FUTURE: (gettext_lazy("From the future"), gettext_lazy("It happened after it was sent, by the same clock.")),
    Reason.CLOCK: (gettext_lazy("Wild clock"), gettext_lazy("The browser's clock is more than a day off.")),
    Reason.FORGED_MEMBER: (
        gettext_lazy("Names a member"),
        gettext_lazy("It says itself whose it is. Only the session may say that."),
    ),
    Reason.STORM: (gettext_lazy("Storm"), gettext_lazy("One browser sent more than 600 events a minute.")),
    Reason.BOT: (
        pgettext_lazy("quarantine", "Machine"),
        gettext_lazy("The browser calls itself a robot, a preview or a monitor."),
    ),
}

SOURCES: Final[dict[Source, Words]] = {
    Source.BROWSER: pgettext_lazy("event source", "Browser"),
    Source.SERVER: pgettext_lazy("event source", "Shop"),
}


def kept_by(schema: Schema) -> str:
    """Return by what right an event is kept under somebody's name."""
    if schema.purpose is None:
        return _("Her order, or done in public")
    return _("Consent “%(purpose)s”") % {"purpose": PURPOSES[schema.purpose].title}

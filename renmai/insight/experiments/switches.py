"""Switches 开关: the places of the product that can be one way or another. Each is asked by real code; nothing else can be experimented on.

Besides the table here there are those of the plays: what of a campaign's terms can be varied (``Play.variations``).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.campaigns.plays import Play, plays
from renmai.kernel.errors import DomainError

Text = str | Promise


class Unit(StrEnum):
    """Who is dealt out. Everything one of them meets is the same; what is counted is counted for each."""

    MEMBER = "member"
    VISITOR = "visitor"
    AGENT = "agent"


UNIT_LABELS: dict[Unit, Text] = {
    Unit.MEMBER: pgettext_lazy("unit of an experiment", "Members"),
    Unit.VISITOR: pgettext_lazy("unit of an experiment", "Browsers, and the members they turn out to be"),
    Unit.AGENT: pgettext_lazy("unit of an experiment", "Agents"),
}


@dataclass(frozen=True)
class Option:
    """One way a switch can be."""

    key: str
    label: Text


@dataclass(frozen=True)
class Switch:
    """One place and the ways it can be; the first is how it is when nobody decided otherwise. ``units`` may be dealt out for it.

    With a ``play`` it varies the terms of one campaign of that play, which the experiment names.
    """

    key: str
    title: Text
    about: Text
    options: tuple[Option, ...]
    units: tuple[Unit, ...]
    play: str = ""

    @property
    def default(self) -> str:
        """How it is when nobody decided otherwise."""
        return self.options[0].key

    def option(self, key: str) -> Option | None:
        """Return the option of this key, None when there is no such (any more)."""
        return next((option for option in self.options if option.key == key), None)


STRATEGIES = (
    Option("setting", _("As the setting says")),
    Option("personal", pgettext_lazy("strategy", "For each her own")),
    Option("popular", pgettext_lazy("strategy", "What sells most")),
    Option("seasonal", pgettext_lazy("strategy", "What the season sells")),
    Option("tail", pgettext_lazy("strategy", "What lies in the warehouse")),
    Option("fixed", pgettext_lazy("strategy", "The same goods for everybody")),
)
"""The strategies of ``matching``, which is above this room and tests that these are they."""

SWITCHES: tuple[Switch, ...] = (
    Switch(
        key="home.shelf",
        title=_("First shelf of the home page"),
        about=_("What stands above on the home page: goods that sell, or goods that are new."),
        options=(Option("sold", _("Bestsellers first")), Option("newest", _("New goods first"))),
        units=(Unit.MEMBER, Unit.VISITOR),
    ),
    Switch(
        key="home.chosen",
        title=_("Goods chosen for a member on the home page"),
        about=_("Asked for members who want goods chosen for them: her own shelf, or only what everybody sees."),
        options=(Option("personal", _("Her own shelf first")), Option("popular", _("What sells and what is new"))),
        units=(Unit.MEMBER,),
    ),
    Switch(
        key="chosen.strategy",
        title=_("How goods are chosen for a member"),
        about=_(
            "Asked when the list of a member who wants goods chosen for her is made; she counts from the moment she sees it."
        ),
        options=STRATEGIES,
        units=(Unit.MEMBER,),
    ),
    Switch(
        key="advice.strategy",
        title=_("How new goods are chosen for an agent"),
        about=_("Asked when the list of goods for an agent's shop is made; she counts from the moment she sees it."),
        options=STRATEGIES,
        units=(Unit.AGENT,),
    ),
    Switch(
        key="share.message",
        title=_("Message of a shared product"),
        about=_("The text that goes with somebody's own link: name and price alone, or with the agent's own words."),
        options=(Option("plain", _("Name and price")), Option("voice", _("With the agent's words"))),
        units=(Unit.MEMBER, Unit.AGENT),
    ),
    Switch(
        key="alerts.daily",
        title=_("How often an agent hears of one customer"),
        about=_("Asked when she would be told of her a second time on one day: as often as the setting allows, or only once."),
        options=(Option("setting", _("As the setting allows")), Option("once", _("Once a day"))),
        units=(Unit.MEMBER,),
    ),
)


def switches() -> tuple[Switch, ...]:
    """Return every switch there is: those of the product, then those of the plays."""
    return (*SWITCHES, *(each for found in plays().values() for each in _of_play(found)))


def _of_play(play: Play) -> tuple[Switch, ...]:
    return tuple(
        Switch(
            key=f"{play.key}.{each.name}",
            title=format_lazy("{}: {}", play.title, each.title),
            about=each.about,
            options=tuple(Option(key, label) for key, label in each.options),
            units=(Unit.MEMBER,),
            play=play.key,
        )
        for each in play.variations
    )


def switch(key: str) -> Switch:
    """Return a switch. Raises ``experiments.unknown_switch``."""
    found = next((each for each in switches() if each.key == key), None)
    if found is None:
        raise DomainError("experiments.unknown_switch")
    return found

"""What a play shows of its campaigns: offers, cards of links, entries of menus, words beside an order, figures, who joined through
whom, and the acts that only it knows.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Offer:
    """What a product's page or a tile says of a running campaign: the price, and where it leads. True, and can be opened."""

    play: str
    campaign_id: int
    label: str
    price_fen: int | None
    url: str
    detail: str = ""
    icon: str = "gift"
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Told:
    """What the page of an order says of a campaign it is in, and where that leads."""

    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Card:
    """What a shared link's message and poster say: a title, a price if there is one, and a note beside it (“for two”).

    ``earns`` says who gets something when somebody comes through the link, where the play itself gives it: it stands in every disclosure.
    """

    title: str
    price_fen: int | None
    note: str = ""
    earns: str = ""


@dataclass(frozen=True)
class Figure:
    """One number of a campaign's statistics with its definition. ``unit``: ``fen``, ``people``, ``basis_points``, ``seconds``, ``pieces``, ``times``."""

    label: Text
    value: int | None
    unit: str
    definition: Text


@dataclass(frozen=True)
class Joining:
    """Somebody took part at a moment, through somebody else or by herself (None)."""

    user_id: int
    through_id: int | None
    at: datetime


@dataclass(frozen=True)
class Act:
    """Something only this play lets the staff do to a campaign, once they have read what it moves and have said why.

    ``key`` stands in its address. ``says``: what it does and what cannot be undone; ``moves``: what it moves, label and figure in a
    line each; ``button``: the confirmation, with the amount; ``done``: what is said afterwards.
    """

    key: str
    label: Text
    says: Text
    button: Text
    done: Text
    moves: tuple[tuple[Text, Text], ...] = ()


@dataclass(frozen=True)
class Link:
    """An entry that the play adds to a menu: ``tab`` (bottom of the customer's phone), ``me``, ``agent``, ``console``."""

    place: Literal["tab", "me", "agent", "console"]
    label: Text
    icon: str
    url_name: str

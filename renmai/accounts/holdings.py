"""What the shop holds of people, room by room: each table with a person's column says here what becomes of its rows when her account is
deleted, and what of them is in her own copy. A table that says nothing fails a test of the journeys.

A room lists its ``Holding``s in a module of this name; ``journeys.holdings`` knows them all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User


@dataclass(frozen=True)
class Open:
    """One thing of somebody's that goes on in a play and ends before her account does: in words, its page, and the order it is about."""

    says: str
    url: str
    order_id: int


MOST_COPIED: Final = 10_000
"""So many rows of each table are in somebody's copy, the newest ones."""

People = Sequence[int] | QuerySet[User, int]


class Topic(models.TextChoices):
    """What the rows of a table are about, in words for her."""

    ACCOUNT = "account", _("Name, phone and sign-in")
    SESSIONS = "sessions", _("Devices you signed in with")
    ADDRESSES = "addresses", _("Addresses")
    AGREEMENTS = "agreements", _("What you agreed to")
    CART = "cart", _("Cart and favourites")
    LOOKS = "looks", _("What you looked at")
    PORTRAIT = "portrait", _("Interests and everything worked out from them")
    MESSAGES = "messages", pgettext_lazy("holding", "Messages")
    ALERTS = "alerts", _("What agents were told about you")
    ORDERS = "orders", _("Orders, payments and parcels")
    CLAIMS = "claims", _("After-sales")
    REVIEWS = "reviews", pgettext_lazy("holding", "Reviews")
    SUGGESTIONS = "suggestions", pgettext_lazy("holding", "Suggestions")
    POSTS = "posts", _("Posts, and whom you follow")
    LINKS = "links", _("Links you shared, and links you opened")
    AGENT = "agent", _("Which agent you belong to")
    TRUST = "trust", _("What you said of things shared with you")
    SHOP = "shop", _("Your micro-shop")
    INCOME = "income", _("Commission, withdrawals and tax")
    BENEFITS = "benefits", _("Coupons, red packets, points and levels")
    PLAYS = "plays", _("Group buys, bargains, invitations and sales")
    TRIALS = "trials", _("Trials of pages that you were part of")
    PROGRAMS = "programs", _("Keys of programs")
    SAFETY = "safety", _("Protection against fraud")


class Why(models.TextChoices):
    """Why rows stay when an account is deleted; they hold the number of the account then, and nothing that says whose it was."""

    LAW = "law", _("The law wants sales, payments and tax on record for years (E-commerce Law, art. 31; tax law).")
    OTHERS = "others", _("It is somebody else's record too: her order, her income, her group.")
    PROOF = "proof", _("It proves what was agreed, in case anybody asks.")
    COUNTED = "counted", _("Sums that were told to others rest on it.")


class Uncopied(models.TextChoices):
    """Why rows are not in her copy."""

    INSIDE = "inside", _("It is in the copy, within what it belongs to.")
    OTHERS = "others", _("It tells what other people did, not she.")
    SAFETY = "safety", _("Digests that nobody can read back; the list would only teach how to get around them.")
    MACHINE = "machine", _("It is a note of the machinery about work to be done.")


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one table holds of a person, found by ``person`` (a lookup that leads to her account or its number).

    Without ``stays`` the rows are deleted with her account. With it they stay under the bare number, and ``put_out`` says what is written over
    columns that could tell whose they were. ``files`` are columns with the path of an uploaded file, which goes. ``copied`` are the columns
    of her own copy, or ``uncopied`` says why there are none.
    """

    model: type[models.Model]
    person: str
    topic: Topic
    stays: Why | None = None
    put_out: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    uncopied: Uncopied | None = None

    @property
    def name(self) -> str:
        """Under which it stands in copies and documents: ``ordering.Order by buyer``."""
        return f"{self.model._meta.label} by {self.person}"

    def rows(self, people: People) -> "QuerySet[Any]":
        """Return the rows of these people."""
        return self.model._default_manager.filter(**{f"{self.person}__in": people})


@dataclass(frozen=True)
class CopiedPart:
    """One table in somebody's copy: its columns, and her rows, the newest first. ``is_cut``: there were more than ``MOST_COPIED``."""

    name: str
    topic: Topic
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool


def erase(holdings: Sequence[Holding], people: People, *, remove: Callable[[str], None]) -> int:
    """Let go of what the tables hold of these people, in the given order; return how many rows were deleted.

    ``remove`` is told of every uploaded file that a row no longer names, within the transaction: if that fails, a row is left without its
    picture until the next attempt, and never a picture without a row.
    """
    deleted = 0
    for holding in holdings:
        rows = holding.rows(people)
        paths = {path for column in holding.files for path in rows.exclude(**{column: ""}).values_list(column, flat=True)}
        if holding.stays is None:
            deleted += rows.delete()[0]
        elif holding.put_out:
            rows.update(**holding.put_out)
        for path in sorted(paths):
            remove(path)
    return deleted


def copies(holdings: Sequence[Holding], user: User) -> Iterator[CopiedPart]:
    """Yield somebody's own copy, table by table: one statement each, at most ``MOST_COPIED`` rows."""
    for holding in holdings:
        if holding.copied:
            rows = holding.rows([user.pk]).order_by("-pk").values_list(*holding.copied)[: MOST_COPIED + 1]
            found = tuple(rows)
            yield CopiedPart(holding.name, holding.topic, holding.copied, found[:MOST_COPIED], len(found) > MOST_COPIED)

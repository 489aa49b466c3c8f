"""The door: what of the person may be kept with an event, asked anew for every batch.

A member who does not let the shop keep what she looks at leaves events without her: no user, no browser, no session, so that they count
and lead nowhere. That holds in a browser of hers too when she is not signed in. What belongs to an order or was done in public is kept with
her, yet not with her browser.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from renmai.accounts import queries as accounts
from renmai.accounts.consents import Purpose


@dataclass(frozen=True)
class Who:
    """What is known of the person behind an event."""

    user_id: int | None
    visitor_id: UUID | None
    session_id: UUID | None = None

    @property
    def is_anybody(self) -> bool:
        """Whether anything is known."""
        return self.user_id is not None or self.visitor_id is not None


NOBODY = Who(None, None)


@dataclass(frozen=True)
class Door:
    """Who agreed, and whose browsers these are: as it was when the batch came."""

    agreed: frozenset[int]
    owners: dict[UUID, int | None]

    def let_in(self, who: Who, purpose: Purpose | None) -> Who:
        """Return what of ``who`` may be kept with an event of ``purpose``."""
        member = who.user_id if who.user_id is not None else self.owners.get(who.visitor_id) if who.visitor_id else None
        if member is None:
            # A browser that was forgotten with its owner's account may still have a page open, and sends the id it had.
            return who if who.visitor_id in self.owners else NOBODY
        if member in self.agreed:
            return who
        return Who(who.user_id, None) if purpose is None else NOBODY


CLOSED: Final = Door(frozenset(), {})


def ask(people: Iterable[Who]) -> Door:
    """Return the door for a batch of people. One statement for those who are signed in, two when there are guests."""
    everybody = set(people)
    guests = {who.visitor_id for who in everybody if who.user_id is None and who.visitor_id is not None}
    owners = accounts.owners_of_visitors(sorted(guests, key=str)) if guests else {}
    members = {who.user_id for who in everybody if who.user_id is not None} | {
        owner for owner in owners.values() if owner is not None
    }
    agreed = accounts.agreed_among(sorted(members), Purpose.BROWSING) if members else frozenset()
    return Door(agreed, owners)

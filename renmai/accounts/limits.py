"""How often each act may be tried, by whom: the one table. ``docs/limits.md`` is made from it.

Guesses at something secret are counted in the database (``throttling``) and always hold. Floods are counted in memory, by process, and
made more generous or switched off by ``RENMAI_LIMITS``. One network address may be a whole town behind a provider's or WeChat's proxy, so
what is counted by it is generous; what is counted by a person, a phone or a key may be strict.
"""

from dataclasses import dataclass
from enum import StrEnum

HOUR = 3600
DAY = 24 * HOUR
GUESTS_PER_ADDRESS = 10
"""An act of a caller who is not signed in counts for the network address, which may be so many people."""


class By(StrEnum):
    """What is counted."""

    PHONE = "phone"
    ADDRESS = "network address"
    NAME_AND_ADDRESS = "user name and network address, or user name and known browser"
    NAME = "user name, browsers that are known left out"
    PERSON = "person"
    ORDER = "order"
    CALLER = "caller: the member, the key, else ten times as many for the network address"


class Kept(StrEnum):
    """Where it is counted."""

    DATABASE = "database"
    MEMORY = "memory"


@dataclass(frozen=True)
class Limit:
    """One line: at most ``most`` times in ``seconds``, counted by ``by``."""

    act: str
    says: str
    most: int
    seconds: int
    by: By
    kept: Kept


def _guess(act: str, says: str, most: int, seconds: int, by: By) -> Limit:
    return Limit(act, says, most, seconds, by, Kept.DATABASE)


def _flood(act: str, says: str, most: int, seconds: int, by: By = By.CALLER) -> Limit:
    return Limit(act, says, most, seconds, by, Kept.MEMORY)


TABLE: tuple[Limit, ...] = (
    _guess("code.minute", "asking for a sign-in code", 1, 60, By.PHONE),
    _guess("code.hour", "asking for a sign-in code", 5, HOUR, By.PHONE),
    _guess("code.day", "asking for a sign-in code", 10, DAY, By.PHONE),
    _guess("code.address", "asking for a sign-in code", 60, HOUR, By.ADDRESS),
    _guess("code.verify", "trying a sign-in code", 120, HOUR, By.ADDRESS),
    _guess("staff.sign_in", "trying a password of the staff", 5, 900, By.NAME_AND_ADDRESS),
    _guess("staff.name", "trying a password of the staff", 50, 900, By.NAME),
    _guess("staff.address", "trying a password or second factor of the staff", 30, 900, By.ADDRESS),
    _guess("staff.password_change", "trying one's old password", 5, 900, By.PERSON),
    _guess("ordering.pickup", "trying a pickup code", 10, HOUR, By.ORDER),
    _flood("page", "asking for any page or operation, but for pictures", 3000, 60, By.ADDRESS),
    _flood("picture", "asking for a picture, which browsers keep afterwards", 15_000, 60, By.ADDRESS),
    _flood("key.wrong", "sending a key that is none", 60, 60, By.ADDRESS),
    _flood("search", "searching", 120, 60),
    _flood("poster", "having a poster drawn", 60, 60),
    _flood("cart", "changing the cart", 240, 60),
    _flood("beacon", "telling what is done on a page, in batches", 240, 60),
    _flood("order", "placing an order", 60, 60),
    _flood("pay", "going to the cashier", 60, 60),
    _flood("claim", "opening a claim, with its pictures", 60, HOUR),
    _flood("review", "writing a review", 60, HOUR),
    _flood("suggestion", "suggesting something about goods", 30, HOUR),
    _flood("address", "writing an address", 60, HOUR),
    _flood("share", "making a link to share", 120, 60),
    _flood("join", "applying to become an agent", 20, HOUR),
    _flood("withdraw", "asking for a withdrawal", 20, HOUR),
    _flood("key", "making a key or a webhook", 60, HOUR),
    _flood("upload", "uploading a picture or a file", 240, 60),
    _flood("export", "downloading a file made for it", 60, 60),
)
LIMITS: dict[str, Limit] = {limit.act: limit for limit in TABLE}

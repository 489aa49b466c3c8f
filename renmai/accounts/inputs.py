"""What people type, as values: frozen, unchecked until ``clean`` says so."""

import re
import unicodedata
from dataclasses import dataclass, replace

from renmai.accounts import phones
from renmai.accounts.models import Role
from renmai.kernel.errors import DomainError

NAME_MAX_LENGTH = 40
STREET_MIN_LENGTH = 4
STREET_MAX_LENGTH = 200
REPEATS_MAX = 8
"""The same character nine times in a row is a finger on the keyboard, not an address."""

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}", re.ASCII)


@dataclass(frozen=True)
class AddressInput:
    """Where parcels go, as typed. ``region_code`` names a district."""

    recipient: str
    phone: str
    region_code: str
    street: str
    is_default: bool = False

    def clean(self) -> "AddressInput":
        """Return the address tidied; raises ``accounts.recipient``, ``.phone``, ``.street`` beside their fields."""
        recipient = tidy(self.recipient)
        if not is_plausible(recipient, minimum=1, maximum=NAME_MAX_LENGTH):
            raise DomainError("accounts.recipient", field="recipient")
        street = tidy(self.street)
        if not is_plausible(street, minimum=STREET_MIN_LENGTH, maximum=STREET_MAX_LENGTH):
            raise DomainError("accounts.street", field="street")
        return replace(self, recipient=recipient, phone=phones.normalise(self.phone), street=street)


@dataclass(frozen=True)
class StaffInput:
    """A new member of the staff."""

    username: str
    password: str
    display_name: str
    roles: frozenset[Role]


def tidy(text: str) -> str:
    """Return ``text`` without control, invisible and unassigned characters, with single spaces."""
    visible = "".join(" " if char.isspace() else char for char in text if char.isspace() or _is_visible(char))
    return " ".join(visible.split())


def is_plausible(text: str, *, minimum: int, maximum: int) -> bool:
    """Whether ``text`` has a sensible length, a letter or digit in it, and no character repeated beyond reason."""
    if not minimum <= len(text) <= maximum or not any(char.isalnum() for char in text):
        return False
    return not re.search(rf"(.)\1{{{REPEATS_MAX},}}", text)


def clean_name(text: str) -> str:
    """Return a display name tidied; raises ``accounts.name``."""
    name = tidy(text)
    if not is_plausible(name, minimum=1, maximum=NAME_MAX_LENGTH):
        raise DomainError("accounts.name", field="display_name", maximum=NAME_MAX_LENGTH)
    return name


def clean_username(text: str) -> str:
    """Return a user name in lower case; raises ``accounts.username``."""
    username = unicodedata.normalize("NFKC", text).strip().lower()
    if not _USERNAME.fullmatch(username):
        raise DomainError("accounts.username", field="username")
    return username


def _is_visible(char: str) -> bool:
    return unicodedata.category(char)[0] != "C"

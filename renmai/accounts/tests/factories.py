"""People for tests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count

import pyotp

from renmai.accounts import actions
from renmai.accounts.inputs import AddressInput, StaffInput
from renmai.accounts.models import Address, Role, User
from renmai.kernel import clock

PASSWORD = "long enough for a test 42"
NANSHAN = "440305"
HERE = "127.0.0.1"
ELSEWHERE = "203.0.113.7"

Statements = Callable[[int], AbstractContextManager[None]]

_numbers: Iterator[int] = count(1)


def make_phone() -> str:
    """Return a phone that no other test person has."""
    return f"139{next(_numbers):08d}"


def make_member(display_name: str = "王小明", *, phone: str = "") -> User:
    """A member who has signed in once."""
    return actions.create_member(phone or make_phone(), display_name=display_name)


def make_staff(*roles: Role, username: str = "") -> User:
    """Somebody of the staff with ``roles`` (default: the owner)."""
    name = username or f"staff{next(_numbers)}"
    staff = StaffInput(name, PASSWORD, "店员", frozenset(roles or {Role.OWNER}))
    return actions.create_staff(None, staff)


def enrol(person: User) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """Set up an authenticator app; return it with the recovery codes."""
    app = pyotp.TOTP(actions.enrol_totp(person).secret)
    return app, actions.confirm_totp(person, code_of(app))


def code_of(app: pyotp.TOTP) -> str:
    """What the app shows now."""
    return app.at(clock.now())


def make_address(user: User, *, recipient: str = "王小明", is_default: bool = False) -> Address:
    """An address in Shenzhen."""
    return actions.save_address(user, AddressInput(recipient, "13800138000", NANSHAN, "科技园路 1 号", is_default))

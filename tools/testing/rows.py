"""What a row of the table says, and the words it uses; apart from the table, so that the rows of plays can be written with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from renmai.accounts.policies import Permission

ANYONE = "anyone"
"""Guests too."""
PERSON = "person"
"""Whoever is signed in."""
SELLER = "seller"
"""Active agents; reading leads others on, writing is refused."""
EARNER = "earner"
"""Whoever is or was an agent."""
STAFF = "staff"
"""Members of the staff, with any of the permissions."""
HIDDEN = "hidden"
"""Not there, unless this is a demo."""
MEMBER, AGENT = "member", "agent"


@dataclass(frozen=True)
class Row:
    """Who may see (GET) and who may act (POST); nothing named: the address does not take that method.

    ``owner`` says whose the thing in the address is: for everybody else it does not exist, except for staff with ``also``. ``words`` put
    the names of the town into the address, ``form`` is a good request, ``takes`` what else the form knows, and ``writes`` the tables that
    a mere look changes, with the reason beside the row.
    """

    sees: str = ""
    acts: str = ""
    owner: str = ""
    also: Permission | None = None
    sees_with: tuple[Permission, ...] = ()
    acts_with: tuple[Permission, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, object] = field(default_factory=dict)
    takes: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    query: str = ""

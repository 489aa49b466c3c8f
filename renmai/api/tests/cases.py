"""What a row of the table of operations says; apart from the table, so that the rows of plays can be written with it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Upload:
    """A body that is a form with one file in it."""

    field: str
    content: bytes


@dataclass(frozen=True)
class Case:
    """One operation: who may, and a good request by ``by``, which is answered ``status``."""

    who: str
    method: str
    path: str
    body: Any = None
    by: str = "member"
    status: int = 200
    also: str = ""
    """Permission by which the staff reaches an ``own`` thing all the same."""

"""What the tests of every address ask of each play: who may open its pages and call its operations, and what stands in its addresses.

A play's ``tests/endpoints.py`` may have ``ROWS`` (pages by full name, as ``renmai/project/tests/endpoints/table.py``), ``ACCESS``
(operations, as ``renmai/api/tests/access.py``) and ``furnish(street)``, which makes one of each thing of the play, some of them the member's, and
returns their names. ``shared()`` makes a campaign that is passed on, and ``tests/dues.py`` has ``dues(moment)``: what of the play is
open at a moment and falls due within the day after it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from renmai.campaigns.plays import packages, plays


@dataclass(frozen=True)
class Due:
    """One thing that is due: its name, what state it is in, and what it must have become."""

    name: str
    state: Callable[[], str]
    becomes: str


def dues_of_plays(moment: datetime) -> Iterator[Due]:
    """Make and yield what of each play falls due within a day of ``moment``. A play with timers must have some."""
    for key, package in packages().items():
        has_dues = find_spec(f"{package}.tests") is not None and find_spec(f"{package}.tests.dues") is not None
        assert has_dues or not plays()[key].timers(), f"what do the timers of {key} find?"
        if has_dues:
            yield from import_module(f"{package}.tests.dues").dues(moment)


def of_plays(name: str) -> Iterator[Any]:
    """Yield the attribute ``name`` of every play's ``tests/endpoints.py`` that has it."""
    for package in packages().values():
        path = f"{package}.tests.endpoints"
        if find_spec(f"{package}.tests") is not None and find_spec(path) is not None:
            found = getattr(import_module(path), name, None)
            if found is not None:
                yield found

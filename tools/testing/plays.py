"""What the tests of every address ask of each play: who may open its pages and call its operations, and what stands in its addresses.

A play's ``tests/endpoints.py`` may have ``ROWS`` (pages by full name, as ``renmai/project/tests/endpoints/table.py``), ``ACCESS``
(operations, as ``renmai/api/tests/access.py``) and ``furnish(street)``, which makes one of each thing of the play, some of them the member's, and
returns their names.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from renmai.campaigns.plays import packages


def of_plays(name: str) -> Iterator[Any]:
    """Yield the attribute ``name`` of every play's ``tests/endpoints.py`` that has it."""
    for package in packages().values():
        path = f"{package}.tests.endpoints"
        if find_spec(f"{package}.tests") is not None and find_spec(path) is not None:
            found = getattr(import_module(path), name, None)
            if found is not None:
                yield found

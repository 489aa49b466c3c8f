"""State tables: who may follow whom, changed only by a conditional update."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

type_transitions = Mapping[str, frozenset[str]]


def advance(model: type[Model], pk: object, *, old: str, new: str, **fields: Any) -> bool:
    """Move one row from ``old`` to ``new`` and set ``fields`` with it; True when this caller won the race.

    False means that the row was no longer in ``old``: somebody else moved it. A move that ``TRANSITIONS`` does not name is a bug of
    ours and raises ``AssertionError``.
    """
    transitions: type_transitions = model.TRANSITIONS  # type: ignore[attr-defined]
    if new not in transitions[old]:
        raise AssertionError(f"{model.__name__}: {old} never becomes {new}")
    return bool(model._default_manager.filter(pk=pk, status=old).update(status=new, **fields))

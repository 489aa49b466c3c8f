"""State tables: who may follow whom, changed only by a conditional update."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models import Model

from renmai.kernel.compiled import CompiledUpdate, Value

type_transitions = Mapping[str, frozenset[str]]


def advance(model: type[Model], pk: object, *, old: str, new: str, **fields: Any) -> bool:
    """Move one row from ``old`` to ``new`` and set ``fields`` with it; True when this caller won the race.

    False means that the row was no longer in ``old``: somebody else moved it. A move that ``TRANSITIONS`` does not name is a bug of
    ours and raises ``AssertionError``.
    """
    transitions: type_transitions = model.TRANSITIONS  # type: ignore[attr-defined]
    if new not in transitions[old]:
        raise AssertionError(f"{model.__name__}: {old} never becomes {new}")
    if all(isinstance(value, Value) for value in (pk, *fields.values())):
        # A key that came as text is a UUID where the column holds one: SQLite would find nothing under its hyphens.
        pk = model._meta.pk.to_python(pk)
        return bool(_move(model, tuple(fields)).run(pk, old, new, *fields.values()))  # type: ignore[arg-type]
    return bool(model._default_manager.filter(pk=pk, status=old).update(status=new, **fields))


@cache
def _move(model: type[Model], names: tuple[str, ...]) -> CompiledUpdate:
    return CompiledUpdate(
        lambda pk, old, new, *values: (
            model._default_manager.filter(pk=pk, status=old),
            {"status": new, **dict(zip(names, values, strict=True))},
        ),
        values=3 + len(names),
    )

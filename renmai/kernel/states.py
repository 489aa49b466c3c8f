"""State tables: who may follow whom, changed only by a conditional update."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db.models import Model

from renmai.kernel.compiled import CompiledUpdate
from renmai.kernel.places import Each, Value

type_transitions = Mapping[str, frozenset[str]]


def advance(model: type[Model], pk: object, *, old: str, new: str, **fields: Any) -> bool:
    """Move one row from ``old`` to ``new`` and set ``fields`` with it; True when this caller won the race.

    False means that the row was no longer in ``old``: somebody else moved it. A move that ``TRANSITIONS`` does not name is a bug of
    ours and raises ``AssertionError``.
    """
    _check(model, old, new)
    if all(isinstance(value, Value) for value in (pk, *fields.values())):
        # A key that came as text is a UUID where the column holds one: SQLite would find nothing under its hyphens.
        pk = model._meta.pk.to_python(pk)
        return bool(_move(model, tuple(fields)).run(pk, old, new, *fields.values()))  # type: ignore[arg-type]
    return bool(model._default_manager.filter(pk=pk, status=old).update(status=new, **fields))


def advance_each(
    model: type[Model],
    keys: Sequence[int],
    *,
    old: str,
    new: str,
    each: Mapping[str, Sequence[Value]] | None = None,
    **fields: Value,
) -> None:
    """Do as ``advance`` for several rows that the caller holds: all of them, or ``AssertionError``. One statement.

    ``each`` names columns in which every row gets a value of its own, in the order of ``keys``.
    """
    _check(model, old, new)
    own = each or {}
    moved = _move_each(model, tuple(fields), tuple(own)).run(keys, old, new, *fields.values(), *own.values())
    if moved != len(keys):
        raise AssertionError(f"{model.__name__}: {len(keys) - moved} of {len(keys)} rows were not {old} under their lock")


def _check(model: type[Model], old: str, new: str) -> None:
    transitions: type_transitions = model.TRANSITIONS  # type: ignore[attr-defined]
    if new not in transitions[old]:
        raise AssertionError(f"{model.__name__}: {old} never becomes {new}")


@cache
def _move(model: type[Model], names: tuple[str, ...]) -> CompiledUpdate:
    return CompiledUpdate(
        lambda pk, old, new, *values: (
            model._default_manager.filter(pk=pk, status=old),
            {"status": new, **dict(zip(names, values, strict=True))},
        ),
        values=3 + len(names),
    )


@cache
def _move_each(model: type[Model], names: tuple[str, ...], own: tuple[str, ...]) -> CompiledUpdate:
    def build(keys: Any, old: Any, new: Any, *values: Any) -> Any:
        same = zip(names, values[: len(names)], strict=True)
        columns = zip(own, values[len(names) :], strict=True)
        each = {name: Each("pk", keys, places, output_field=model._meta.get_field(name)) for name, places in columns}
        return model._default_manager.filter(pk__in=keys, status=old), {"status": new, **dict(same), **each}

    return CompiledUpdate(build, values=3 + len(names) + len(own))

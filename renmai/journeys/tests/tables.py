"""What stands in all of our tables, to hold two ways of doing the same thing against each other."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from renmai.ordering.models import Shipment
from renmai.payments.models import Refund

Names = Mapping[type[Model], tuple[str, ...]]

NAMES: Names = {Shipment: ("order_id", "supplier_id"), Refund: ("cause",)}
"""Rows that come into being on the way: by what they are known, since their keys and numbers are drawn anew each time."""


def contents(names: Names = NAMES) -> dict[str, list[str]]:
    """Return every row of every table of ours without keys and numbers that are drawn anew, in an order of their own.

    Moments are part of it, so the clock must stand.
    """
    known = {model: {row.pk: tuple(getattr(row, name) for name in by) for row in _rows(model)} for model, by in names.items()}
    ours = [model for model in apps.get_models() if model.__module__.startswith("renmai.")]
    found = {}
    for model in ours:
        columns = [
            field
            for field in model._meta.concrete_fields
            if not (field.primary_key and field.get_internal_type() == "BigAutoField")
        ]
        columns = [field for field in columns if not (model in names and field.name == "number")]
        found[model.__name__] = sorted(
            repr([(field.attname, _value(row, field, known)) for field in columns]) for row in _rows(model)
        )
    return found


def difference(one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]) -> dict[str, tuple[list[str], list[str]]]:
    """Return the rows by which two contents differ, by table."""
    return {
        name: ([row for row in one[name] if row not in other[name]], [row for row in other[name] if row not in one[name]])
        for name in one
        if one[name] != other[name]
    }


def _rows(model: type[Model]) -> list[Any]:
    return list(model._default_manager.order_by("pk"))


def _value(row: Any, field: "Field[Any, Any]", known: Mapping[type[Model], Mapping[Any, Any]]) -> Any:
    value = getattr(row, field.attname)
    if field.related_model in known:
        return known[field.related_model].get(value)  # type: ignore[index]
    if field.name == "payload":
        return {key: _named(key, each, known) for key, each in value.items()}
    return value


def _named(key: str, value: Any, known: Mapping[type[Model], Mapping[Any, Any]]) -> Any:
    """A fact names rows by their keys: ``refund_id``, ``group_id``."""
    for model, names in known.items():
        if key == f"{model.__name__.lower()}_id":
            return names.get(value)
    return value

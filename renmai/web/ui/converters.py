"""How addresses name rows."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class RowConverter(IntConverter):
    """The number of a row: what does not fit the database's integers names none, and must not reach it."""

    regex = "[0-9]{1,18}"


def register() -> None:
    """Make ``<row:…>`` known to every list of addresses."""
    register_converter(RowConverter, "row")

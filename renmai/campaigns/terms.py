"""Terms against the fields of their play: the one place where raw values are checked, for the editor, the API and imports."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from renmai.campaigns.plays import Field, Play
from renmai.catalogue.models import Sku
from renmai.kernel.errors import DomainError

TEXT_LENGTH = 200
MOST_TIERS = 8


def checked(play: Play, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms of ``play`` in ``raw``, defaults filled in, unknown names refused.

    Raises ``campaigns.value`` at the field with what is allowed, ``request.invalid`` for names that the play does not know, and what
    ``play.check`` refuses.
    """
    known = {field.name: field for field in play.fields}
    if unknown := sorted(set(raw) - set(known)):
        raise DomainError("request.invalid", field=unknown[0])
    terms = {name: _checked(field, raw.get(name, field.default)) for name, field in known.items()}
    play.check(terms)
    return terms


def defaults(play: Play) -> dict[str, Any]:
    """Return the terms that the editor begins with."""
    return {field.name: field.default for field in play.fields}


def _checked(field: Field, value: Any) -> Any:
    match field.kind:
        case "switch":
            fits = isinstance(value, bool)
        case "text":
            fits = isinstance(value, str) and len(value) <= (field.maximum or TEXT_LENGTH) and _is_printable(value)
            fits = fits and (bool(value.strip()) or not field.is_required)
        case "choice":
            fits = isinstance(value, str) and value in {name for name, _label in field.choices}
        case "sku":
            fits = _is_whole(value) and Sku.objects.filter(pk=value, is_active=True).exists()
        case "tiers":
            fits = _are_tiers(field, value)
        case _:
            fits = (value is None and not field.is_required) or (_is_whole(value) and field.minimum <= value <= field.maximum)
    if not fits:
        raise DomainError("campaigns.value", field=field.name, allowed=allowed(field))
    return value


def allowed(field: Field) -> str:
    """Return in words what a field takes."""
    match field.kind:
        case "switch":
            return _("yes or no")
        case "text":
            return _("a text of at most %(most)s characters") % {"most": field.maximum or TEXT_LENGTH}
        case "choice":
            return ", ".join(str(label) for _name, label in field.choices)
        case "sku":
            return _("goods that can be bought")
        case "tiers":
            return _("up to %(most)s sizes, each larger and cheaper than the one before") % {"most": MOST_TIERS}
        case _:
            return f"{field.minimum} – {field.maximum}"


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_printable(value: str) -> bool:
    return not value or value.isprintable()


def _are_tiers(field: Field, value: object) -> bool:
    """``[[people, fen], …]``: sizes rise from ``minimum`` to at most ``maximum``, prices fall and stay above zero."""
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_TIERS:
        return False
    if not all(isinstance(row, list) and len(row) == 2 and all(_is_whole(part) for part in row) for row in value):
        return False
    sizes, prices = [row[0] for row in value], [row[1] for row in value]
    rises = all(small < large for small, large in pairwise(sizes))
    falls = all(dear > cheap for dear, cheap in pairwise(prices))
    return rises and falls and sizes[0] >= field.minimum and sizes[-1] <= field.maximum and prices[-1] >= 1

"""Conditions on portraits as data: a field, a comparison, one or more values. Tags and segments are made of nothing else.

``FIELDS`` is the whole language. ``people`` turns conditions into one query, so who has a tag and who belongs to a segment is decided in
one place, for one person as for everybody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, F, FloatField, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least, Power, Sqrt
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import Consent
from renmai.insight.portraits.facets import FACETS, HOURS, PRICE_BANDS, VALUE_LENGTH, WHOLE, Facet, Source, half_life
from renmai.insight.portraits.fading import threshold
from renmai.insight.portraits.models import Interest, Portrait, Segment
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order

MOST_CONDITIONS = 10
MOST_VALUES = 20
MOST_NUMBER = 10**9
FEN_PER_YUAN = 100


class Kind(StrEnum):
    """How a field is asked about."""

    NUMBER = "number"
    CHOICE = "choice"
    INTEREST = "interest"


@dataclass(frozen=True)
class Level:
    """How clear an interest must be: so strong now (1 is one look this moment), and more than this part of the facet for certain."""

    label: "str | Promise"
    strength: float
    share: float


CONFIDENCE = 1.645
"""Standard errors of a one-sided bound of 95 %."""

LEVELS: dict[str, Level] = {
    "some": Level(_("is interested in"), 0.5, 0.0),
    "clear": Level(_("is clearly interested in"), 2.5, 0.25),
    "strong": Level(_("is interested above all in"), 4.0, 0.5),
}
"""One look is some interest for a half-life. A part counts by its lower bound (Wilson 1927), so that three looks of five are not yet more than half of all she looks at."""

FADED_AWAY = 60.0
"""Halvings after which an interest counts nothing: databases refuse smaller powers of two."""

COMPARISONS: dict[Kind, dict[str, "str | Promise"]] = {
    Kind.NUMBER: {"at_least": pgettext_lazy("condition", "at least"), "at_most": pgettext_lazy("condition", "at most")},
    Kind.CHOICE: {"is": _("is"), "is_not": _("is not")},
    Kind.INTEREST: {code: level.label for code, level in LEVELS.items()} | {"none": _("is not interested in")},
}


@dataclass(frozen=True)
class Field:
    """One thing that can be asked: its words, the unit of a number, the choices where there are only some."""

    label: "str | Promise"
    kind: Kind
    unit: "str | Promise" = ""
    choices: "tuple[tuple[str, str | Promise], ...]" = ()


def _bands(rows: "Sequence[tuple[int, str, str | Promise]]") -> "tuple[tuple[str, str | Promise], ...]":
    return tuple((code, label) for _least, code, label in rows)


FIELDS: dict[str, Field] = {
    "orders": Field(_("Orders"), Kind.NUMBER),
    "spent": Field(_("Money spent"), Kind.NUMBER, unit=_("yuan")),
    "days_since_order": Field(_("Days since the last order"), Kind.NUMBER, unit=_("days")),
    "days_since_first": Field(_("Days since the first order"), Kind.NUMBER, unit=_("days")),
    "touches": Field(_("Looks and other touches"), Kind.NUMBER),
    "days_since_touch": Field(_("Days since she was last here"), Kind.NUMBER, unit=_("days")),
    "brought": Field(_("People she brought"), Kind.NUMBER),
    "stage": Field(_("Stage"), Kind.CHOICE, choices=tuple(Portrait.Stage.choices)),
    "funnel": Field(_("Usual way in"), Kind.CHOICE, choices=tuple(Order.Funnel.choices)),
    "agent": Field(_("Agent"), Kind.CHOICE, choices=(("bound", _("has one")), ("free", pgettext_lazy("agent", "has none")))),
    **{
        facet.value: Field(
            rule.label,
            Kind.INTEREST,
            choices=_bands(HOURS) if facet is Facet.HOUR else _bands(PRICE_BANDS) if facet is Facet.PRICE else (),
        )
        for facet, rule in FACETS.items()
    },
}


@dataclass(frozen=True)
class Condition:
    """One condition; of several ``values`` one is enough."""

    field: str
    comparison: str
    values: tuple[str, ...]


def conditions_of(data: object) -> tuple[Condition, ...]:
    """Return conditions from what was stored or sent: a list of ``{"field", "comparison", "values"}``.

    Raises ``portraits.conditions``, ``portraits.field``, ``portraits.comparison`` or ``portraits.value``.
    """
    if not isinstance(data, list) or not 1 <= len(data) <= MOST_CONDITIONS:
        raise DomainError("portraits.conditions", field="conditions", most=MOST_CONDITIONS)
    return tuple(_condition(row) for row in data)


def data_of(conditions: Iterable[Condition]) -> list[dict[str, Any]]:
    """Return conditions as they are stored."""
    return [{"field": row.field, "comparison": row.comparison, "values": list(row.values)} for row in conditions]


def people(conditions: Sequence[Condition], match: str, *, among: Collection[int] | None = None) -> QuerySet[Portrait]:
    """Return the portraits of members that fulfil all (or any) of the conditions now, in one query; ``among`` looks at some only."""
    return members(among).filter(met(conditions, match, among=among))


def members(among: Collection[int] | None = None) -> QuerySet[Portrait]:
    """Return the portraits of everybody whose account is open and who is not of the staff."""
    rows = Portrait.objects.filter(user__is_active=True, user__deleted_at__isnull=True, user__is_staff=False)
    return rows if among is None else rows.filter(user__in=among)


def met(conditions: Sequence[Condition], match: str, *, among: Collection[int] | None = None) -> Q:
    """Return what makes a portrait fulfil the conditions. ``among`` narrows the search for interests to those people."""
    parts = [_met(condition, among) for condition in conditions]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole | part if match == Segment.Match.ANY else whole & part
    return whole


def agreeing(purpose: Purpose) -> QuerySet[Consent]:
    """Return the open agreements to the present text of a purpose."""
    return Consent.objects.filter(purpose=purpose, version=PURPOSES[purpose].version, withdrawn_at__isnull=True)


def _condition(row: object) -> Condition:
    if not isinstance(row, Mapping) or row.get("field") not in FIELDS:
        raise DomainError("portraits.field", field="field")
    name = str(row["field"])
    field, comparison, values = FIELDS[name], row.get("comparison"), row.get("values")
    if comparison not in COMPARISONS[field.kind]:
        raise DomainError("portraits.comparison", field="comparison")
    if not isinstance(values, list) or not 1 <= len(values) <= MOST_VALUES:
        raise DomainError("portraits.value", field="values")
    texts = tuple(dict.fromkeys(str(value).strip() for value in values))
    if not all(_is_possible(field, text) for text in texts) or (field.kind is Kind.NUMBER and len(texts) > 1):
        raise DomainError("portraits.value", field="values")
    return Condition(name, str(comparison), texts)


def _is_possible(field: Field, text: str) -> bool:
    if field.kind is Kind.NUMBER:
        return text.isascii() and text.isdigit() and int(text) <= MOST_NUMBER
    if field.choices:
        return text in dict(field.choices)
    return 0 < len(text) <= VALUE_LENGTH and "\x00" not in text


def _met(condition: Condition, among: Collection[int] | None) -> Q:
    kind = FIELDS[condition.field].kind
    if kind is Kind.INTEREST:
        return _interested(condition, among)
    if kind is Kind.NUMBER:
        return _number(condition.field, condition.comparison, int(condition.values[0]), among)
    if condition.field == "agent":
        found = Q(agent_id__isnull=False) if condition.values == ("bound",) else Q(agent_id__isnull=True)
        found = Q() if len(condition.values) > 1 else found
    else:
        found = Q(**{f"{condition.field}__in": condition.values})
    return found if condition.comparison == "is" else ~found


def _number(field: str, comparison: str, number: int, among: Collection[int] | None) -> Q:
    """Days are whole days back from now: ``at most 30 days since`` is at or after the moment thirty days ago; never is never."""
    way = "gte" if comparison == "at_least" else "lte"
    back = "lte" if comparison == "at_least" else "gte"
    match field:
        case "orders" | "brought":
            return Q(**{f"{field}__{way}": number})
        case "spent":
            return Q(**{f"spent_fen__{way}": number * FEN_PER_YUAN})
        case "days_since_order" | "days_since_first":
            column = "last_order_at" if field == "days_since_order" else "first_order_at"
            return Q(**{f"{column}__{back}": clock.now() - timedelta(days=min(number, 36_500))})
        case "days_since_touch":
            moment = clock.now() - timedelta(days=min(number, 36_500))
            return _visible(Source.BROWSING, _touches(among).filter(**{f"last_at__{back}": moment}), among)
        case "touches" if comparison == "at_most":
            return ~_visible(Source.BROWSING, _touches(among).filter(count__gt=number), among)
        case _:
            return _visible(Source.BROWSING, _touches(among).filter(count__gte=number), among) if number else Q()


def _touches(among: Collection[int] | None) -> QuerySet[Interest]:
    """Return one row for each person who touched anything: the whole of the facet to which every happening adds."""
    return _of(among, Interest.objects.filter(source=Source.BROWSING, facet=Facet.HOUR, value=WHOLE))


def _of(among: Collection[int] | None, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows if among is None else rows.filter(user__in=among)


def _visible(source: Source, found: QuerySet[Any, Any], among: Collection[int] | None) -> Q:
    """Return what makes a portrait one of those found; by browsing only of people who agree to it at this moment.

    That is asked beside the search and not within it, where a database would go through everybody who agrees instead of the values.
    """
    whose = Q(user__in=found.values("user"))
    return whose & Q(user__in=_of(among, agreeing(Purpose.BROWSING)).values("user")) if source is Source.BROWSING else whose


def _interested(condition: Condition, among: Collection[int] | None) -> Q:
    """Values of one condition are taken together. Looks and purchases are never added up: the clearer of the two decides."""
    level = LEVELS.get(condition.comparison, LEVELS["some"])
    found = Q()
    for source in Source:
        found |= _visible(source, _clear_enough(condition, level, source, among), among)
    return ~found if condition.comparison == "none" else found


def _clear_enough(condition: Condition, level: Level, source: Source, among: Collection[int] | None) -> QuerySet[Any, Any]:
    """Return the people in whom one source shows the interest at that level.

    First who is strong enough, by the rows of the values alone; of those, part and whole come from one pass over both.
    """
    facet = Facet(condition.field)
    faded = threshold(1.0, clock.now(), half_life_days=half_life(facet, source))
    left = Power(Value(2.0), F("score") - Value(faded))
    rows = Interest.objects.filter(source=source, facet=facet, score__gte=faded - FADED_AWAY).order_by()
    asked = _of(among, rows.filter(value__in=condition.values)).values("user")
    strong: QuerySet[Any, Any] = asked.annotate(strength=Sum(left, output_field=FloatField())).filter(
        strength__gte=level.strength
    )
    if not level.share:
        return strong
    is_whole = Q(value=WHOLE)
    part = Sum(Case(When(~is_whole, then=left)), output_field=FloatField())
    size = Sum(Case(When(is_whole, then=left)), output_field=FloatField())
    both = rows.filter(user__in=strong.values("user"), value__in=(WHOLE, *condition.values)).values("user")
    sure: QuerySet[Any, Any] = (
        both.annotate(part=part, size=size)
        .annotate(share=Least(F("part") / F("size"), Value(1.0)))
        .annotate(sure=_lower_bound(F("share"), F("size")))
        .filter(sure__gte=level.share)
    )
    return sure


def _lower_bound(share: F, size: F) -> Combinable:
    """Return the lower end of Wilson's interval for a part ``share`` of ``size`` looks, as SQL."""
    square = CONFIDENCE**2
    spread = Sqrt(share * (Value(1.0) - share) / size + Value(square / 4) / (size * size))
    return (share + Value(square / 2) / size - Value(CONFIDENCE) * spread) / (Value(1.0) + Value(square) / size)

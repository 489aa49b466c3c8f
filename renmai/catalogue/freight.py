"""Freight: what carriage costs, parcel by parcel, with the reason for every fen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from renmai.catalogue.models import FreightTemplate, FreightZone
from renmai.kernel.compiled import Compiled

_ZONES: Final = Compiled(
    lambda template_ids: FreightZone.objects.filter(template_id__in=template_ids).select_related("template").order_by("pk")
)
PROVINCE_DIGITS: Final = 2
"""The first two digits of a region's administrative code name its province."""


@dataclass(frozen=True)
class FreightLine:
    """One variant in a parcel: who packs it, which template applies, what all its pieces weigh and cost (after discounts)."""

    sku_id: int
    supplier_id: int
    freight_template_id: int | None
    weight_grams: int
    amount_fen: int


class FreightReason(StrEnum):
    """Why a part of a parcel costs what it costs."""

    INCLUDED = "included"
    FREE_OVER = "free_over"
    BY_WEIGHT = "by_weight"
    NOT_SERVED = "not_served"


@dataclass(frozen=True)
class FreightPart:
    """The lines of a parcel under one template: their weight, what it costs and why."""

    template_id: int | None
    template_name: str
    weight_grams: int
    amount_fen: int
    fee_fen: int
    reason: FreightReason
    free_over_fen: int | None
    sku_ids: tuple[int, ...]


@dataclass(frozen=True)
class ParcelFreight:
    """The parcel of one supplier."""

    supplier_id: int
    fee_fen: int
    parts: tuple[FreightPart, ...]


@dataclass(frozen=True)
class FreightQuote:
    """All parcels. ``unserved_sku_ids`` cannot be sent to the region: an order must leave them out."""

    parcels: tuple[ParcelFreight, ...]

    @property
    def fee_fen(self) -> int:
        """What carriage costs altogether."""
        return sum(parcel.fee_fen for parcel in self.parcels)

    @property
    def unserved_sku_ids(self) -> tuple[int, ...]:
        """The variants that are not sent to the region."""
        parts = [part for parcel in self.parcels for part in parcel.parts if part.reason == FreightReason.NOT_SERVED]
        return tuple(sku_id for part in parts for sku_id in part.sku_ids)


def freight_fee(lines: Sequence[FreightLine], region_code: str) -> FreightQuote:
    """Return what it costs to send ``lines`` to the region, in one statement unless a template serves no region at all.

    Each supplier packs one parcel; within it each template charges for its own lines by their summed weight: the first fee up to
    the first weight, then a fee for every further weight begun; nothing from its free amount on. Lines without a template travel
    free. An empty ``region_code`` (no address yet) is charged as everywhere else.
    """
    templates = _templates({line.freight_template_id for line in lines if line.freight_template_id is not None})
    parcels: dict[int, dict[int | None, list[FreightLine]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        parcels[line.supplier_id][line.freight_template_id].append(line)
    quoted = []
    for supplier_id, groups in parcels.items():
        parts = tuple(_part(templates.get(key or 0), group, region_code) for key, group in groups.items())
        quoted.append(ParcelFreight(supplier_id, sum(part.fee_fen for part in parts), parts))
    return FreightQuote(tuple(quoted))


def zone_for(zones: Sequence[FreightZone], region_code: str) -> FreightZone | None:
    """Return the zone of a region: the one that lists its province, else the one for everywhere else, else None."""
    province = region_code[:PROVINCE_DIGITS]
    for zone in zones:
        if province and any(str(code)[:PROVINCE_DIGITS] == province for code in zone.provinces):
            return zone
    return next((zone for zone in zones if not zone.provinces), None)


def fee_by_weight(zone: FreightZone, weight_grams: int) -> int:
    """Return the fee in fen for a weight: the first fee, and the next fee for every further weight begun."""
    beyond = max(0, weight_grams - zone.first_grams)
    steps = -(-beyond // zone.next_grams)
    return zone.first_fee_fen + steps * zone.next_fee_fen


@dataclass(frozen=True)
class _Rates:
    """A template with its zones, the oldest first."""

    template: FreightTemplate
    zones: list[FreightZone]


def _templates(template_ids: set[int]) -> dict[int, _Rates]:
    """Return these templates by their id: zones and templates come together; those without zones are asked for by themselves."""
    found: dict[int, _Rates] = {}
    for zone in _ZONES.rows(sorted(template_ids)) if template_ids else ():
        found.setdefault(zone.template_id, _Rates(zone.template, [])).zones.append(zone)
    if missing := template_ids - found.keys():
        found |= {key: _Rates(template, []) for key, template in FreightTemplate.objects.in_bulk(missing).items()}
    return found


def _part(rates: _Rates | None, lines: Sequence[FreightLine], region_code: str) -> FreightPart:
    weight_grams = sum(line.weight_grams for line in lines)
    amount_fen = sum(line.amount_fen for line in lines)
    template = rates.template if rates else None
    zone = None
    fee_fen = 0
    if rates is None:
        reason = FreightReason.INCLUDED
    else:
        zone = zone_for(rates.zones, region_code)
        if zone is None or not zone.is_served:
            reason = FreightReason.NOT_SERVED
        elif zone.free_over_fen is not None and amount_fen >= zone.free_over_fen:
            reason = FreightReason.FREE_OVER
        else:
            reason = FreightReason.BY_WEIGHT
            fee_fen = fee_by_weight(zone, weight_grams)
    return FreightPart(
        template_id=template.pk if template else None,
        template_name=template.name if template else "",
        weight_grams=weight_grams,
        amount_fen=amount_fen,
        fee_fen=fee_fen,
        reason=reason,
        free_over_fen=zone.free_over_fen if zone else None,
        sku_ids=tuple(line.sku_id for line in lines),
    )

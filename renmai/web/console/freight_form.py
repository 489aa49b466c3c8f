"""The form of a freight template: its zones as typed, saved or only tried out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.http import QueryDict

from renmai.catalogue.actions import ZoneInput
from renmai.catalogue.models import FreightTemplate, FreightZone
from renmai.web.console.amounts import BAD_AMOUNT, BAD_NUMBER, hundredths, whole, yuan

MAX_ZONES: Final = 20
MAX_GRAMS: Final = 1_000_000
CELL_LENGTH: Final = 20
GRAMS: Final = ("first_grams", "next_grams")
FEES: Final = ("first_fee", "next_fee")


@dataclass(frozen=True)
class ZoneDraft:
    """One zone as typed; no provinces: everywhere else."""

    provinces: tuple[str, ...] = ()
    first_grams: str = "1000"
    first_fee: str = ""
    next_grams: str = "1000"
    next_fee: str = ""
    free_over: str = ""
    is_served: bool = True
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def row(self) -> FreightZone:
        """The zone as it would be stored, for trying out; only of a draft without errors."""
        return FreightZone(
            provinces=list(self.provinces),
            first_grams=int(self.first_grams),
            first_fee_fen=hundredths(self.first_fee or "0") or 0,
            next_grams=int(self.next_grams),
            next_fee_fen=hundredths(self.next_fee or "0") or 0,
            free_over_fen=hundredths(self.free_over) if self.free_over else None,
            is_served=self.is_served,
        )

    @property
    def given(self) -> ZoneInput:
        """The zone for ``save_freight_template``; only of a draft without errors."""
        row = self.row
        return ZoneInput(
            provinces=self.provinces,
            first_grams=row.first_grams,
            first_fee_fen=row.first_fee_fen,
            next_grams=row.next_grams,
            next_fee_fen=row.next_fee_fen,
            free_over_fen=row.free_over_fen,
            is_served=self.is_served,
        )


def of_template(template: FreightTemplate) -> list[ZoneDraft]:
    """Return the zones of a template as the form shows them."""
    rows = sorted(template.zones.all(), key=lambda row: row.pk)
    return [
        ZoneDraft(
            tuple(str(code) for code in row.provinces),
            str(row.first_grams),
            yuan(row.first_fee_fen),
            str(row.next_grams),
            yuan(row.next_fee_fen),
            yuan(row.free_over_fen),
            row.is_served,
        )
        for row in rows
    ] or [ZoneDraft()]


def typed(data: QueryDict, known: Sequence[str]) -> list[ZoneDraft]:
    """Return the zones as sent; only ``known`` provinces count."""
    count = whole(data.get("zones", ""), maximum=MAX_ZONES) or 0
    found = []
    for index in range(count):
        texts = {name: data.get(f"{name}_{index}", "").strip()[:CELL_LENGTH] for name in (*GRAMS, *FEES, "free_over")}
        provinces = tuple(code for code in data.getlist(f"province_{index}") if code in known)
        zone = ZoneDraft(provinces, is_served=f"is_served_{index}" in data)
        found.append(replace(zone, **texts))  # type: ignore[arg-type]
    return found or [ZoneDraft()]


def checked(zones: Sequence[ZoneDraft]) -> list[ZoneDraft]:
    """Return the zones with an error beside every cell that cannot be read."""
    return [replace(zone, errors=_errors(zone)) for zone in zones]


def _errors(zone: ZoneDraft) -> dict[str, str]:
    found = {}
    for name in GRAMS:
        if whole(getattr(zone, name), minimum=1, maximum=MAX_GRAMS) is None:
            found[name] = BAD_NUMBER % {"minimum": 1, "maximum": f"{MAX_GRAMS:,}"}
    for name in (*FEES, "free_over"):
        text = getattr(zone, name)
        if text and hundredths(text) is None:
            found[name] = str(BAD_AMOUNT)
    return found

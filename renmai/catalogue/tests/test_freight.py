"""Freight: every parcel and every fen has its reason."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from renmai.accounts.models import Role
from renmai.catalogue.actions import SupplierInput, ZoneInput, save_freight_template, save_supplier
from renmai.catalogue.models import FreightTemplate, FreightZone
from renmai.catalogue.queries import FreightLine, freight_fee
from renmai.catalogue.tests.factories import make_staff, make_template
from renmai.kernel.errors import DomainError

Statements = Callable[[int], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db

ZONES = (
    ZoneInput(provinces=("330000", "31"), first_fee_fen=600, next_fee_fen=100, free_over_fen=9_900),
    ZoneInput(provinces=("54",), is_served=False),
    ZoneInput(first_grams=500, first_fee_fen=1_000, next_grams=500, next_fee_fen=500),
)


def template() -> FreightTemplate:
    return save_freight_template(make_staff(), code="standard", name_zh="普通快递", name_en="Standard", zones=ZONES)


def line(sku_id: int, template_id: int | None, *, supplier_id: int = 1, grams: int = 1000, fen: int = 5_000) -> FreightLine:
    return FreightLine(sku_id, supplier_id, template_id, grams, fen)


@pytest.mark.parametrize(
    ("region", "grams", "fen", "fee", "reason"),
    [
        ("330106", 1, 5_000, 600, "by_weight"),
        ("330106", 1000, 5_000, 600, "by_weight"),
        ("330106", 1001, 5_000, 700, "by_weight"),
        ("310000", 3000, 9_899, 800, "by_weight"),
        ("310000", 3000, 9_900, 0, "free_over"),
        ("440305", 500, 99_999, 1_000, "by_weight"),
        ("440305", 501, 5_000, 1_500, "by_weight"),
        ("", 1500, 5_000, 2_000, "by_weight"),
        ("540102", 500, 5_000, 0, "not_served"),
    ],
)
def test_what_a_parcel_costs(region: str, grams: int, fen: int, fee: int, reason: str) -> None:
    quote = freight_fee([line(1, template().pk, grams=grams, fen=fen)], region)
    assert quote.fee_fen == fee
    assert [part.reason for parcel in quote.parcels for part in parcel.parts] == [reason]
    assert quote.unserved_sku_ids == ((1,) if reason == "not_served" else ())


def test_each_supplier_packs_a_parcel_and_each_template_charges_for_its_own() -> None:
    standard, cold = template(), make_template(first_fee_fen=2_500, next_fee_fen=900)
    quote = freight_fee(
        [
            line(1, standard.pk, grams=800, fen=5_000),
            line(2, cold.pk, grams=1500),
            line(3, standard.pk, grams=800, fen=4_899),
            line(4, None, grams=9000),
            line(5, standard.pk, supplier_id=2, grams=200, fen=100),
        ],
        "330106",
    )
    assert [(parcel.supplier_id, parcel.fee_fen) for parcel in quote.parcels] == [(1, 700 + 3_400), (2, 600)]
    assert [(part.sku_ids, part.weight_grams, part.fee_fen, part.reason) for part in quote.parcels[0].parts] == [
        ((1, 3), 1600, 700, "by_weight"),
        ((2,), 1500, 3_400, "by_weight"),
        ((4,), 9000, 0, "included"),
    ]
    assert quote.fee_fen == 4_700


def test_a_template_without_a_zone_for_the_region_does_not_serve_it() -> None:
    only = save_freight_template(
        make_staff(), code="east", name_zh="仅华东", name_en="East only", zones=[ZoneInput(provinces=("31",), first_fee_fen=500)]
    )
    assert freight_fee([line(7, only.pk)], "110000").unserved_sku_ids == (7,)
    assert freight_fee([line(7, only.pk)], "310000").fee_fen == 500


@pytest.mark.parametrize("size", [1, 20])
def test_statements_of_a_quote(size: int, statements: Statements) -> None:
    templates = [make_template() for _index in range(size)]
    with statements(1):
        quote = freight_fee([line(row.pk, row.pk, supplier_id=row.pk) for row in templates], "330106")
    assert quote.fee_fen == 800 * size
    with statements(0):
        assert freight_fee([line(1, None)], "330106").fee_fen == 0


@pytest.mark.parametrize(
    "zones",
    [
        [],
        [ZoneInput(provinces=("33",)), ZoneInput(provinces=("330000",))],
        [ZoneInput(), ZoneInput()],
        [ZoneInput(provinces=("Zhejiang",))],
        [ZoneInput(provinces=("333",))],
        [ZoneInput(next_grams=0)],
    ],
)
def test_zones_that_contradict_one_another(zones: list[ZoneInput]) -> None:
    template()
    with pytest.raises(DomainError) as refused:
        save_freight_template(make_staff(), code="standard", name_zh="普通", name_en="Standard", zones=zones)
    assert refused.value.code == "catalogue.freight_zone"
    assert FreightZone.objects.count() == 3


def test_fees_are_whole_fen_and_a_template_is_replaced() -> None:
    with pytest.raises(DomainError) as refused:
        save_freight_template(make_staff(), code="x", name_zh="x", name_en="x", zones=[ZoneInput(first_fee_fen=-1)])
    assert refused.value.code == "money.amount"
    kept = template()
    again = save_freight_template(make_staff(), code="standard", name_zh="改名", name_en="Renamed", zones=[ZoneInput()])
    assert (again.pk, again.zones.count()) == (kept.pk, 1)


def test_suppliers_are_saved_by_those_who_may() -> None:
    staff = make_staff(Role.MERCHANDISER)
    supplier = save_supplier(staff, SupplierInput(code="farm", name_zh="果园", name_en="Farm"))
    changed = save_supplier(staff, SupplierInput(code="farm", name_zh="新果园", name_en="New farm"), supplier_id=supplier.pk)
    assert (changed.pk, changed.name_zh) == (supplier.pk, "新果园")
    for actor, given, code in (
        (staff, SupplierInput(code="farm", name_zh="果园", name_en="Farm"), "catalogue.code_taken"),
        (staff, SupplierInput(code="b", name_zh="果园", name_en="Farm", region_code="999999"), "request.invalid"),
        (make_staff(Role.SERVICE), SupplierInput(code="c", name_zh="果园", name_en="Farm"), "request.forbidden"),
    ):
        with pytest.raises(DomainError) as refused:
            save_supplier(actor, given)
        assert refused.value.code == code

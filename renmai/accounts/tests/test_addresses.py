"""Addresses and regions."""

from collections.abc import Callable
from typing import Any

import pytest

from renmai.accounts import actions, queries, regions
from renmai.accounts.inputs import AddressInput
from renmai.accounts.models import Address, Region
from renmai.accounts.tests.factories import NANSHAN, Statements, make_address, make_member
from renmai.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
GOOD_FIELDS: dict[str, Any] = {
    "recipient": "李 雷",
    "phone": "138 0013 8000",
    "region_code": NANSHAN,
    "street": "科技园路 1 号 A 座 1203",
}
GOOD = AddressInput(**GOOD_FIELDS)


def test_the_hierarchy_is_complete() -> None:
    provinces = queries.regions(None)
    assert [province.name for province in provinces][:3] == ["北京市", "天津市", "河北省"]
    assert len(provinces) == 31
    parents = set(Region.objects.exclude(parent=None).values_list("parent_id", flat=True))
    assert parents == set(Region.objects.filter(level__lt=3).values_list("code", flat=True))
    for region in Region.objects.select_related("parent"):
        assert len(region.code) in {6, 9}
        if region.parent is None:
            assert (region.level, region.code[2:]) == (1, "0000")
        else:
            assert region.level == region.parent.level + 1
            assert region.code[:2] == region.parent.code[:2]
    assert Region.objects.filter(level=2).count() == 344
    assert Region.objects.filter(level=3).count() == 2855


def test_loading_again_changes_nothing_and_repairs_what_was_changed(statements: Statements) -> None:
    with statements(1):
        assert regions.load_regions() == 0
    Region.objects.filter(code=NANSHAN).update(name="?")
    assert regions.load_regions() == 1
    assert Region.objects.get(code=NANSHAN).name == "南山区"


@pytest.mark.parametrize(
    ("code", "path"),
    [
        (NANSHAN, "广东省 深圳市 南山区"),
        ("110101", "北京市 东城区"),
        ("419001", "河南省 济源市"),
        ("441900000", "广东省 东莞市"),
        ("440300", "广东省 深圳市"),
        ("440000", "广东省"),
    ],
)
def test_a_path_names_places_as_they_are_written_on_a_parcel(code: str, path: str, statements: Statements) -> None:
    with statements(1):
        assert queries.region_path(code) == path
    assert queries.province_of(code) == f"{code[:2]}0000"


def test_only_a_district_is_somewhere_to_send_to() -> None:
    assert queries.region(NANSHAN).name == "南山区"
    for code in ("440300", "440000", "999999", "", "'; --"):
        with pytest.raises(DomainError) as refusal:
            queries.region(code)
        assert (refusal.value.code, refusal.value.field) == ("accounts.region", "region_code")


def test_the_first_address_is_the_default_and_a_new_default_takes_its_place() -> None:
    user = make_member()
    first, second = make_address(user), make_address(user)
    third = make_address(user, is_default=True)
    assert [row.is_default for row in (first, second, third)] == [True, False, True]
    assert [row.pk for row in queries.addresses(user)] == [third.pk, second.pk, first.pk]
    assert actions.set_default_address(user, first.pk).is_default
    assert queries.default_address(user) == first
    assert Address.objects.filter(user=user, is_default=True).count() == 1


def test_a_change_keeps_the_default_and_the_identity() -> None:
    user = make_member()
    first = make_address(user)
    changed = actions.save_address(user, GOOD, address_id=first.pk)
    assert (changed.pk, changed.is_default, changed.recipient, changed.phone) == (first.pk, True, "李 雷", "13800138000")
    assert Address.objects.get().street == "科技园路 1 号 A 座 1203"


def test_removing_the_default_passes_it_on() -> None:
    user = make_member()
    rows = [make_address(user) for _number in range(3)]
    actions.remove_address(user, rows[0].pk)
    assert [(row.pk, row.is_default) for row in queries.addresses(user)] == [(rows[2].pk, True), (rows[1].pk, False)]
    actions.remove_address(user, rows[2].pk)
    actions.remove_address(user, rows[1].pk)
    assert queries.addresses(user) == []
    assert queries.default_address(user) is None
    assert Address.objects.filter(deleted_at__isnull=False).count() == 3


def test_nobody_reaches_the_address_of_another() -> None:
    owner, other = make_member(), make_member()
    row = make_address(owner)
    attempts: list[Callable[[], object]] = [
        lambda: queries.access_address(other, row.pk),
        lambda: actions.save_address(other, GOOD, address_id=row.pk),
        lambda: actions.remove_address(other, row.pk),
        lambda: actions.set_default_address(other, row.pk),
    ]
    for attempt in attempts:
        with pytest.raises(DomainError, match=r"request.not_found"):
            attempt()
    untouched = Address.objects.get()
    assert (untouched.recipient, untouched.user_id, untouched.deleted_at) == ("王小明", owner.pk, None)


def test_a_removed_address_is_gone_for_its_owner_too() -> None:
    user = make_member()
    row = make_address(user)
    actions.remove_address(user, row.pk)
    with pytest.raises(DomainError, match=r"request.not_found"):
        actions.save_address(user, GOOD, address_id=row.pk)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("recipient", "", "accounts.recipient"),
        ("recipient", "\u200b \n", "accounts.recipient"),
        ("recipient", "---", "accounts.recipient"),
        ("recipient", "x" * 41, "accounts.recipient"),
        ("recipient", "哈" * 9, "accounts.recipient"),
        ("phone", "12345", "accounts.phone"),
        ("street", "1 号", "accounts.street"),
        ("street", "……!!!???", "accounts.street"),
        ("street", "路" * 201, "accounts.street"),
        ("street", "aaaaaaaaaaaaaaa", "accounts.street"),
        ("region_code", "440300", "accounts.region"),
    ],
)
def test_absurd_input_is_refused_beside_its_field(field: str, value: str, code: str) -> None:
    typed = AddressInput(**GOOD_FIELDS | {field: value})
    with pytest.raises(DomainError) as refusal:
        actions.save_address(make_member(), typed)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Address.objects.exists()


def test_twenty_addresses_are_enough() -> None:
    user = make_member()
    for _number in range(20):
        make_address(user)
    with pytest.raises(DomainError, match=r"accounts.address_limit"):
        make_address(user)
    actions.save_address(user, GOOD, address_id=queries.addresses(user)[3].pk)
    assert len(queries.addresses(user)) == 20


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_one_statement_with_all_paths(number: int, statements: Statements) -> None:
    user = make_member()
    for _number in range(number):
        make_address(user)
    with statements(1):
        assert {queries.path_of(row.region) for row in queries.addresses(user)} == {"广东省 深圳市 南山区"}

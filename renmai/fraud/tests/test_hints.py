"""What two people have in common, before anything is promised."""

import pytest

from renmai.accounts.actions import note_sign_in, save_address
from renmai.accounts.inputs import AddressInput
from renmai.accounts.models import User
from renmai.accounts.tests.factories import HERE, NANSHAN, Statements, make_address, make_member
from renmai.fraud.cases import Kind
from renmai.fraud.queries import in_common

pytestmark = pytest.mark.django_db


def at_home(user: User, phone: str) -> None:
    save_address(user, AddressInput("收件人", phone, NANSHAN, "科技园路 1 号", is_default=True))


def test_a_browser_and_a_phone_are_telling_and_a_house_is_not(statements: Statements) -> None:
    one, other = make_member(), make_member()
    at_home(one, "13800000001")
    at_home(other, "13800000002")
    note_sign_in(one, device="hers", label="iPhone", ip_address=HERE)
    note_sign_in(other, device="another", label="iPhone", ip_address=HERE)
    assert in_common(one.pk, other.pk) == frozenset()
    note_sign_in(other, device="hers", label="iPhone", ip_address=HERE)
    assert in_common(one.pk, other.pk) == {Kind.DEVICE}
    at_home(other, "13800000001")
    with statements(6):
        assert in_common(one.pk, other.pk) == {Kind.DEVICE, Kind.PHONE}


def test_strangers_have_nothing_in_common() -> None:
    one, other = make_member(), make_member()
    assert in_common(one.pk, other.pk) == frozenset()
    make_address(one)
    assert in_common(one.pk, other.pk) == frozenset()

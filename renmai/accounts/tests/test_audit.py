"""The audit of people finds what is wrong, and nothing else."""

import pytest

from renmai.accounts import actions
from renmai.accounts.audit import violations
from renmai.accounts.models import Address, Region, Role, StaffRole, User, Visitor
from renmai.accounts.tests.factories import NANSHAN, make_address, make_member, make_staff

pytestmark = pytest.mark.django_db


def found() -> list[tuple[str, str]]:
    return [(violation.invariant, violation.subject) for violation in violations()]


def test_a_healthy_world_has_none() -> None:
    member = make_member()
    make_address(member)
    make_address(member)
    make_staff(Role.AUDITOR)
    actions.join_visitor(member, actions.visitor(None))
    assert found() == []


def test_each_fault_is_found() -> None:
    lost, roleless, member = make_member(), make_staff(), make_member()
    User.objects.filter(pk=lost.pk).update(phone=None)
    StaffRole.objects.filter(user=roleless).update(role="emperor")
    StaffRole.objects.create(user=member, role=Role.OWNER)
    address = make_address(member)
    Address.objects.filter(pk=address.pk).update(is_default=False, region_id="440300")
    visitor = Visitor.objects.create(user=member)
    Region.objects.filter(pk=NANSHAN).update(parent_id="440000")
    assert found() == [
        ("accounts.sign_in", f"user {lost.pk}"),
        ("accounts.roles", f"user {roleless.pk}"),
        ("accounts.roles", f"user {member.pk}"),
        ("accounts.region", f"address {address.pk}"),
        ("accounts.default_address", f"user {member.pk}"),
        ("accounts.region_tree", f"region {NANSHAN}"),
        ("accounts.visitor", f"visitor {visitor.pk}"),
    ]


def test_staff_without_any_role_is_found() -> None:
    person = make_staff()
    StaffRole.objects.all().delete()
    assert found() == [("accounts.roles", f"user {person.pk}")]


def test_people_of_an_imported_past_need_no_way_in() -> None:
    User.objects.create(display_name="Customer 17850", password="!")
    assert found() == []
    User.objects.update(password="")
    assert len(found()) == 1

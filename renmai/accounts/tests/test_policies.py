"""The whole permission matrix, pinned: a change of the table shows here, line by line."""

import pytest
from django.contrib.auth.models import AnonymousUser

from renmai.accounts import queries
from renmai.accounts.models import Role, User
from renmai.accounts.policies import PERMISSIONS, Permission, require
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.kernel.errors import DomainError

HEADS = "                    own mer ful ser fin ana aud"
MATRIX = """
products.edit        x   x   .   .   .   .   .
stock.feed           x   x   x   .   .   .   .
orders.view          x   x   x   x   x   .   x
orders.ship          x   .   x   .   .   .   .
after_sales.decide   x   .   .   x   .   .   .
refunds.view         x   .   .   x   x   .   x
withdrawals.review   x   .   .   .   x   .   .
withdrawals.approve  x   .   .   .   x   .   .
agents.manage        x   .   .   x   .   .   .
attribution.view     x   .   .   x   x   x   x
figures.view         x   x   .   .   x   x   x
customers.view       x   x   .   x   .   .   x
customers.correct    x   .   .   x   .   .   .
experiments.manage   x   x   .   .   .   .   .
matching.manage      x   x   .   .   .   .   .
campaigns.view       x   x   .   x   x   x   x
campaigns.manage     x   x   .   .   .   .   .
campaigns.approve    x   .   .   .   .   .   .
content.manage       x   x   .   .   .   .   .
rewards.decide       x   .   .   x   x   .   .
settings.change      x   .   .   .   .   .   .
policy.view          x   x   x   x   x   x   x
audit.view           x   .   .   .   x   .   x
log.view             x   .   .   .   .   .   x
staff.manage         x   .   .   .   .   .   .
api.manage           x   .   .   .   .   .   .
"""


def matrix() -> str:
    lines = []
    for permission in Permission:
        marks = ["x" if role in PERMISSIONS[permission] else "." for role in Role]
        lines.append(f"{permission.value:<20} {'   '.join(marks)}")
    return "\n" + "\n".join(lines) + "\n"


def test_the_matrix_is_what_was_agreed() -> None:
    assert HEADS.split() == [role.value[:3] for role in Role]
    print(HEADS + matrix())
    assert matrix() == MATRIX


def test_every_permission_has_a_row_and_somebody() -> None:
    assert set(PERMISSIONS) == set(Permission)
    assert all(PERMISSIONS.values())


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_its_row_and_nothing_else(role: Role) -> None:
    person = make_staff(role)
    allowed = set()
    for permission in Permission:
        if role in PERMISSIONS[permission]:
            require(person, permission)
            allowed.add(permission)
        else:
            with pytest.raises(DomainError, match=r"request.forbidden"):
                require(person, permission)
    assert allowed
    assert queries.permissions_of(person) == allowed


@pytest.mark.django_db
def test_members_and_nobody_may_do_nothing() -> None:
    member = make_member()
    for permission in Permission:
        with pytest.raises(DomainError, match=r"request.forbidden"):
            require(member, permission)
        for nobody in (None, AnonymousUser()):
            with pytest.raises(DomainError, match=r"request.sign_in"):
                require(nobody, permission)
    assert queries.permissions_of(member) == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_role_counts_only_for_open_accounts_of_the_staff(change: dict[str, bool]) -> None:
    person = make_staff(Role.OWNER)
    User.objects.filter(pk=person.pk).update(**change)
    assert not queries.has_permission(User.objects.get(pk=person.pk), Permission.ORDERS_VIEW)

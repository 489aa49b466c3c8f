"""The staff: accounts, roles, passwords."""

from collections.abc import Callable

import pytest

from renmai.accounts import actions, queries
from renmai.accounts.inputs import StaffInput
from renmai.accounts.models import ActLog, Role, StaffRole, User
from renmai.accounts.tests.factories import PASSWORD, Statements, make_member, make_staff
from renmai.kernel.errors import DomainError

pytestmark = pytest.mark.django_db


def test_an_owner_adds_staff_and_the_log_says_so() -> None:
    owner = make_staff()
    person = actions.create_staff(owner, StaffInput("Li.Lei", PASSWORD, "李雷", frozenset({Role.SERVICE, Role.FINANCE})))
    assert (person.username, person.is_staff, person.phone) == ("li.lei", True, None)
    assert queries.roles_of(person) == {Role.SERVICE, Role.FINANCE}
    act = ActLog.objects.get()
    assert (act.actor_id, act.act, act.object_type, act.object_id) == (owner.pk, "staff.create", "user", str(person.pk))
    assert act.detail == {"roles": ["finance", "service"]}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_nobody_else_touches_the_staff(role: Role) -> None:
    actor, other = make_staff(role), make_staff()
    attempts: list[Callable[[], object]] = [
        lambda: actions.create_staff(actor, StaffInput("newone", PASSWORD, "新", frozenset({Role.OWNER}))),
        lambda: actions.set_roles(actor, actor.pk, roles=frozenset({Role.OWNER})),
        lambda: actions.set_staff_active(actor, other.pk, is_active=False),
        lambda: actions.reset_second_factor(actor, other.pk),
    ]
    for attempt in attempts:
        with pytest.raises(DomainError, match=r"request.forbidden"):
            attempt()
    assert User.objects.count() == 2
    assert queries.roles_of(User.objects.get(pk=actor.pk)) == {role}
    assert not ActLog.objects.exists()


@pytest.mark.parametrize(
    ("staff", "code", "field"),
    [
        (StaffInput("ab", PASSWORD, "甲", frozenset({Role.OWNER})), "accounts.username", "username"),
        (StaffInput("no spaces", PASSWORD, "甲", frozenset({Role.OWNER})), "accounts.username", "username"),
        (StaffInput("taken", PASSWORD, "甲", frozenset({Role.OWNER})), "accounts.username_taken", "username"),
        (StaffInput("TAKEN", PASSWORD, "甲", frozenset({Role.OWNER})), "accounts.username_taken", "username"),
        (StaffInput("fresh", "short", "甲", frozenset({Role.OWNER})), "accounts.password", "password"),
        (StaffInput("fresh", "1234567890123", "甲", frozenset({Role.OWNER})), "accounts.password", "password"),
        (StaffInput("fresh-name-here", "fresh-name-here", "甲", frozenset({Role.OWNER})), "accounts.password", "password"),
        (StaffInput("fresh", PASSWORD, " ", frozenset({Role.OWNER})), "accounts.name", "display_name"),
        (StaffInput("fresh", PASSWORD, "甲", frozenset()), "accounts.roles", "roles"),
    ],
)
def test_what_makes_no_account_is_said_beside_its_field(staff: StaffInput, code: str, field: str) -> None:
    make_staff(username="taken")
    with pytest.raises(DomainError) as refusal:
        actions.create_staff(None, staff)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert refusal.value.sentence
    assert User.objects.count() == 1


def test_roles_are_replaced_as_a_whole() -> None:
    owner, person = make_staff(), make_staff(Role.SERVICE, Role.FINANCE)
    actions.set_roles(owner, person.pk, roles=frozenset({Role.FINANCE, Role.ANALYST}))
    assert set(StaffRole.objects.filter(user=person).values_list("role", flat=True)) == {"finance", "analyst"}
    assert ActLog.objects.get().detail == {"before": ["finance", "service"], "after": ["analyst", "finance"]}
    with pytest.raises(DomainError, match=r"accounts.roles"):
        actions.set_roles(owner, person.pk, roles=frozenset())


def test_the_last_owner_stays_and_nobody_closes_themselves() -> None:
    owner, other = make_staff(), make_staff()
    actions.set_roles(owner, other.pk, roles=frozenset({Role.ANALYST}))
    with pytest.raises(DomainError, match=r"accounts.last_owner"):
        actions.set_roles(owner, owner.pk, roles=frozenset({Role.ANALYST}))
    with pytest.raises(DomainError, match=r"accounts.own_account"):
        actions.set_staff_active(owner, owner.pk, is_active=False)
    assert queries.roles_of(User.objects.get(pk=owner.pk)) == {Role.OWNER}


def test_closing_takes_every_permission_away_and_reopening_gives_it_back() -> None:
    owner, person = make_staff(), make_staff(Role.FINANCE)
    actions.set_staff_active(owner, person.pk, is_active=False)
    assert queries.permissions_of(User.objects.get(pk=person.pk)) == frozenset()
    actions.set_staff_active(owner, person.pk, is_active=True)
    assert queries.roles_of(User.objects.get(pk=person.pk)) == {Role.FINANCE}
    assert list(ActLog.objects.order_by("pk").values_list("act", flat=True)) == ["staff.close", "staff.reopen"]


def test_a_member_is_no_staff_to_be_given_roles() -> None:
    owner, member = make_staff(), make_member()
    with pytest.raises(DomainError, match=r"request.not_found"):
        actions.set_roles(owner, member.pk, roles=frozenset({Role.OWNER}))
    assert not StaffRole.objects.filter(user=member).exists()


def test_a_password_changes_only_with_the_old_one() -> None:
    person = make_staff()
    with pytest.raises(DomainError) as refusal:
        actions.change_password(person, "wrong", new="another long one 43")
    assert (refusal.value.code, refusal.value.field) == ("accounts.password_old", "old")
    with pytest.raises(DomainError, match=r"accounts.password"):
        actions.change_password(person, PASSWORD, new="password12")
    actions.change_password(person, PASSWORD, new="another long one 43")
    fresh = User.objects.get(pk=person.pk)
    assert fresh.check_password("another long one 43")
    assert ActLog.objects.get().detail == {}


def test_guessing_the_old_password_is_limited() -> None:
    person = make_staff()
    for _time in range(5):
        with pytest.raises(DomainError, match=r"accounts.password_old"):
            actions.change_password(person, "wrong", new="another long one 43")
    with pytest.raises(DomainError, match=r"request.too_many"):
        actions.change_password(person, PASSWORD, new="another long one 43")


def test_the_staff_is_listed_with_few_statements(statements: Statements) -> None:
    make_member()
    people = [make_staff(Role.SERVICE) for _number in range(3)]
    with statements(2):
        listed = queries.staff()
        assert [len(person.staff_roles.all()) for person in listed] == [1, 1, 1]
    assert {person.pk for person in listed} == {person.pk for person in people}

"""Everything that must happen once, asked for by eight threads at the same moment."""

from collections import Counter
from collections.abc import Callable

import pytest

from renmai.accounts import actions, throttling
from renmai.accounts.actions.second_factor import check_second_factor
from renmai.accounts.audit import violations
from renmai.accounts.consents import Purpose
from renmai.accounts.models import Address, Consent, PhoneCode, Role, StaffRole, User, Visitor
from renmai.accounts.queries import ADDRESS_LIMIT
from renmai.accounts.tests.factories import HERE, code_of, enrol, make_address, make_member, make_staff
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent
from tools.testing import together
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
PHONE = "13800138000"


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """Run ``act`` in every thread and count how it ended: ``done``, or the code of the refusal."""

    def numbered(number: int) -> Callable[[], str]:
        def run() -> str:
            act(number)
            return "done"

        return run

    return Counter(together.at_once(*map(numbered, range(THREADS))))


def test_one_code_signs_in_once() -> None:
    issued = actions.request_code(PHONE, ip_address=HERE)
    ends = at_once(lambda _number: actions.verify_code(PHONE, issued.code, ip_address=HERE))
    assert ends["done"] == 1
    assert ends["accounts.code_expired"] == THREADS - 1
    assert User.objects.count() == 1
    assert OutboxEvent.objects.filter(name="accounts.MemberJoined").count() == 1


def test_five_tries_are_five_also_at_once() -> None:
    issued = actions.request_code(PHONE, ip_address=HERE)
    wrong = f"{(int(issued.code) + 1) % 10**6:06d}"
    at_once(lambda _number: actions.verify_code(PHONE, wrong, ip_address=HERE))
    assert PhoneCode.objects.get().attempts == 5
    with pytest.raises(DomainError, match=r"accounts.code_expired"):
        actions.verify_code(PHONE, issued.code, ip_address=HERE)


def test_a_limit_lets_through_exactly_its_number() -> None:
    ends = at_once(lambda _number: throttling.hit("test", "someone", limit=3, window_seconds=600))
    assert ends == {"done": 3, "request.too_many": THREADS - 3}


def test_a_phone_becomes_one_member() -> None:
    ends = at_once(lambda _number: actions.create_member(PHONE, display_name="同一人"))
    assert ends == {"done": THREADS}
    assert User.objects.count() == 1
    assert OutboxEvent.objects.count() == 1


def test_a_browser_becomes_one_persons() -> None:
    visitor, people = actions.visitor(None), [make_member() for _number in range(THREADS)]
    at_once(lambda number: actions.join_visitor(people[number], Visitor(pk=visitor.pk)))
    assert Visitor.objects.get(pk=visitor.pk).user_id in {person.pk for person in people}
    assert Visitor.objects.values("user_id").distinct().count() == THREADS
    assert OutboxEvent.objects.filter(name="accounts.VisitorRecognised").count() == 1


def test_a_recovery_code_opens_once() -> None:
    person = make_staff()
    _app, codes = enrol(person)
    ends = at_once(lambda _number: check_second_factor(person, codes[0]))
    assert ends["done"] == 1


def test_a_code_of_the_app_opens_once(moving_clock: MovingClock) -> None:
    person = make_staff()
    app, _codes = enrol(person)
    moving_clock.advance(minutes=2)
    code = code_of(app)
    ends = at_once(lambda _number: check_second_factor(person, code))
    assert ends["done"] == 1
    assert ends["accounts.totp_wrong"] + ends["accounts.locked"] == THREADS - 1


def test_removing_and_choosing_the_default_address_leaves_one() -> None:
    removed: list[Address] = []

    def scene() -> tuple[together.Act, together.Act]:
        user = make_member()
        first, _second, third = (make_address(user) for _number in range(3))
        removed.append(first)
        return (
            lambda: actions.remove_address(user, first.pk),
            lambda: actions.set_default_address(user, third.pk).pk,
        )

    def check(gone: str, chosen: str) -> None:
        assert (gone, chosen) == ("None", str(removed[-1].pk + 2))
        default = Address.objects.get(user=removed[-1].user, is_default=True, deleted_at__isnull=True)
        assert default.pk == removed[-1].pk + 2
        assert list(violations()) == []

    together.every_interleaving(scene, check)


def test_two_addresses_removed_at_once_leave_the_third_as_default() -> None:
    kept: list[Address] = []

    def scene() -> tuple[together.Act, together.Act]:
        user = make_member()
        third, second, first = (make_address(user, is_default=True) for _number in range(3))
        kept.append(third)
        return lambda: actions.remove_address(user, first.pk), lambda: actions.remove_address(user, second.pk)

    def check(_first: str, _second: str) -> None:
        assert Address.objects.get(user=kept[-1].user, deleted_at__isnull=True).is_default
        assert list(violations()) == []

    together.every_interleaving(scene, check)


def test_a_list_of_addresses_is_full_also_at_once() -> None:
    user = make_member()
    for _number in range(ADDRESS_LIMIT - 2):
        make_address(user)
    ends = at_once(lambda _number: make_address(user))
    assert ends == {"done": 2, "accounts.address_limit": THREADS - 2}
    assert list(violations()) == []


def test_two_owners_who_dismiss_each_other_at_once() -> None:
    people: list[User] = []

    def scene() -> tuple[together.Act, together.Act]:
        StaffRole.objects.all().delete()
        User.objects.filter(is_staff=True).update(is_staff=False)
        people[:] = [make_staff(), make_staff()]
        one, other = people
        return (
            lambda: actions.set_roles(one, other.pk, roles=frozenset({Role.ANALYST})),
            lambda: actions.set_staff_active(other, one.pk, is_active=False),
        )

    def check(first: str, second: str) -> None:
        assert sorted([first, second]) in (["None", "accounts.last_owner"], ["None", "request.forbidden"])
        left = StaffRole.objects.filter(role=Role.OWNER, user__is_active=True)
        assert left.count() == 1

    together.every_interleaving(scene, check)


def test_there_is_one_default_address() -> None:
    user = make_member()
    rows = [make_address(user) for _number in range(THREADS)]
    at_once(lambda number: actions.set_default_address(user, rows[number].pk))
    assert Address.objects.filter(user=user, is_default=True).count() == 1


def test_an_agreement_is_recorded_once() -> None:
    user = make_member()
    ends = at_once(lambda _number: actions.give_consent(user, Purpose.TERMS))
    assert ends == {"done": THREADS}
    assert Consent.objects.count() == 1

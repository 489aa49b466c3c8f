"""Everything that must happen once, asked for by eight threads at the same moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from renmai.accounts import actions, throttling
from renmai.accounts.actions.second_factor import check_second_factor
from renmai.accounts.consents import Purpose
from renmai.accounts.models import Address, Consent, PhoneCode, User, Visitor
from renmai.accounts.tests.factories import HERE, enrol, make_address, make_member, make_staff
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
PHONE = "13800138000"


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """Run ``act`` in every thread and count how it ended: ``done``, or the code of the refusal."""
    barrier = Barrier(THREADS)

    def run(number: int) -> str:
        try:
            barrier.wait(timeout=10)
            act(number)
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(run, range(THREADS)))


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

"""Messages: once by cause, one's own, in the reader's language."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.utils import translation

from renmai.accounts.models import User
from renmai.care import actions, queries
from renmai.care.models import Message
from renmai.care.texts import GROUPS, TEMPLATES, Facts
from renmai.kernel.errors import DomainError
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
FACTS: Facts = {
    "order": "R1",
    "amount_fen": 123_450,
    "carrier": "sf",
    "tracking": "SF10001",
    "from": "2026-03-10",
    "until": "2026-03-17",
    "title_zh": "龙井",
    "title_en": "Longjing",
    "changed_zh": "龙井礼盒",
    "changed_en": "Longjing in a box",
    "answer": "The tag was cut off.",
    "shop": "小林的茶",
    "customer": "阿青",
    "debt_fen": 300,
    "withdrawal": "W1",
    "net_fen": 100,
    "tax_fen": 20,
    "off_fen": 200,
    "reason": "The name differs.",
    "browser": "Safari · iPhone",
    "agent": "阿青",
    "count": 5,
    "day": "2026-03-10",
}


@pytest.fixture
def person() -> User:
    return User.objects.create(phone="13900000001", display_name="阿青")


@pytest.fixture
def other() -> User:
    return User.objects.create(phone="13900000002", display_name="小林")


def tell(person: User, cause: str, kind: str = "order_paid") -> None:
    actions.notify(person.pk, kind, details=FACTS, link="order:R1", cause=cause)


def test_the_same_cause_tells_once(person: User) -> None:
    tell(person, "order:1:paid")
    tell(person, "order:1:paid")
    assert queries.unread_count(person) == 1


def test_a_message_is_read_in_the_readers_language(person: User) -> None:
    tell(person, "1")
    with translation.override("zh-hans"):
        (chinese,) = queries.inbox(person)
    with translation.override("en"):
        (english,) = queries.inbox(person)
    assert (chinese.title, chinese.body) == ("付款成功", "订单 R1 已付款 ¥1,234.50，正在为你备货。")
    assert (english.title, english.body) == (
        "Payment received",
        "Order R1 is paid: ¥1,234.50. The goods are being packed.",
    )
    assert (english.group, english.group_label, english.link_kind, english.link_key) == ("order", "Orders", "order", "R1")


@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_every_kind_can_be_told_in_both_languages(person: User, kind: str) -> None:
    tell(person, "1", kind)
    with translation.override("en"):
        english = queries.inbox(person)[0]
    with translation.override("zh-hans"):
        chinese = queries.inbox(person)[0]
    assert english.group in GROUPS
    for view in (english, chinese):
        assert "%" not in view.title + view.body
    assert english.title != chinese.title
    assert english.body.isprintable()


def test_carriers_and_titles_speak_the_readers_language(person: User) -> None:
    tell(person, "1", "parcel_shipped")
    tell(person, "2", "commission_created")
    with translation.override("en"):
        sale, parcel = queries.inbox(person)
    assert parcel.body == "Order R1 left with SF Express, tracking number SF10001."
    assert sale.body == "“Longjing” was bought through you: ¥1,234.50, yours once the goods are kept."


def test_a_fact_that_is_missing_is_noticed_when_it_is_written(person: User) -> None:
    with pytest.raises(KeyError):
        actions.notify(person.pk, "order_paid", details={"order": "R1"}, cause="1")
    with pytest.raises(KeyError):
        actions.notify(person.pk, "spring_sale", details=FACTS, cause="1")
    assert not Message.objects.exists()


def test_the_newest_first_by_pages_and_groups(person: User, moving_clock: MovingClock) -> None:
    for number in range(5):
        tell(person, str(number), "order_paid" if number % 2 else "commission_thawed")
        moving_clock.advance(minutes=1)
    kinds = [view.kind for view in queries.inbox(person, page=2, page_size=2)]
    assert kinds == ["commission_thawed", "order_paid"]
    assert [view.kind for view in queries.inbox(person, group="order")] == ["order_paid", "order_paid"]


def test_reading_counts_once(person: User, moving_clock: MovingClock) -> None:
    tell(person, "1")
    tell(person, "2")
    message = queries.inbox(person)[0].id
    actions.mark_read(person, message)
    first = moving_clock.now
    moving_clock.advance(minutes=1)
    actions.mark_read(person, message)
    assert Message.objects.get(pk=message).read_at == first
    assert queries.unread_count(person) == 1
    assert actions.mark_all_read(person) == 1
    assert actions.mark_all_read(person) == 0
    assert queries.unread_count(person) == 0


def test_messages_are_private(person: User, other: User) -> None:
    tell(person, "1")
    message = queries.inbox(person)[0].id
    assert list(queries.inbox(other)) == []
    for act in (actions.mark_read, queries.access_message):
        with pytest.raises(DomainError) as caught:
            act(other, message)
        assert caught.value.code == "request.not_found"
    assert actions.mark_all_read(other) == 0
    assert queries.access_message(person, message).is_read is False


@pytest.mark.parametrize("messages", [1, 20])
def test_a_page_costs_two_statements(
    person: User, messages: int, statements: Callable[[int], AbstractContextManager[None]]
) -> None:
    for number in range(messages):
        tell(person, str(number))
    with statements(2):
        assert len(list(queries.inbox(person))) == messages
    with statements(1):
        queries.unread_count(person)

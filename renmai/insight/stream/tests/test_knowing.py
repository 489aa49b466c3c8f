"""A guest turns out to be a member: her events are hers, on several devices, until they are separated."""

from collections.abc import Sequence

import pytest

from renmai.accounts.actions import give_consent, visitor
from renmai.accounts.actions.members import join_visitor
from renmai.accounts.consents import Purpose
from renmai.accounts.events import VisitorRecognised
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.insight.stream import delivery
from renmai.insight.stream.actions import merge, merge_browsers, separate
from renmai.insight.stream.delivery import Consumer
from renmai.insight.stream.models import EventRow, Merge
from renmai.insight.stream.queries import export, of_products, recent
from renmai.insight.stream.reactions import join_browser
from renmai.insight.stream.records import StreamEvent
from renmai.insight.stream.tests.happenings import happened
from renmai.kernel.models import OutboxEvent

pytestmark = pytest.mark.django_db


def sign_in(member: User, browser: Visitor) -> None:
    join_visitor(member, browser)
    join_browser(VisitorRecognised(visitor_id=str(browser.pk), user_id=member.pk))


def test_what_a_guest_did_on_two_devices_is_hers_once_she_signs_in() -> None:
    member, phone, tablet, stranger = make_member(), visitor(None), visitor(None), visitor(None)
    give_consent(member, Purpose.BROWSING)
    for browser in (phone, tablet, stranger):
        happened("cart_opened", visitor=browser, lines=1)
    assert recent(user_id=member.pk) == []
    sign_in(member, phone)
    sign_in(member, tablet)
    happened("cart_opened", user=member, visitor=tablet, lines=2)
    assert [(event.visitor_id, event.user_id) for event in recent(user_id=member.pk)] == [
        (tablet.pk, member.pk),
        (tablet.pk, member.pk),
        (phone.pk, member.pk),
    ]
    assert export(member) == recent(user_id=member.pk)
    assert [event.user_id for event in recent(visitor_id=stranger.pk)] == [None]


def test_separating_leaves_everything_as_it_was_before() -> None:
    member, browser = make_member(), visitor(None)
    give_consent(member, Purpose.BROWSING)
    before = happened("cart_opened", visitor=browser, lines=1)
    rows = list(EventRow.objects.values())
    assert merge(visitor_id=browser.pk, user_id=member.pk)
    own = happened("cart_opened", visitor=browser, user=member, lines=2)
    assert separate(browser.pk, because="shared tablet")
    assert [event.event_id for event in recent(user_id=member.pk)] == [own.event_id], "what she did signed in stays hers"
    assert recent(visitor_id=browser.pk)[-1] == before
    assert list(EventRow.objects.order_by("position").values())[:1] == rows
    assert Merge.objects.get().separated_because == "shared tablet"
    assert not separate(browser.pk)
    assert merge(visitor_id=browser.pk, user_id=member.pk), "and it can be hers again"


def test_without_her_consent_a_guest_stays_a_guest() -> None:
    member, browser = make_member(), visitor(None)
    happened("cart_opened", visitor=browser, lines=1)
    sign_in(member, browser)
    assert recent(user_id=member.pk) == []
    give_consent(member, Purpose.BROWSING)
    assert merge_browsers(member) == 1
    assert len(recent(user_id=member.pk)) == 1


def test_a_browser_belongs_to_one_member_at_a_time() -> None:
    first, second, browser = make_member(), make_member(), visitor(None)
    for member in (first, second):
        give_consent(member, Purpose.BROWSING)
    assert merge(visitor_id=browser.pk, user_id=first.pk)
    assert not merge(visitor_id=browser.pk, user_id=second.pk)


def test_readers_meet_a_guests_events_under_her_name() -> None:
    member, browser = make_member(), visitor(None)
    give_consent(member, Purpose.BROWSING)
    happened("cart_opened", visitor=browser, lines=1)
    merge(visitor_id=browser.pk, user_id=member.pk)
    read: list[StreamEvent] = []

    def on_events(events: Sequence[StreamEvent]) -> None:
        read.extend(events)

    delivery.drain([Consumer("reader", on_events)])
    assert [event.user_id for event in read] == [member.pk]


def test_events_are_found_by_name_moment_product_and_number() -> None:
    browser = visitor(None)
    events = [
        happened("product_lingered", visitor=browser, product=number, seconds=10, scroll=1, pictures=0) for number in (1, 2)
    ]
    later = happened("searched", visitor=browser, query="茶", found=3)
    assert recent(visitor_id=browser.pk, names=["searched"]) == [later]
    assert recent(visitor_id=browser.pk, since=later.at) == [later]
    assert recent(visitor_id=browser.pk, limit=2) == [later, events[1]]
    assert of_products([1, 3]) == [events[0]]
    assert recent() == []


def test_separating_says_whose_browser_it_was_once() -> None:
    member, browser = make_member(), visitor(None)
    give_consent(member, Purpose.BROWSING)
    merge(visitor_id=browser.pk, user_id=member.pk)
    assert separate(browser.pk)
    assert not separate(browser.pk)
    (told,) = OutboxEvent.objects.filter(name="insight.stream.BrowserSeparated")
    assert told.payload == {"visitor_id": str(browser.pk), "user_id": member.pk}

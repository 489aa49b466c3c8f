"""Events come in once, checked, with what may be kept of the person."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from renmai.accounts.actions import give_consent, visitor, withdraw_consent
from renmai.accounts.actions.members import join_visitor
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.tests.factories import make_product
from renmai.insight.stream.actions import ingest, record
from renmai.insight.stream.actions.setting_aside import EXAMPLES_A_DAY
from renmai.insight.stream.actions.taking_in import STORM_EVENTS
from renmai.insight.stream.models import Aside, EventRow, Example
from renmai.insight.stream.records import Fact, Receipt
from renmai.insight.stream.registry import Unfit
from renmai.insight.stream.tests.batches import SESSION, batch, milliseconds, raw
from renmai.insight.stream.wire import Batch
from renmai.kernel import clock, ids
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def agreeing() -> User:
    member = make_member()
    give_consent(member, Purpose.BROWSING)
    return member


def reasons() -> dict[tuple[str, str], int]:
    return {(row.reason, row.name): row.count for row in Aside.objects.all()}


def test_a_batch_is_written_once_however_often_it_is_sent(moving_clock: MovingClock) -> None:
    product, browser, member = make_product(), visitor(None), agreeing()
    events = [raw(product=product.pk, session=str(SESSION), ago_seconds=4), raw("searched", p={"query": "茶", "found": 3})]
    assert ingest(batch(*events), visitor=browser.pk, user=member) == Receipt(accepted=2)
    moving_clock.advance(seconds=30)
    assert ingest(batch(*events), visitor=browser.pk, user=member) == Receipt(duplicates=2)
    row, other = EventRow.objects.order_by("position")
    assert (row.name, row.version, row.source, row.user_id, row.visitor_id) == (
        "product_lingered",
        1,
        "browser",
        member.pk,
        browser.pk,
    )
    assert (row.session_id, row.product_id, row.at) == (SESSION, product.pk, row.received_at - timedelta(seconds=4))
    assert row.properties == {"seconds": 30, "scroll": 80, "pictures": 2}
    assert (other.name, other.properties, other.position) == ("searched", {"query": "茶", "found": 3}, row.position + 1)


def test_the_same_event_twice_in_one_batch_is_one() -> None:
    event = raw("cart_opened", p={"lines": 1})
    assert ingest(batch(event, event), visitor=visitor(None).pk, user=None) == Receipt(accepted=1, duplicates=1)


def test_no_browser_can_take_the_id_of_a_fact_of_ours() -> None:
    event = raw("cart_opened", id=str(ids.derived("fact", "favourite", 1)), p={"lines": 1})
    ingest(batch(event), visitor=visitor(None).pk, user=None)
    assert record([Fact("favourite_added", ("favourite", 1), clock.now(), product_id=1)]) == 1


def test_a_browser_that_became_another_visitor_in_between_tells_nothing_twice() -> None:
    event = raw("cart_opened", p={"lines": 1})
    assert ingest(batch(event), visitor=None, user=None) == Receipt(accepted=1)
    assert ingest(batch(event), visitor=visitor(None).pk, user=None) == Receipt(duplicates=1)


@pytest.mark.parametrize(
    ("parts", "reason", "name"),
    [
        ({"name": "bought_everything"}, "unknown_name", ""),
        ({"name": "order_paid", "p": {"order": 1, "fen": 1, "pieces": 1}}, "unknown_name", "order_paid"),
        ({"v": 2}, "bad_version", "product_lingered"),
        ({"v": True}, "bad_field", "product_lingered"),
        ({"p": {"seconds": "30", "scroll": 0, "pictures": 0}}, "bad_field", "product_lingered"),
        ({"p": {"seconds": 30, "scroll": 101, "pictures": 0}}, "bad_field", "product_lingered"),
        ({"p": {"seconds": 30, "scroll": 10}}, "bad_field", "product_lingered"),
        ({"p": {"seconds": 30, "scroll": 10, "pictures": 0, "colour": "red"}}, "bad_field", "product_lingered"),
        ({"product": None}, "bad_field", "product_lingered"),
        ({"product": "1"}, "bad_field", "product_lingered"),
        ({"product": 2**63}, "bad_field", "product_lingered"),
        ({"product": 999_999}, "unknown_product", "product_lingered"),
        ({"share": "X" * 13}, "bad_field", "product_lingered"),
        ({"share": "K3\x00"}, "bad_field", "product_lingered"),
        ({"share": "\ud800"}, "bad_field", "product_lingered"),
        ({"id": "no uuid"}, "bad_field", "product_lingered"),
        ({"id": 7}, "bad_field", "product_lingered"),
        ({"session": 7}, "bad_field", "product_lingered"),
        ({"at": "today"}, "bad_field", "product_lingered"),
        ({"at": 10**20}, "bad_field", "product_lingered"),
        ({"user": 1}, "forged_member", "product_lingered"),
        ({"visitor_id": str(uuid4())}, "forged_member", "product_lingered"),
        ({"colour": "red"}, "bad_field", "product_lingered"),
    ],
)
def test_what_does_not_fit_is_set_aside_and_keeps_no_other_out(parts: dict[str, Any], reason: str, name: str) -> None:
    product = make_product()
    bad, good = raw(**({"product": product.pk} | parts)), raw(product=product.pk)
    assert ingest(batch(bad, good), visitor=visitor(None).pk, user=None) == Receipt(accepted=1, quarantined=1)
    assert reasons() == {(reason, name): 1}
    assert Example.objects.get().reason == reason


def test_a_member_whom_the_page_names_is_not_believed(moving_clock: MovingClock) -> None:
    product, victim = make_product(), agreeing()
    event = raw(product=product.pk, user=victim.pk)
    assert ingest(batch(event), visitor=visitor(None).pk, user=None) == Receipt(quarantined=1)
    assert not EventRow.objects.filter(user_id=victim.pk).exists()


def test_times_are_corrected_for_the_browsers_clock(moving_clock: MovingClock) -> None:
    product = make_product()
    ahead = raw(product=product.pk, at=milliseconds(3 * 3600 - 10))
    assert ingest(batch(ahead, off_seconds=3 * 3600), visitor=None, user=None) == Receipt(accepted=1)
    behind = raw(product=product.pk, at=milliseconds(-3 * 3600 - 20))
    assert ingest(batch(behind, off_seconds=-3 * 3600), visitor=None, user=None) == Receipt(accepted=1)
    assert list(EventRow.objects.order_by("position").values_list("at", flat=True)) == [
        moving_clock.now - timedelta(seconds=10),
        moving_clock.now - timedelta(seconds=20),
    ]


@pytest.mark.parametrize(
    ("off_seconds", "at_seconds", "reason"),
    [
        (0, 6, "future"),
        (3600, 3600 + 6, "future"),
        (0, -48 * 3600 - 1, "too_old"),
        (86_401, 86_401, "clock"),
        (-86_401, -86_401, "clock"),
    ],
)
def test_the_future_the_past_and_clocks_that_are_wild(
    moving_clock: MovingClock, off_seconds: int, at_seconds: int, reason: str
) -> None:
    event = raw(product=make_product().pk, at=milliseconds(at_seconds))
    assert ingest(batch(event, off_seconds=off_seconds), visitor=None, user=None) == Receipt(quarantined=1)
    assert reasons() == {(reason, "product_lingered"): 1}


def test_a_machine_counts_as_one_and_leaves_nothing() -> None:
    event = raw(product=make_product().pk)
    assert ingest(batch(event), visitor=None, user=None, user_agent="Googlebot/2.1") == Receipt(quarantined=1)
    assert (reasons(), EventRow.objects.count()) == ({("bot", "product_lingered"): 1}, 0)


def test_a_storm_is_cut_off_and_only_for_the_browser_it_comes_from(moving_clock: MovingClock) -> None:
    stormy, calm = visitor(None).pk, visitor(None).pk
    for _time in range(STORM_EVENTS // 50):
        ingest(batch(*(raw("cart_opened", p={"lines": 0}) for _event in range(50))), visitor=stormy, user=None)
    event = raw("cart_opened", p={"lines": 0})
    assert ingest(batch(event, raw("cart_opened", p={"lines": 0})), visitor=stormy, user=None) == Receipt(quarantined=2)
    assert ingest(batch(event), visitor=calm, user=None) == Receipt(accepted=1)
    assert reasons() == {("storm", "cart_opened"): 2}
    moving_clock.advance(seconds=60)
    later = raw("cart_opened", p={"lines": 0})
    assert ingest(batch(later), visitor=stormy, user=None) == Receipt(accepted=1)


def test_what_is_set_aside_stays_bounded_and_says_nothing_about_anybody() -> None:
    for _time in range(3):
        events = [raw(f"x_{number}", p={"phone": "13800138000"}) for number in range(50)]
        assert ingest(batch(*events), visitor=None, user=None).quarantined == 50
    assert reasons() == {("unknown_name", ""): 150}
    assert 0 < Example.objects.count() <= EXAMPLES_A_DAY
    bad = raw(product=1, p={"13800138000": 1})
    ingest(batch(bad), visitor=None, user=None)
    assert not Example.objects.filter(detail__contains="138").exists()


def test_a_member_who_did_not_agree_leaves_nothing_that_leads_to_her() -> None:
    product, browser, member = make_product(), visitor(None), make_member()
    ingest(batch(raw(product=product.pk, session=str(SESSION))), visitor=browser.pk, user=member)
    row = EventRow.objects.get()
    assert (row.user_id, row.visitor_id, row.session_id, row.product_id) == (None, None, None, product.pk)


def test_consent_that_was_withdrawn_a_second_ago_counts(moving_clock: MovingClock) -> None:
    product, browser, member = make_product(), visitor(None), agreeing()
    ingest(batch(raw(product=product.pk)), visitor=browser.pk, user=member)
    moving_clock.advance(seconds=1)
    withdraw_consent(member, Purpose.BROWSING)
    ingest(batch(raw(product=product.pk)), visitor=browser.pk, user=member)
    assert list(EventRow.objects.order_by("position").values_list("user_id", "visitor_id")) == [
        (member.pk, browser.pk),
        (None, None),
    ]


def test_her_browser_is_no_way_around_her_will_when_she_is_not_signed_in() -> None:
    member, product = make_member(), make_product()
    browser = join_visitor(member, visitor(None))
    ingest(batch(raw(product=product.pk)), visitor=browser.pk, user=None)
    assert list(EventRow.objects.values_list("user_id", "visitor_id")) == [(None, None)]


def test_a_guest_is_kept_by_her_browser() -> None:
    browser = visitor(None)
    ingest(batch(raw(product=make_product().pk)), visitor=browser.pk, user=None)
    assert list(EventRow.objects.values_list("user_id", "visitor_id")) == [(None, browser.pk)]


def test_a_fact_is_told_once() -> None:
    member, product = make_member(), make_product()
    fact = Fact(
        "review_written",
        ("review", 1),
        clock.now(),
        user_id=member.pk,
        product_id=product.pk,
        properties={"order": 7, "rating": 5},
    )
    assert (record([fact]), record([fact])) == (1, 0)
    row = EventRow.objects.get()
    assert (row.source, row.user_id, row.visitor_id, row.properties) == ("server", member.pk, None, {"order": 7, "rating": 5})


def test_a_fact_the_registry_does_not_know_is_our_own_mistake() -> None:
    with pytest.raises(Unfit, match="rating: out of range"):
        record([Fact("review_written", ("review", 1), clock.now(), product_id=1, properties={"order": 7, "rating": 6})])
    with pytest.raises(Unfit, match="product: missing"):
        record([Fact("favourite_added", ("favourite", 1), clock.now())])
    assert EventRow.objects.count() == 0


def test_a_full_batch_costs_the_same_few_statements_as_one_event(statements: Any) -> None:
    product, browser, member = make_product(), visitor(None), agreeing()
    ingest(batch(raw(product=product.pk)), visitor=browser.pk, user=member)
    many: Batch = batch(*(raw(product=product.pk) for _event in range(50)))
    with statements(4):  # products, consent, tail, insert
        ingest(many, visitor=browser.pk, user=member)

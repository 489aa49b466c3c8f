"""A portrait that follows the stream is the portrait that a rebuild from all events gives."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renmai.accounts.actions import withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Product
from renmai.insight.portraits import actions
from renmai.insight.portraits.facets import BROWSED, WHOLE, Facet, Source
from renmai.insight.portraits.models import Interest, Portrait, Stale
from renmai.insight.portraits.queries import interests_of
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tests.world import NOON, bought, did, follower, goods
from renmai.insight.stream.actions import merge
from renmai.insight.stream.delivery import Consumer, drain
from renmai.insight.stream.models import EventRow
from renmai.insight.stream.tests.happenings import happened
from renmai.kernel import clock

pytestmark = pytest.mark.django_db
READERS = (Consumer(READER, actions.on_events),)
Kept = dict[tuple[int, str, str, str], tuple[float, int, object, object]]


def kept() -> Kept:
    """Return every interest by its key; scores to nine digits, because sums of floats depend on their order."""
    return {
        (row.user_id, row.source, row.facet, row.value): (round(row.score, 7), row.count, row.first_at, row.last_at)
        for row in Interest.objects.all()
    }


def test_a_look_adds_to_every_side_of_the_portrait() -> None:
    her, tea = follower(), goods("tea", brand="云上", price_fen=12_800, words="绿茶 礼盒")
    did("product_viewed", user=her, product=tea, at=NOON)
    drain(READERS)
    assert {(row.facet, row.value) for row in Interest.objects.filter(user=her)} == {
        (Facet.CATEGORY, "tea"),
        (Facet.CATEGORY, WHOLE),
        (Facet.BRAND, "云上"),
        (Facet.BRAND, WHOLE),
        (Facet.PRICE, "100-200"),
        (Facet.PRICE, WHOLE),
        (Facet.STYLE, "绿茶"),
        (Facet.STYLE, "礼盒"),
        (Facet.STYLE, WHOLE),
        (Facet.HOUR, "midday"),
        (Facet.HOUR, WHOLE),
    }
    with clock.travel(NOON + timedelta(days=30)):
        assert interests_of([her.pk], Facet.CATEGORY) == {her.pk: {"tea": pytest.approx(0.5)}}
    assert Stale.objects.filter(user=her).exists(), "who has no portrait yet gets one soon"


def test_wishes_come_from_choosing_and_fade_within_days() -> None:
    her, tea = follower(), goods("tea")
    did("cart_added", user=her, product=tea, at=NOON)
    drain(READERS)
    with clock.travel(NOON + timedelta(days=7)):
        assert interests_of([her.pk], Facet.WANTS) == {her.pk: {str(tea.pk): pytest.approx(1.5)}}


def test_who_does_not_agree_leaves_nothing() -> None:
    her, other, tea = make_member(), follower(), goods("tea")
    withdraw_consent(other, Purpose.BROWSING)
    for user in (her, other):
        did("product_viewed", user=user, product=tea, at=NOON)
    drain(READERS)
    assert not Interest.objects.exists()


def test_guests_and_goods_that_are_gone_count_nowhere() -> None:
    her = follower()
    did("product_viewed", visitor=Visitor.objects.create(), product=goods("tea"), at=NOON)
    did("product_viewed", user=her, product=10**6, at=NOON)
    drain(READERS)
    assert {(row.facet, row.value) for row in Interest.objects.all()} == {(Facet.HOUR, "midday"), (Facet.HOUR, WHOLE)}


def test_an_event_of_somebody_who_never_was_stops_nobody() -> None:
    her = follower()
    happened("share_created", user=User(pk=10**6), kind="product", at=NOON)
    happened("share_created", user=her, kind="product", at=NOON)
    drain(READERS)
    assert list(Stale.objects.values_list("user", flat=True)) == [her.pk]


def test_what_a_browser_did_before_it_was_known_is_read_again() -> None:
    her, tea = follower(), goods("tea")
    browser = Visitor.objects.create(user=her)
    did("product_viewed", visitor=browser, product=tea, at=NOON)
    drain(READERS)
    assert not Interest.objects.exists()
    merge(visitor_id=browser.pk, user_id=her.pk)
    actions.mark([her.pk], browsing=True)
    assert actions.refresh_due(10) == 1
    assert interests_of([her.pk], Facet.CATEGORY).keys() == {her.pk}
    assert not Stale.objects.exists()


@pytest.fixture
def town() -> tuple[list[User], list[Product]]:
    people = [follower() for _number in range(3)]
    shelves = [
        goods("tea", brand="云上", words="绿茶"),
        goods("baby", brand="小熊", price_fen=6_000),
        goods("home", words="棉 素色"),
    ]
    return people, shelves


HAPPENINGS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(list(BROWSED)), st.integers(0, 200_000), st.booleans()),
    max_size=25,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HAPPENINGS)
def test_following_equals_a_rebuild(
    town: tuple[list[User], list[Product]], happenings: list[tuple[int, int, str, int, bool]]
) -> None:
    """Events come in any order, in batches of any size; purchases lie between them."""
    people, shelves = town
    EventRow.objects.all().delete()
    Interest.objects.all().delete()
    for who, what, name, minutes, reads_now in happenings:
        did(name, user=people[who], product=shelves[what], at=NOON - timedelta(minutes=minutes))
        if reads_now:
            drain(READERS)
    if happenings:
        bought(people[0], shelves[happenings[0][1]], at=NOON - timedelta(minutes=happenings[0][3]))
    drain(READERS)
    actions.refresh([user.pk for user in people])
    followed = kept()
    actions.rebuild()
    assert kept() == followed
    actions.reread([user.pk for user in people])
    assert kept() == followed


def test_a_rebuild_takes_nothing_that_the_reader_has_not_read() -> None:
    her, tea = follower(), goods("tea")
    did("product_viewed", user=her, product=tea, at=NOON)
    drain(READERS)
    did("product_viewed", user=her, product=tea, at=NOON)
    actions.rebuild()
    assert Interest.objects.get(facet=Facet.CATEGORY, value="tea", source=Source.BROWSING).count == 1
    drain(READERS)
    assert Interest.objects.get(facet=Facet.CATEGORY, value="tea", source=Source.BROWSING).count == 2


def test_a_rebuild_in_blocks_is_a_rebuild(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(3)  # noqa: S311 - repeatable, not secret
    people, shelves = [follower() for _number in range(7)], [goods("tea"), goods("baby")]
    for _number in range(40):
        did("product_viewed", user=dice.choice(people), product=dice.choice(shelves), at=NOON)
        bought(dice.choice(people), dice.choice(shelves))
    drain(READERS)
    actions.rebuild()
    whole = kept()
    monkeypatch.setattr("renmai.insight.portraits.actions.refreshing.PEOPLE_OF_A_BLOCK", 2)
    Interest.objects.all().delete()
    assert actions.rebuild() == 7
    assert kept() == whole
    assert Portrait.objects.filter(orders__gte=1).count() == len({key[0] for key in whole if key[1] == Source.ORDERS})

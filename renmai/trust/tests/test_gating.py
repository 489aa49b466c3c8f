"""The gate as it is asked: consent withdrawn a second ago, mutes, pauses, hours and caps; the price and what learning changes."""

from datetime import UTC, datetime, timedelta

import pytest

from renmai.accounts.actions import give_consent, withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.accounts.tests.factories import Statements
from renmai.sharing import actions as sharing
from renmai.sharing.tests import factories
from renmai.trust import actions, queries
from renmai.trust.facts import Fact
from renmai.trust.gate import Reason, Verdict
from renmai.trust.hazard import MUTING
from renmai.trust.models import Fit, Sending, Standing
from renmai.trust.tests.happenings import kept_order
from renmai.trust.weights import Kind
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
DEAR = 10_000_000


@pytest.fixture
def sharer() -> User:
    return factories.user("Sharer")


@pytest.fixture
def receiver() -> User:
    user = factories.user("Receiver")
    give_consent(user, Purpose.MARKETING)
    return user


def _ask(sharer: User, receiver: User, *, margin_fen: int = DEAR) -> Verdict:
    return queries.gate(sharer, receiver, relevance=0.5, margin_fen=margin_fen)


def _push(sharer: User, receiver: User) -> None:
    asked = queries.ask(sharer.pk, [receiver.pk])[receiver.pk]
    actions.note_sending(asked, queries.Offer(relevance=0.5, margin_fen=100))


def test_consent_withdrawn_a_second_ago_holds(sharer: User, receiver: User, moving_clock: MovingClock) -> None:
    assert _ask(sharer, receiver).reason == Reason.WORTH_IT
    moving_clock.advance(seconds=1)
    withdraw_consent(receiver, Purpose.MARKETING)
    assert _ask(sharer, receiver).reason == Reason.NO_CONSENT


def test_many_offers_are_judged_like_each_alone_in_as_many_statements(
    sharer: User, receiver: User, moving_clock: MovingClock, statements: Statements
) -> None:
    silent, muting, tired = (factories.user() for _number in range(3))
    for each in (muting, tired):
        give_consent(each, Purpose.MARKETING)
    sharing.mute(receiver_id=muting.pk, sharer_id=sharer.pk)
    for _day in range(2):
        _push(sharer, tired)
        _push(factories.user(), tired)
    people = [receiver, silent, muting, tired, receiver]
    margins = [DEAR, DEAR, DEAR, DEAR, 0]
    offers = [(who.pk, queries.Offer(0.5, margin)) for who, margin in zip(people, margins, strict=True)]
    queries.gates(sharer, offers)  # settings stay in the cache for some seconds
    with statements(7):
        found = queries.gates(sharer, offers)
    assert found == [_ask(sharer, who, margin_fen=margin) for who, margin in zip(people, margins, strict=True)]
    assert [verdict.reason for verdict in found] == [
        Reason.WORTH_IT,
        Reason.NO_CONSENT,
        Reason.MUTED,
        Reason.RECEIVER_CAP,
        Reason.TOO_DEAR,
    ]
    with statements(0):
        assert queries.gates(sharer, []) == []


def test_mutes_and_pauses_hold(sharer: User, receiver: User, moving_clock: MovingClock) -> None:
    sharing.pause_sharer(sharer.pk, until=moving_clock.now + timedelta(days=1), reason="complaint", evidence="x:1")
    assert _ask(sharer, receiver).reason == Reason.PAUSED
    sharing.mute(receiver_id=receiver.pk, sharer_id=sharer.pk)
    assert _ask(sharer, receiver).reason == Reason.MUTED


@pytest.mark.parametrize(("hour", "is_quiet"), [(21, False), (22, True), (23, True), (0, True), (7, True), (8, False)])
def test_the_night_is_quiet_in_the_time_of_the_shop(
    sharer: User, receiver: User, moving_clock: MovingClock, hour: int, is_quiet: bool
) -> None:
    moving_clock.travel(datetime(2026, 3, 10, hour, 30, tzinfo=UTC) - timedelta(hours=8))
    assert (_ask(sharer, receiver).reason == Reason.QUIET_HOURS) is is_quiet


def test_caps_count_what_was_sent_to_her_today_and_by_this_sharer_this_week(
    sharer: User, receiver: User, moving_clock: MovingClock
) -> None:
    others = [factories.user() for _number in range(2)]
    for other in others:
        _push(other, receiver)
    assert _ask(sharer, receiver).reason == Reason.RECEIVER_CAP
    moving_clock.advance(days=1)
    assert _ask(sharer, receiver).reason == Reason.WORTH_IT
    for _day in range(3):
        _push(sharer, receiver)
        moving_clock.advance(days=1)
    assert _ask(sharer, receiver).reason == Reason.TIE_CAP
    assert _ask(others[0], receiver).reason == Reason.WORTH_IT
    moving_clock.advance(days=7)
    assert _ask(sharer, receiver).reason == Reason.WORTH_IT


def test_a_share_makes_the_next_one_dearer_and_rest_makes_it_cheaper(
    sharer: User, receiver: User, moving_clock: MovingClock
) -> None:
    first = _ask(sharer, receiver).trust_cost_fen
    _push(sharer, receiver)
    tired = _ask(sharer, receiver).trust_cost_fen
    moving_clock.advance(days=14)
    rested = _ask(sharer, receiver).trust_cost_fen
    assert 0 < first < rested < tired


def test_what_flows_through_the_tie_is_what_a_mute_would_take(sharer: User, receiver: User, moving_clock: MovingClock) -> None:
    shop = factories.shop(sharer)
    before = queries.tie(sharer.pk, receiver.pk)
    order = kept_order(receiver, shop=shop, share=None, at=moving_clock.now, paid_fen=100_000)
    actions.record([Fact(Kind.KEPT, f"order:{order.pk}", sharer.pk, receiver.pk, moving_clock.now, flow_fen=100_000)])
    after = queries.tie(sharer.pk, receiver.pk)
    # ¥1,000 kept, fading with 90 days, is 100000 ÷ (90 ÷ ln 2) fen a day; a year of it, of which suppliers get 70 % and agents 5 %.
    assert after.asked.worth_fen - before.asked.worth_fen == pytest.approx(100_000 / (90 / 0.693147) * 365 * 0.25, abs=2)
    assert after.asked.belief.mean > before.asked.belief.mean


def test_who_knows_better_says_what_the_tie_is_worth(sharer: User, receiver: User) -> None:
    one, double = (
        queries.gate(sharer, receiver, relevance=0.5, margin_fen=1, worth_fen=worth).trust_cost_fen
        for worth in (1_000_000, 2_000_000)
    )
    assert double == pytest.approx(2 * one, abs=1)


def test_standings_follow_ties_and_reach_those_who_never_met(moving_clock: MovingClock) -> None:
    """Thirty people who are known elsewhere praise one sharer and blame another: a newcomer expects more of the first."""
    praised, blamed, known, newcomer = (factories.user(name) for name in ("praised", "blamed", "known", "newcomer"))
    found = []
    for number in range(30):
        reader = factories.user()
        for sharer, kind in ((praised, Kind.KEPT), (blamed, Kind.QUALITY_RETURN), (known, Kind.KEPT)):
            found.append(Fact(kind, f"x:{sharer.pk}:{number}", sharer.pk, reader.pk, moving_clock.now))
    actions.record(found)
    assert actions.refresh_standings(1000) == 33
    assert actions.refresh_standings(1000) == 0
    trust = queries.trust_in([praised.pk, blamed.pk], newcomer.pk)
    assert trust[praised.pk] > trust[blamed.pk]
    assert queries.ties_by_trust(praised.pk, [newcomer.pk]) == [newcomer.pk]


def test_learning_needs_enough_and_then_finds_what_tires(moving_clock: MovingClock) -> None:
    sharer = factories.user()
    tired, fresh = ([factories.user() for _number in range(110)] for _group in range(2))
    at = moving_clock.now
    Sending.objects.bulk_create(
        [
            Sending(sharer=sharer, receiver=each, pressure=pressure, belief=0.8, relevance=0.3, is_exploring=True, at=at)
            for group, pressure in ((tired, 5.0), (fresh, 0.0))
            for each in group
        ]
    )
    for each in tired[:60]:
        actions.mute(each, sharer.pk)
    moving_clock.advance(days=8)
    assert actions.learn(10) == 1
    fit = Fit.objects.get()
    assert (fit.observations, fit.mutes) == (220, 60)
    assert fit.muting[1] > MUTING.pressure
    assert fit.platform_rate < 0.8
    asked = queries.ask(sharer.pk, [fresh[0].pk])[fresh[0].pk]
    assert queries.price_of(asked, queries.Offer(0.3, 0)).cost_fen > 0


def test_too_few_observations_leave_the_weights(moving_clock: MovingClock) -> None:
    Sending.objects.create(
        sharer=factories.user(), receiver=factories.user(), pressure=0, belief=0.5, relevance=0.5, is_exploring=True
    )
    moving_clock.advance(days=8)
    actions.learn(10)
    assert Fit.objects.get().muting == [MUTING.base, MUTING.pressure, MUTING.belief, MUTING.relevance]


def test_the_gate_asks_few_questions(sharer: User, receiver: User, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        _ask(sharer, receiver)
    assert not Standing.objects.exists()

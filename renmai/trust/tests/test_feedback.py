"""One tap, and taking it back: useful, not useful, mute, and the complaint that pauses."""

from datetime import timedelta

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.kernel.models import OutboxEvent
from renmai.ordering.tests.making import refused
from renmai.sharing import actions as sharing
from renmai.sharing import queries as links
from renmai.sharing.models import Mute, Pause, Share, Shop
from renmai.sharing.tests import factories
from renmai.trust import actions, audit, queries
from renmai.trust.decay import BELIEF_DAYS, scale
from renmai.trust.models import Feedback, Tie
from renmai.trust.tests.happenings import visit
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return factories.shop(factories.user("Agent"))


@pytest.fixture
def link(shop: Shop) -> Share:
    return factories.link(shop.owner, of=shop)


def _bad(moving_clock: MovingClock) -> float:
    bad: float = Tie.objects.get().bad
    return bad / scale(moving_clock.now, BELIEF_DAYS)


def test_useful_takes_not_useful_back(link: Share, moving_clock: MovingClock) -> None:
    reader = factories.user()
    assert actions.say(reader, link, "not_useful").pk == actions.say(reader, link, "not_useful").pk
    actions.say(reader, link, "useful")
    tie = Tie.objects.get()
    assert tie.good / scale(moving_clock.now, BELIEF_DAYS) == pytest.approx(0.5)
    assert tie.bad == pytest.approx(0.0)
    assert queries.feedback_by_sharer(since=moving_clock.now - timedelta(days=1)) == [
        (link.sharer, queries.FeedbackCount(useful=1))
    ]
    assert list(audit.violations()) == []


def test_a_mute_holds_at_once_and_undoing_it_in_time_leaves_nothing(link: Share, moving_clock: MovingClock) -> None:
    reader = factories.user()
    said = actions.say(reader, link, "mute")
    assert links.is_muted(receiver_id=reader.pk, sharer_id=link.sharer_id)
    assert _bad(moving_clock) == pytest.approx(5.0)
    moving_clock.advance(hours=23)
    assert actions.undo(reader, said.pk).undone_at == moving_clock.now
    assert not Mute.objects.exists()
    assert _bad(moving_clock) == pytest.approx(0.0)
    assert list(audit.violations()) == []


def test_who_unmutes_later_hears_again_but_was_tired(link: Share, moving_clock: MovingClock) -> None:
    reader = factories.user()
    actions.say(reader, link, "mute")
    moving_clock.advance(days=BELIEF_DAYS)
    assert actions.unmute(reader, link.sharer_id)
    assert not actions.unmute(reader, link.sharer_id)
    assert not Mute.objects.exists()
    assert _bad(moving_clock) == pytest.approx(2.5)
    assert list(audit.violations()) == []


def test_nobody_undoes_what_another_said_nor_a_complaint(link: Share, moving_clock: MovingClock) -> None:
    reader, stranger = factories.user(), factories.user()
    said = actions.say(reader, link, "useful")
    with refused("request.not_found"):
        actions.undo(stranger, said.pk)
    visit(link, reader, at=moving_clock.now)
    complaint = actions.complain(reader, link, note="Not what the words said")
    with refused("request.not_found"):
        actions.undo(reader, complaint.pk)


def test_own_links_and_unknown_words_are_refused(shop: Shop, link: Share) -> None:
    for word, code in (("useful", "trust.own_share"), ("mute", "trust.own_share"), ("splendid", "trust.unknown_word")):
        with refused(code):
            actions.say(shop.owner, link, word)
    with refused("trust.unknown_word"):
        actions.say(factories.user(), link, "complaint")
    assert not Feedback.objects.exists()


def test_a_complaint_lowers_trust_at_once_and_pauses_new_links_for_thirty_days(
    shop: Shop, link: Share, moving_clock: MovingClock
) -> None:
    reader = factories.user()
    visit(link, reader, at=moving_clock.now)
    before = queries.tie(shop.owner_id, reader.pk).asked.belief.mean
    actions.complain(reader, link, note="The peaches were  rotten")
    assert queries.tie(shop.owner_id, reader.pk).asked.belief.mean < before - 0.2
    assert Feedback.objects.get().note == "The peaches were rotten"
    peach = factories.product()
    with refused("sharing.paused"):
        sharing.share(shop.owner, kind=Share.Kind.PRODUCT, shop=shop, product=peach)
    assert factories.link(shop.owner, of=shop) == link
    assert OutboxEvent.objects.filter(name="trust.SharingPaused").count() == 1
    moving_clock.advance(days=31)
    assert sharing.share(shop.owner, kind=Share.Kind.PRODUCT, shop=shop, product=peach).product == peach


def test_a_stranger_is_heard_but_pauses_nobody_and_nobody_complains_twice(link: Share, moving_clock: MovingClock) -> None:
    stranger, reader = factories.user(), factories.user()
    actions.complain(stranger, link, note="Just because")
    assert not Pause.objects.exists()
    visit(link, reader, at=moving_clock.now)
    with refused("trust.complaint_note"):
        actions.complain(reader, link, note="bad")
    actions.complain(reader, link, note="Words that mislead")
    with refused("trust.complained_already"):
        actions.complain(reader, link, note="And once more")
    assert Pause.objects.count() == 1


def test_who_muted_whom_is_listed_first(link: Share, moving_clock: MovingClock) -> None:
    reader = factories.user()
    other = factories.shop(factories.user("Other"))
    actions.say(reader, link, "mute")
    moving_clock.advance(days=1)
    actions.say(reader, factories.link(other.owner, of=other), "useful")
    found = queries.shares_to_me(reader)
    assert [(each.user, each.is_muted) for each in found] == [(link.sharer, True), (other.owner, False)]


def test_campaigns_know_who_muted_over_their_links(shop: Shop, moving_clock: MovingClock) -> None:
    peach = factories.product()
    link = sharing.share(shop.owner, kind=Share.Kind.PRODUCT, shop=shop, product=peach)
    Share.objects.update(campaign_id=7)
    link.refresh_from_db()
    for word in ("useful", "not_useful", "mute"):
        actions.say(factories.user(), link, word)
    undone = factories.user()
    actions.undo(undone, actions.say(undone, link, "mute").pk)
    assert queries.mutes_through(7) == 1
    assert queries.mutes_through(8) == 0


def test_a_lifted_pause_is_told(link: Share, moving_clock: MovingClock) -> None:
    reader = factories.user()
    visit(link, reader, at=moving_clock.now)
    actions.complain(reader, link, note="Not what the words said")
    pause = Pause.objects.get()
    sharing.lift_pause(make_staff(), pause.pk, reason="no fault of hers")
    payload = OutboxEvent.objects.get(name="sharing.PauseLifted").payload
    assert payload == {"pause_id": pause.pk, "sharer_id": link.sharer_id}

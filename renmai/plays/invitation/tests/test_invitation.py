"""Being brought, buying, being thanked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from renmai.accounts.actions import join_visitor, note_sign_in
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import HERE, make_member, make_staff
from renmai.campaigns.actions import close_overdue, decide_reward, give_due_rewards
from renmai.campaigns.models import Reward
from renmai.campaigns.terms import checked
from renmai.journeys import after_sale
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import buy, fresh, goods, lines, refused, settle_down, violations
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.invitation.actions import code_of, enter_code, keep, tie_by_link
from renmai.plays.invitation.audit import violations as own_violations
from renmai.plays.invitation.models import Invitation, InviteCode
from renmai.plays.invitation.play import PLAY
from renmai.plays.invitation.queries import Stage, brought_by, may_enter_until
from renmai.plays.invitation.tests.world import given, inviting, kept, newcomer, settled, tied
from renmai.sharing.actions import Landing, record_visit, share
from renmai.sharing.models import Share
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def rewards() -> list[tuple[int, str, int, str]]:
    return list(Reward.objects.order_by("pk").values_list("beneficiary_id", "benefit", "amount", "status"))


def test_both_are_thanked_once_the_order_is_kept_and_a_day_has_passed(moving_clock: MovingClock) -> None:
    elder, friend, invitation = tied()
    order = kept(friend, moving_clock)
    invitation.refresh_from_db()
    assert (invitation.kept_order_id, invitation.turn, invitation.month) == (order.pk, 1, "2026-03")
    assert rewards() == [(elder.pk, "points", 500, "waiting"), (friend.user.pk, "points", 500, "waiting")]
    assert give_due_rewards(10) == 0
    assert given(moving_clock) == 2
    assert rewards() == [(elder.pk, "points", 500, "granted"), (friend.user.pk, "points", 500, "granted")]
    assert violations() == []


def test_nothing_is_owed_for_joining_for_ordering_or_for_paying(moving_clock: MovingClock) -> None:
    elder, friend, _invitation = tied()
    (sku,) = goods(freight=False)
    order = buy(friend, [(sku, 1)])
    settle_down()
    assert not keep(order)
    assert not Reward.objects.exists()
    assert brought_by(elder).items[0].stage == Stage.BOUGHT
    settled(order, moving_clock)
    assert len(rewards()) == 2


def test_only_the_first_kept_order_counts_and_only_one_that_is_large_enough(moving_clock: MovingClock) -> None:
    _elder, friend, invitation = tied(campaign=inviting(least_fen=1500))
    small = kept(friend, moving_clock, price_fen=1499)
    assert not Reward.objects.exists()
    first = kept(friend, moving_clock, price_fen=1500)
    second = kept(friend, moving_clock)
    invitation.refresh_from_db()
    assert invitation.kept_order_id == first.pk
    assert set(Reward.objects.values_list("order_id", flat=True)) == {first.pk}
    for order in (small, first, second):
        assert not keep(order)
    assert len(rewards()) == 2
    given(moving_clock)
    assert violations() == []


def test_what_goes_back_before_it_is_kept_is_not_thanked_for(moving_clock: MovingClock) -> None:
    elder, friend, _invitation = tied()
    (sku,) = goods(freight=False)
    order = buy(friend, [(sku, 1)])
    wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "other")
    after_sale.request(friend.user, wanted, idempotency_key="k")
    settle_down()
    assert fresh(order).status == "refunded"
    assert not keep(fresh(order))
    assert not Reward.objects.exists()
    assert brought_by(elder).items[0].stage == Stage.JOINED
    # The next one that she keeps is the first kept one.
    kept(friend, moving_clock)
    assert len(rewards()) == 2
    assert violations() == []


def test_who_cannot_enter_which_code(moving_clock: MovingClock) -> None:
    campaign, elder = inviting(join_days=7), make_member()
    code = code_of(elder)
    assert code_of(elder) == code
    friend = newcomer()
    for wrong, problem in ((code_of(friend.user), "invitation.own"), ("NOSUCH22", "invitation.code"), ("", "invitation.code")):
        with refused(problem):
            enter_code(friend.user, wrong)
    later = make_member()
    with refused("invitation.younger"):
        enter_code(friend.user, code_of(later))
    with refused("invitation.younger"):
        enter_code(elder, code_of(friend.user))
    spoken = f" {code[:4].lower()}-{code[4:].lower()} "
    assert enter_code(friend.user, spoken).inviter_id == elder.pk
    with refused("invitation.bound"):
        enter_code(friend.user, code_of(make_member()))
    buyer = newcomer()
    (sku,) = goods()
    buy(buyer, [(sku, 1)])
    with refused("invitation.has_ordered"):
        enter_code(buyer.user, code)
    late = newcomer()
    assert may_enter_until(late.user, campaign) == late.user.created_at + timedelta(days=7)
    moving_clock.advance(days=7, seconds=1)
    assert may_enter_until(late.user, campaign) is None
    with refused("invitation.too_late"):
        enter_code(late.user, code)
    assert Invitation.objects.count() == 1


def test_without_an_open_campaign_nobody_is_tied() -> None:
    inviting(fields={"status": "paused"})
    with refused("invitation.none_open"):
        enter_code(newcomer().user, code_of(make_member()))


def test_guessing_codes_is_slowed_down() -> None:
    inviting()
    friend = newcomer()
    for _try in range(20):
        with refused("invitation.code"):
            enter_code(friend.user, "NOSUCH22")
    with refused("request.too_many"):
        enter_code(friend.user, code_of(make_member()))


def test_a_code_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["AAAA2222", "AAAA2222", "BBBB2222"])
    monkeypatch.setattr("renmai.plays.invitation.actions.tying.new_code", lambda: next(drawn))
    assert (code_of(make_member()), code_of(make_member())) == ("AAAA2222", "BBBB2222")
    assert InviteCode.objects.count() == 2


def test_a_link_ties_whoever_joins_through_it() -> None:
    campaign, elder = inviting(), make_member()
    path = f"/play/invitation/c/{code_of(elder)}/"
    link = share(elder, kind=Share.Kind.PAGE, shop=None, landing=Landing(campaign.pk, path))
    guest = Visitor.objects.create()
    record_visit(link, guest, user=None)
    friend = make_member()
    join_visitor(friend, guest)
    assert tie_by_link(friend) is not None
    row = Invitation.objects.get()
    assert (row.inviter_id, row.invited_id, row.via, row.campaign_id) == (elder.pk, friend.pk, "link", campaign.pk)
    assert tie_by_link(friend) is None
    # Whoever came without such a link, and the one who shares it, are tied to nobody.
    assert tie_by_link(make_member()) is None
    record_visit(link, Visitor.objects.create(user=elder), user=elder)
    assert tie_by_link(elder) is None


def test_the_monthly_limit_is_the_inviters_and_begins_anew(moving_clock: MovingClock) -> None:
    campaign, elder = inviting(per_month=1), make_member()
    friends = [tied(elder, campaign=campaign)[1] for _one in range(3)]
    kept(friends[0], moving_clock)
    kept(friends[1], moving_clock)
    assert list(Invitation.objects.order_by("pk").values_list("turn", flat=True)) == [1, None, None]
    assert [reward.beneficiary_id for reward in Reward.objects.order_by("pk")] == [
        elder.pk,
        friends[0].user.pk,
        friends[1].user.pk,
    ]
    assert [each.stage for each in brought_by(elder).items] == [Stage.JOINED, Stage.OVER, Stage.KEPT]
    moving_clock.advance(days=31)
    kept(friends[2], moving_clock)
    assert Invitation.objects.order_by("pk").last().turn == 1  # type: ignore[union-attr]
    given(moving_clock)
    close_overdue(10)
    assert violations() == []


def test_the_terms_of_the_tie_hold_whatever_changes_later(moving_clock: MovingClock) -> None:
    elder, friend, invitation = tied()
    campaign = invitation.campaign
    campaign.versions.create(number=2, terms=campaign.terms | {"inviter_amount": 9})
    campaign.terms, campaign.version = campaign.terms | {"inviter_amount": 9}, 2
    campaign.status = "stopped"
    campaign.save()
    kept(friend, moving_clock)
    assert rewards()[0] == (elder.pk, "points", 500, "waiting")


def test_one_side_alone_can_be_thanked(moving_clock: MovingClock) -> None:
    _elder, friend, _invitation = tied(campaign=inviting(inviter_benefit="none"))
    kept(friend, moving_clock)
    assert rewards() == [(friend.user.pk, "points", 500, "waiting")]
    for terms, code in (
        ({"inviter_benefit": "none", "invited_benefit": "none"}, "invitation.nothing"),
        ({"inviter_amount": 0}, "invitation.amount"),
        ({"invited_amount": 0}, "invitation.amount"),
    ):
        with refused(code):
            inviting(**terms)


@pytest.mark.parametrize(
    ("inviter", "invited", "promised"),
    [("coupon", "red_packet", {"coupon", "red_packet"}), ("points", "points", {"points"}), ("none", "coupon", {"coupon"})],
)
def test_what_it_may_come_to_owe_is_known_beforehand(inviter: str, invited: str, promised: set[str]) -> None:
    assert PLAY.promises(checked(PLAY, {"inviter_benefit": inviter, "invited_benefit": invited})) == promised


def test_two_who_use_one_browser_are_tied_and_looked_at_before_anything_is_given(moving_clock: MovingClock) -> None:
    elder = make_member()
    note_sign_in(elder, device="one-tablet", label="iPad", ip_address=HERE)
    campaign, friend = inviting(), newcomer()
    note_sign_in(friend.user, device="one-tablet", label="iPad", ip_address=HERE)
    invitation = enter_code(friend.user, code_of(elder))
    assert (invitation.in_common, invitation.campaign_id) == ("device", campaign.pk)
    kept(friend, moving_clock)
    assert given(moving_clock) == 2
    assert [status for _who, _benefit, _amount, status in rewards()] == ["review", "review"]
    assert {"code": "device", "points": 0, "figure": 1} in Reward.objects.order_by("pk")[0].reasons
    staff = make_staff()
    for reward in Reward.objects.order_by("pk"):
        decide_reward(staff, reward, is_granted=True, answer="one family, one tablet")
    assert [status for _who, _benefit, _amount, status in rewards()] == ["granted", "granted"]
    assert violations() == []


def test_what_the_inviter_reads_at_each_stage(moving_clock: MovingClock) -> None:
    elder, friend, _invitation = tied()
    assert [(each.stage, each.expected_at) for each in brought_by(elder).items] == [(Stage.JOINED, None)]
    (sku,) = goods(freight=False)
    order = buy(friend, [(sku, 1)])
    (shown,) = brought_by(elder).items
    assert (shown.stage, shown.expected_at) == (Stage.BOUGHT, clock.now() + timedelta(days=10 + 7 + 1))
    settled(order, moving_clock)
    (shown,) = brought_by(elder).items
    assert (shown.stage, shown.expected_at) == (Stage.KEPT, clock.now() + timedelta(days=1))
    given(moving_clock)
    (shown,) = brought_by(elder).items
    assert (shown.stage, shown.expected_at) == (Stage.GRANTED, None)


@settings(max_examples=25, deadline=None)
@holds(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=30), st.lists(st.integers(0, 1), min_size=6, max_size=6)
)
def test_whatever_is_tried_there_is_one_inviter_and_no_way_back(tries: list[tuple[int, int]], days: list[int]) -> None:
    """Six people who joined at one of two moments try to bring each other in any order."""
    with transaction.atomic():
        campaign = inviting()
        people, now = [make_member() for _one in range(6)], clock.now()
        for person, day in zip(people, days, strict=True):
            person.created_at = now - timedelta(days=day)
            person.save()
        for inviter, invited in tries:
            row = Invitation(
                campaign=campaign,
                version=1,
                inviter=people[inviter],
                invited=people[invited],
                inviter_joined_at=people[inviter].created_at,
                invited_joined_at=people[invited].created_at,
                via="code",
            )
            try:
                # Straight into the table: it is the constraints that are tried.
                with transaction.atomic():
                    row.save()
            except IntegrityError:
                continue
        above = dict(Invitation.objects.values_list("invited_id", "inviter_id"))
        for start in above:
            seen, here = {start}, start
            while here in above:
                here = above[here]
                assert here not in seen
                seen.add(here)
        assert list(own_violations()) == []
        transaction.set_rollback(True)


def test_the_orders_of_others_and_of_before_are_not_counted(moving_clock: MovingClock) -> None:
    _elder, friend, invitation = tied()
    stranger = newcomer()
    assert not keep(kept(stranger, moving_clock))
    Invitation.objects.filter(pk=invitation.pk).update(at=clock.now() + timedelta(days=365))
    kept(friend, moving_clock)
    assert Order.objects.filter(status="settled").count() == 2
    assert not Reward.objects.exists()


def test_the_figures(moving_clock: MovingClock) -> None:
    campaign = inviting()
    elder, friend, _invitation = tied(campaign=campaign)
    tied(elder, campaign=campaign)
    kept(friend, moving_clock)
    given(moving_clock)
    values = [figure.value for figure in PLAY.figures(campaign)]
    assert values == [2, 1, 1, 5000, 2, 0, 0, 0, 0]
    assert User.objects.filter(invitation__isnull=False).count() == 2

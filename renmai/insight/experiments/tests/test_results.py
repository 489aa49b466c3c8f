"""Results against counting by hand from the same rows."""

from datetime import datetime, timedelta
from statistics import mean

import pytest

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.insight.experiments import actions
from renmai.insight.experiments.metrics import METRICS, metric, metrics_of
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.outcomes import outcomes
from renmai.insight.experiments.planning import plan_for
from renmai.insight.experiments.queries import variant
from renmai.insight.experiments.results import Result, result_of
from renmai.insight.experiments.statistics.moments import moments
from renmai.insight.experiments.statistics.sequences import difference
from renmai.insight.experiments.tests.trying import BEGIN, at, pays, people, running
from renmai.insight.tests.test_figures import buy, look, product
from renmai.ordering.models import AfterSale
from renmai.payments.models import Payment, Refund
from renmai.sharing.models import Share, Shop, Visit
from renmai.trust.models import Feedback

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def of(key: str, members: list[User], *, moment: datetime = BEGIN, window_days: int = 7) -> tuple[list[float], list[float]]:
    """What each of the members has in one figure, and before."""
    found = outcomes(metric(key), [(member.pk, moment) for member in members], window_days=window_days)
    return list(found.y), list(found.c)


def test_only_ones_own_window_counts() -> None:
    one, other = people(2)
    for moment in (BEGIN - 29 * DAY, BEGIN - 2 * DAY, BEGIN, BEGIN + 7 * DAY - timedelta(seconds=1), BEGIN + 7 * DAY):
        pays(one, moment=moment)
    assert of("orders", [one, other]) == ([2.0, 0.0], [1.0, 0.0])
    assert of("bought", [one, other]) == ([1.0, 0.0], [1.0, 0.0])
    assert of("bought_again", [one, other], window_days=30)[0] == [1.0, 0.0]
    assert of("kept", [one, other])[0] == [2000.0, 0.0]


def test_money_that_went_back_counts_at_its_moment() -> None:
    (one,) = people(1)
    order = pays(one, moment=BEGIN + DAY, fen=5000)
    payment = Payment.objects.create(reference=order.number, amount_fen=5000, **PAYMENT)
    for number, (moment, status) in enumerate(
        [(BEGIN + 2 * DAY, "succeeded"), (BEGIN + 3 * DAY, "failed"), (BEGIN + 8 * DAY, "succeeded")]
    ):
        Refund.objects.create(
            number=f"F{number}",
            payment=payment,
            amount_fen=1000,
            reason="return",
            cause=str(number),
            after_settlement=False,
            status=status,
            succeeded_at=moment,
        )
    assert of("kept", [one])[0] == [4000.0]
    assert of("margin", [one])[0] == [4000.0]
    assert of("kept", [one], window_days=14)[0] == [3000.0]


PAYMENT = {"provider": "sandbox", "expires_at": BEGIN + 30 * DAY}


def test_pieces_sent_back_are_divided_by_pieces_paid() -> None:
    (one,) = people(1)
    order = buy(one, product("tea-1"), at=BEGIN + DAY)
    claim = {
        "order": order,
        "order_line": order.lines.get(),
        "quantity": 1,
        "amount_fen": 10,
        "reason": "quality",
        "requested_at": BEGIN + DAY,
        "deadline_at": BEGIN + 9 * DAY,
        "finished_at": BEGIN + 2 * DAY,
    }
    for number, (kind, status) in enumerate([("return", "done"), ("exchange", "done"), ("return", "rejected")]):
        AfterSale.objects.create(number=f"A{number}", kind=kind, status=status, idempotency_key=str(number), **claim)
    found = outcomes(metric("returns"), [(one.pk, BEGIN)], window_days=7)
    assert (list(found.y), list(found.x), list(found.c)) == ([1.0], [1.0], [0.0])
    assert of("complaints", [one])[0] == [0.0]


def test_what_others_do_through_somebodys_links_is_hers() -> None:
    sharer, friend = people(2)
    shop = Shop.objects.create(owner=sharer, name="小店")
    link = Share.objects.create(sharer=sharer, shop=shop, kind="shop", target="shop 1")
    look(friend, product("tea-1"), at=BEGIN + DAY)
    for is_valid in (True, False):
        Visit.objects.create(
            share=link, visitor=friend.visitors.get(), user=friend, is_valid=is_valid, at=BEGIN + DAY, invalid_reason=""
        )
    for buyer in (friend, sharer):
        order = pays(buyer, moment=BEGIN + 2 * DAY, fen=700)
        order.share_id = link.pk
        order.save()
    assert of("openings", [sharer, friend])[0] == [1.0, 0.0]
    assert of("sold", [sharer, friend])[0] == [700.0, 0.0]
    assert of("looks", [sharer, friend])[0] == [0.0, 1.0]


def test_a_mute_counts_also_when_it_was_taken_back() -> None:
    sharer, one, other = people(3)
    Feedback.objects.create(receiver=one, sharer=sharer, word="mute", at=BEGIN + DAY, undone_at=BEGIN + 2 * DAY)
    Feedback.objects.create(receiver=other, sharer=sharer, word="useful", at=BEGIN + DAY)
    assert of("mutes", [one, other, sharer])[0] == [1.0, 0.0, 0.0]


def test_somebody_who_never_says_who_she_is_has_done_nothing() -> None:
    assert list(outcomes(metric("orders"), [(None, BEGIN)], window_days=7).y) == [0.0]


def test_every_figure_has_people_and_words() -> None:
    assert len({each.key for each in METRICS}) == len(METRICS)
    assert all(each.units and each.label and each.definition for each in METRICS)
    assert {each.key for each in metrics_of("agent")} == {"openings", "sold"}


def tried(*, many: int = 300) -> Experiment:
    """People come over ten days; of those with new goods first every second buys, of the others every twentieth.

    Who is dealt what depends on their numbers, which differ from run to run: what is asserted holds by many standard errors.
    """
    row = running(guardrails=(("kept", 9000),))
    for number, member in enumerate(people(many)):
        moment = BEGIN + timedelta(hours=1 + 10 * 24 * number / many)
        with at(moment):
            option = variant("home.shelf", user=member)
        if number % (2 if option == "newest" else 20) == 0:
            pays(member, moment=moment + DAY)
    return row


def recounted(row: Experiment, *, until: datetime) -> dict[str, tuple[int, int, float]]:
    """The same from the rows, one by one."""
    found = {}
    for key, _share in row.variants:
        exposures = [each for each in Exposure.objects.filter(experiment=row, variant=key) if each.at + 7 * DAY <= until]
        bought = [
            each.user.orders.filter(paid_at__gte=each.at, paid_at__lt=each.at + 7 * DAY).exists()  # type: ignore[union-attr]
            for each in exposures
        ]
        dealt = Exposure.objects.filter(experiment=row, variant=key, at__lt=until).count()
        found[key] = (dealt, len(exposures), mean(bought) if bought else 0.0)
    return found


def shown(result: Result) -> dict[str, tuple[int, int, float | None]]:
    return {arm.variant: (arm.dealt, arm.counted, arm.value) for arm in result.arms}


def test_a_result_is_what_the_rows_say() -> None:
    row = tried()
    for days in (8, 12, 20):
        with at(BEGIN + days * DAY):
            result = result_of(row)
        assert shown(result) == recounted(row, until=BEGIN + days * DAY)
    (compared,) = result.comparisons
    arms = {arm.variant: arm for arm in result.arms}
    assert compared.variant == "newest"
    assert compared.now.value == pytest.approx((arms["newest"].value or 0) - (arms["sold"].value or 0))
    assert compared.control == arms["sold"].value
    assert [look.people for look in compared.looks][-1] == 300
    assert compared.now.is_certain
    assert compared.now.low is not None
    assert compared.now.low > 0
    assert not result.deal_is_broken
    assert not any(rail.is_broken for rail in result.guardrails)
    assert {each.metric.key for each in result.others} == {each.key for each in metrics_of("member")} - {
        "bought",
        "bought_again",
    }  # thirty days are not over
    assert [segment.people for segment in result.segments] == [300, 0, 0]


def test_the_last_look_is_the_interval_of_everybody_counted() -> None:
    row = tried()
    with at(BEGIN + 30 * DAY):
        now = result_of(row).comparisons[0]
    groups = {}
    for key, _share in row.variants:
        exposures = Exposure.objects.filter(experiment=row, variant=key).order_by("at")
        found = outcomes(metric("bought"), [(each.user_id, each.at) for each in exposures], window_days=7)
        groups[key] = moments(found.y, c=found.c)
    seen = difference(groups["newest"], groups["sold"], alpha=0.05, planned=row.planned_units)
    assert now.looks[-1].estimate.low == pytest.approx(max(float(seen.low), *(look.estimate.low or -9 for look in now.looks)))
    assert now.looks[-1].estimate.value == pytest.approx(float(seen.value))


def test_what_was_known_in_the_evening_is_known_the_next_day_too() -> None:
    """Drawing the line later changes no point of it."""
    row = tried(many=200)
    with at(BEGIN + 14 * DAY):
        before = result_of(row).comparisons[0].looks
    with at(BEGIN + 18 * DAY):
        after = result_of(row).comparisons[0].looks
    assert after[: len(before) - 1] == before[:-1]
    assert len(after) > len(before)


def test_after_it_was_stopped_nothing_more_counts() -> None:
    row = tried(many=120)
    with at(BEGIN + 9 * DAY):
        actions.stop(make_staff(), row, reason="the season is over")
    row.refresh_from_db()
    with at(BEGIN + 40 * DAY):
        assert shown(result_of(row)) == recounted(row, until=BEGIN + 9 * DAY)


def test_before_the_first_window_is_over_nothing_is_said() -> None:
    row = tried(many=20)
    with at(BEGIN + 6 * DAY):
        result = result_of(row)
    assert result.comparisons == ()
    assert [arm.counted for arm in result.arms] == [0, 0]
    assert result.qini is None


def test_switches_tried_together_have_effects_of_their_own() -> None:
    row = running(switches={"home.shelf": ("sold", "newest"), "share.message": ("plain", "voice")})
    for number, member in enumerate(people(900)):
        with at(BEGIN + timedelta(minutes=number)):
            home = variant("home.shelf", user=member)
            assert variant("share.message", user=member) in {"plain", "voice"}
        if number % (2 if home == "newest" else 4) == 0:
            pays(member, moment=BEGIN + DAY)
    with at(BEGIN + 9 * DAY):
        result = result_of(row)
    effects = {effect.switches: effect.estimate for effect in result.effects}
    assert effects["home.shelf",].value == pytest.approx(0.25, abs=0.13)
    assert effects["home.shelf",].is_certain
    assert effects["share.message",].value == pytest.approx(0, abs=0.13)
    assert effects["home.shelf", "share.message"].value == pytest.approx(0, abs=0.13)
    assert len(result.comparisons) == 3
    assert Exposure.objects.count() == 900


def test_a_plan_follows_from_what_people_did_lately() -> None:
    item = product("tea-1")
    for number, member in enumerate(people(56)):
        look(member, item, at=BEGIN + timedelta(hours=12 * number))
        if number % 4 == 0:
            pays(member, moment=BEGIN + timedelta(hours=12 * number + 1))
    with at(BEGIN + 35 * DAY):
        plan = plan_for(metric("bought"), unit="member", variants=2, window_days=7, lift_basis_points=5000)
        assert plan is not None
        assert plan.baseline == 0.25
        assert plan.people_seen == 56
        assert 300 < plan.units < 600
        assert plan.days == pytest.approx(plan.units * 2 / 2 + 7, abs=1)  # two new people a day
        assert plan_for(metric("returns"), unit="member", variants=2, window_days=7, lift_basis_points=5000) is None
        slower = plan_for(metric("bought"), unit="member", variants=2, window_days=7, lift_basis_points=5000, share=0.5)
        assert slower is not None
        assert slower.days is not None
        assert slower.days > 1.9 * (plan.days or 0)


def test_too_few_people_plan_nothing() -> None:
    assert plan_for(metric("bought"), unit="member", variants=2, window_days=7, lift_basis_points=5000) is None

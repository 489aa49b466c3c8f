"""The gate: what nobody can outweigh, the price, and the lot."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from renmai.trust.gate import Circumstances, Price, Reason, drawn, judge, price
from renmai.trust.hazard import BUYING, MUTING, Response, respond

FREE = Circumstances(
    has_consent=True,
    is_muted=False,
    is_paused=False,
    is_quiet=False,
    received_today=0,
    receiver_cap=3,
    sent_this_week=0,
    tie_cap=2,
)
GOLD = Price(gain_fen=1_000_000, cost_fen=1, later_fen=1)
MONDAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"has_consent": False}, Reason.NO_CONSENT),
        ({"is_muted": True}, Reason.MUTED),
        ({"is_paused": True}, Reason.PAUSED),
        ({"is_quiet": True}, Reason.QUIET_HOURS),
        ({"received_today": 3}, Reason.RECEIVER_CAP),
        ({"sent_this_week": 2}, Reason.TIE_CAP),
    ],
)
def test_no_gain_outweighs_a_no(change: dict[str, object], reason: Reason) -> None:
    around = replace(FREE, **change)  # type: ignore[arg-type]
    for lot in (None, 0.0):
        verdict = judge(around, GOLD, lot=lot)
        assert (verdict.allowed, verdict.reason, verdict.is_exploring) == (False, reason, False)


def test_consent_is_asked_first() -> None:
    all_wrong = replace(FREE, has_consent=False, is_muted=True, is_paused=True, is_quiet=True)
    assert judge(all_wrong, GOLD).reason == Reason.NO_CONSENT


def test_the_price_decides_what_nobody_forbids() -> None:
    even = Price(gain_fen=300, cost_fen=200, later_fen=100)
    assert judge(FREE, even).reason == Reason.TOO_DEAR
    assert judge(FREE, replace(even, gain_fen=301)).reason == Reason.WORTH_IT


def test_the_price_is_the_hazard_times_what_flows_through_the_tie() -> None:
    found = price(Response(mute=0.02, buy=0.1, mute_slope=0.01), margin_fen=1500, worth_fen=30_000, foresight=2.0)
    assert found == Price(gain_fen=150, cost_fen=600, later_fen=600)


def test_pressure_makes_dearer_and_trust_and_relevance_make_cheaper() -> None:
    def mute(pressure: float = 1.0, belief: float = 0.7, relevance: float = 0.5) -> float:
        asked = respond(pressure=pressure, belief=belief, relevance=relevance, temper=0.0, weights=(MUTING, BUYING))
        return asked.mute

    assert mute(pressure=3.0) > mute() > mute(belief=0.9) > 0
    assert mute(relevance=0.9) < mute()


def test_the_slope_is_the_derivative() -> None:
    def at(pressure: float) -> Response:
        return respond(pressure=pressure, belief=0.7, relevance=0.4, temper=0.2, weights=(MUTING, BUYING))

    step = 1e-5
    assert at(2.0).mute_slope == pytest.approx((at(2.0 + step).mute - at(2.0 - step).mute) / (2 * step), rel=1e-6)


def test_the_lot_draws_its_share_of_ties_and_cannot_be_asked_twice() -> None:
    lots = [drawn(sharer, 7, day=MONDAY, share=0.08) for sharer in range(20_000)]
    drawn_now = [lot for lot in lots if lot is not None]
    assert len(drawn_now) / len(lots) == pytest.approx(0.08, abs=0.01)
    assert min(drawn_now) == pytest.approx(0.25, rel=0.05)
    assert max(drawn_now) == pytest.approx(4.0, rel=0.05)
    assert lots == [drawn(sharer, 7, day=MONDAY, share=0.08) for sharer in range(20_000)]


def test_a_tie_stays_drawn_for_a_week_but_each_day_has_its_own_lot() -> None:
    sharer = next(sharer for sharer in range(200) if drawn(sharer, 7, day=MONDAY, share=0.08) is not None)
    week = [drawn(sharer, 7, day=MONDAY + timedelta(days=day), share=0.08) for day in range(7)]
    assert None not in week
    assert len(set(week)) == 7


def test_nobody_is_drawn_when_nothing_is_explored() -> None:
    assert all(drawn(sharer, 7, day=MONDAY, share=0.0) is None for sharer in range(500))

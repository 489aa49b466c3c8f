"""Learning from the shop's own sessions: enough of them, only what was seen before the moment, only if it is better; else what stands in."""

from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

import pytest

from renmai.alerts.actions import refitting
from renmai.alerts.actions.refitting import Example, examples, fit, refit
from renmai.alerts.intent.features import NAMES, Signals, signals
from renmai.alerts.intent.scoring import STARTING, weighted
from renmai.alerts.models import IntentModel
from renmai.alerts.queries import model_in_force
from renmai.alerts.queries.models import scorers
from renmai.insight.stream.records import Source, StreamEvent, Value
from renmai.kernel import clock
from tools.testing.moving_clock import MovingClock

_positions = count(1)
LONG_AGO = timedelta(days=3)


def event(name: str, *, user_id: int = 1, product_id: int | None = 7, at: datetime, **properties: Value) -> StreamEvent:
    position = next(_positions)
    key = UUID(int=position)
    return StreamEvent(position, key, name, 1, Source.BROWSER, None, user_id, None, product_id, None, at, at, properties)


def session(user_id: int, *, at: datetime, keen: bool, buys: bool) -> list[StreamEvent]:
    """Somebody looks at a product, keen people long, and buys an hour later or not."""
    seconds = 120 if keen else 10
    found = [event("product_lingered", user_id=user_id, at=at, seconds=seconds, scroll=50, pictures=1)]
    return [*found, event("order_placed", user_id=user_id, product_id=None, at=at + timedelta(hours=1))] if buys else found


def many(number: int, *, seed: int = 1) -> list[StreamEvent]:
    """Sessions of a shop whose keen visitors buy four times in ten, the others once in fifty."""
    draw, at = Random(seed), clock.now() - LONG_AGO  # noqa: S311  # nosec B311  # a world for a test
    events: list[StreamEvent] = []
    for user_id in range(1, number + 1):
        keen = draw.random() < 0.4
        events += session(user_id, at=at, keen=keen, buys=draw.random() < (0.4 if keen else 0.02))
    return events


def torn() -> list[Example]:
    """A shop where those buy who linger and choose a variant, and those who do neither; either alone means nothing."""
    dice = Random(3)  # noqa: S311  # nosec B311  # a world for a test
    found = []
    for _session in range(1500):
        seen = Signals(views=1, seconds=dice.choice([5, 300]), variants=dice.randint(0, 1))
        is_torn = (seen.seconds > 60) == (seen.variants == 1)
        found.append((seen, dice.random() < (0.5 if is_torn else 0.03)))
    return found


def test_nothing_after_the_moment_is_seen(moving_clock: MovingClock) -> None:
    at = clock.now()
    before = [
        event("product_viewed", at=at - timedelta(minutes=1)),
        event("product_lingered", at=at, seconds=30, scroll=40, pictures=2),
    ]
    after = [
        event("sku_chosen", at=at + timedelta(seconds=1), sku=1),
        event("cart_added", at=at + timedelta(seconds=2), pieces=1),
        event("product_left", at=at + timedelta(seconds=3), seconds=900, scroll=100, pictures=9),
        event("order_placed", product_id=None, at=at + timedelta(seconds=4)),
    ]
    assert signals([*after, *before], product_id=7, until=at) == signals(before, product_id=7, until=at)
    assert signals(before, product_id=7, until=at) == Signals(views=1, seconds=30, scroll_percent=40, pictures=2)


def test_what_a_session_shows(moving_clock: MovingClock) -> None:
    now = clock.now()

    def at(minutes: float) -> datetime:
        return now - timedelta(minutes=minutes)

    found = [
        event("product_viewed", at=at(60 * 26)),
        event("product_viewed", at=at(50)),  # more than half an hour before the next: another session
        event("searched", product_id=None, at=at(19), query="茶", found=3),
        event("product_viewed", product_id=8, at=at(18)),
        event("product_viewed", at=at(16)),
        event("product_lingered", at=at(15), seconds=60, scroll=30, pictures=0),
        event("product_left", at=at(14), seconds=70, scroll=55, pictures=1),
        event("product_viewed", at=at(3)),
        event("product_lingered", at=at(2), seconds=30, scroll=20, pictures=3),
        event("sku_chosen", at=at(1), sku=1),
        event("cart_added", at=at(0.5), pieces=1),
        event("cart_opened", product_id=None, at=at(0.2), lines=1),
    ]
    assert signals(found, product_id=7, until=now, past_orders=2) == Signals(
        views=2,
        seconds=100,
        scroll_percent=55,
        pictures=3,
        variants=1,
        cart_additions=1,
        cart_openings=1,
        searches=1,
        other_products=1,
        earlier_days=1,
        past_orders=2,
    )


def test_each_step_towards_the_till_raises_the_chance_and_is_named() -> None:
    steps = [
        Signals(),
        Signals(views=1),
        Signals(views=2, seconds=60),
        Signals(views=2, seconds=60, variants=1),
        Signals(views=2, seconds=60, variants=1, cart_additions=1),
    ]
    chances = [STARTING.chance(seen) for seen in steps]
    assert chances == sorted(chances)
    assert chances[0] == pytest.approx(0.0266, abs=1e-3)
    assert STARTING.reasons(steps[-1]) == ["cart_additions", "variants", "seconds"]
    assert STARTING.reasons(Signals(other_products=4)) == []


def test_one_example_per_session_with_its_outcome_within_a_day(moving_clock: MovingClock) -> None:
    at = clock.now() - LONG_AGO
    buyer, later, looker = (session(user_id, at=at, keen=True, buys=False) for user_id in (1, 2, 3))
    buyer.append(event("order_placed", user_id=1, product_id=None, at=at + timedelta(hours=20)))
    later.append(event("order_placed", user_id=2, product_id=None, at=at + timedelta(hours=25)))
    assert [ordered for _seen, ordered in examples([*looker, *later, *buyer])] == [True, False, False]


def test_open_outcomes_and_people_without_a_product_teach_nothing(moving_clock: MovingClock) -> None:
    now = clock.now()
    fresh = session(1, at=now - timedelta(hours=23), keen=True, buys=False)
    searching = [event("searched", user_id=2, product_id=None, at=now - LONG_AGO, query="茶", found=1)]
    first_bought = [event("order_placed", user_id=3, product_id=None, at=now - LONG_AGO)]
    first_bought += session(3, at=now - LONG_AGO + timedelta(minutes=1), keen=True, buys=False)
    assert examples([*fresh, *searching, *first_bought]) == []


def test_a_fit_learns_what_this_shop_shows_and_says_what_it_is_worth(moving_clock: MovingClock) -> None:
    fitted = fit(examples(many(1500)))
    keen, other = (Signals(seconds=seconds, scroll_percent=50, pictures=1) for seconds in (120, 10))
    assert fitted.scorer.chance(keen) == pytest.approx(0.4, abs=0.1)
    assert fitted.scorer.chance(other) < 0.15
    assert fitted.kind == "weighted", "trees are no better here, and the plainer model stays"
    assert fitted.auc > 0.7
    assert fitted.calibration_error < 0.05
    assert fitted.log_loss < fitted.starting_log_loss


def test_trees_serve_where_signs_mean_something_only_together() -> None:
    fitted = fit(torn())
    assert fitted.kind == "branching"
    assert fitted.log_loss < fitted.other_log_loss - 0.05
    assert fitted.calibration_error < 0.05
    likely = [
        fitted.scorer.chance(Signals(views=1, seconds=seconds, variants=variants)) for seconds, variants in ((300, 1), (5, 0))
    ]
    unlikely = [
        fitted.scorer.chance(Signals(views=1, seconds=seconds, variants=variants)) for seconds, variants in ((5, 1), (300, 0))
    ]
    assert min(likely) > 0.4
    assert max(unlikely) < 0.1
    assert set(fitted.scorer.reasons(Signals(views=1, seconds=300, variants=1))) >= {"seconds", "variants"}


@pytest.mark.django_db
class TestInForce:
    @pytest.fixture
    def shop_of(self, moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        monkeypatch.setattr(refitting, "_events", lambda: iter(events))
        return events

    def test_too_few_sessions_change_nothing(self, shop_of: list[StreamEvent]) -> None:
        shop_of.extend(many(499))
        assert (refit(1), IntentModel.objects.count()) == (0, 0)
        assert (model_in_force().why, model_in_force().scorer) == ("none", STARTING)

    def test_enough_of_them_replace_the_starting_model_until_it_is_stale(
        self, shop_of: list[StreamEvent], moving_clock: MovingClock
    ) -> None:
        shop_of.extend(many(1500))
        assert refit(1) == 1
        row = IntentModel.objects.get()
        assert (row.sessions, row.is_used) == (1500, True)
        found = model_in_force()
        assert (found.why, found.scorer.number) == ("fitted", row.pk)
        assert found.scorer.parameters() == row.parameters
        moving_clock.advance(days=14, seconds=1)
        assert (model_in_force().why, model_in_force().scorer) == ("stale", STARTING)

    def test_trees_are_kept_and_read_as_they_were(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(refitting, "examples", lambda _events: torn())
        refit(1)
        row = IntentModel.objects.get()
        found = model_in_force()
        assert (row.kind, found.why, found.scorer.parameters()) == ("branching", "fitted", row.parameters)
        assert scorers([row.pk, None]) == {row.pk: found.scorer, None: STARTING}

    def test_a_fit_that_is_worse_is_kept_and_not_used(self, shop_of: list[StreamEvent]) -> None:
        row = IntentModel.objects.create(**figures(is_used=False))
        assert (model_in_force().why, model_in_force().row) == ("worse", row)

    def test_a_row_of_other_features_counts_as_missing(self) -> None:
        IntentModel.objects.create(**figures(parameters={"intercept": 1.0, "shift": 0, "slope": 1, "weights": {"moon": 2.0}}))
        assert (model_in_force().why, model_in_force().scorer) == ("unreadable", STARTING)


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"weights": 7},
        {"weights": dict.fromkeys(NAMES, "x"), "intercept": 0, "shift": 0, "slope": 1},
        {"weights": dict.fromkeys(NAMES, 1.0), "intercept": None, "shift": 0, "slope": 1},
    ],
)
def test_broken_parameters_are_no_model(parameters: dict[str, object]) -> None:
    assert weighted(parameters, number=1) is None


def test_kept_parameters_give_the_same_model() -> None:
    assert weighted(STARTING.parameters(), number=3) == STARTING.__class__(STARTING.intercept, STARTING.weights, number=3)


def figures(**changed: object) -> dict[str, object]:
    usual = {"sessions": 600, "buyers": 60, "parameters": STARTING.parameters(), "auc": 0.7, "average_precision": 0.3}
    return usual | {"calibration_error": 0.02, "log_loss": 0.4, "starting_log_loss": 0.5, "is_used": True} | changed

"""Reviews from real rows: a town with rings in the database, the statements they cost, and one reward at a time."""

from collections import Counter
from datetime import timedelta

import pytest

from renmai.accounts.models import User
from renmai.accounts.tests.factories import Statements
from renmai.fraud import queries
from renmai.fraud.actions import gather
from renmai.fraud.cases import Outcome
from renmai.fraud.models import Trace
from renmai.fraud.scorecard import SELF, judge_all
from renmai.fraud.tests.population import NOW, Town
from renmai.fraud.tests.rings import ring, town_with_rings
from renmai.fraud.tests.rows import as_rows, write
from renmai.kernel import clock
from renmai.ordering.models import Order
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
SEED = 77201
"""Not among those the points were fitted on."""


@pytest.fixture
def town(moving_clock: MovingClock) -> tuple[Town, dict[int, User]]:
    """A small town with one ring of each variant, its traces gathered."""
    moving_clock.travel(NOW)
    found = town_with_rings(SEED, 700)
    people = write(found)
    while gather(2000):
        pass
    return found, people


def test_a_town_in_the_database_is_judged_as_the_same_town_in_memory(town: tuple[Town, dict[int, User]]) -> None:
    invented, people = town
    due = invented.due
    edges = [as_rows(people, edge) for edge in due]
    around = [as_rows(people, edge) for edge in invented.edges]
    reviews = queries.review_many(edges, at=NOW, around=around)
    assert reviews == judge_all(invented.world, due)
    held = Counter((edge in invented.rings, review.is_held) for edge, review in zip(due, reviews, strict=True))
    assert held[True, True] >= 0.9 * (held[True, True] + held[True, False])
    assert held[False, True] <= 0.05 * (held[False, True] + held[False, False])


def test_one_reward_costs_fifteen_statements_whoever_it_is_for(
    town: tuple[Town, dict[int, User]], statements: Statements
) -> None:
    invented, people = town
    rings = [edge for edge in invented.due if edge in invented.rings]
    edges = [as_rows(people, edge) for edge in invented.edges]
    edge = as_rows(people, rings[-1])
    with statements(15):
        queries.review(edge.inviter_id, brought_id=edge.invited_id, order_id=None, at=NOW, edges=edges)
    with statements(15):
        queries.review(edge.inviter_id, brought_id=edge.invited_id, order_id=None, at=NOW)


def test_the_same_reward_is_judged_alike_alone_and_among_others(town: tuple[Town, dict[int, User]]) -> None:
    invented, people = town
    around = [as_rows(people, edge) for edge in invented.edges]
    for edge in invented.due[:3] + [edge for edge in invented.due if edge in invented.rings][:6]:
        row = as_rows(people, edge)
        near = [other for other in around if {other.inviter_id, other.invited_id} & {row.inviter_id, row.invited_id}]
        alone = queries.review(row.inviter_id, brought_id=row.invited_id, order_id=None, at=NOW, edges=near)
        assert alone == queries.review_many([row], at=NOW, around=near)[0]


def test_nobody_brings_herself() -> None:
    assert queries.review(1, brought_id=1, order_id=None, at=NOW) == SELF


def test_strangers_who_share_nothing_are_paid(moving_clock: MovingClock) -> None:
    two = [User.objects.create(phone=f"138{each}0138000", display_name="m") for each in range(2)]
    review = queries.review(two[0].pk, brought_id=two[1].pk, order_id=None, at=clock.now())
    assert (review.outcome, review.score, review.reasons) == (Outcome.PAY, 0, ())
    assert queries.review(two[0].pk, brought_id=None, order_id=None, at=clock.now()).outcome is Outcome.PAY
    assert queries.review(two[0].pk, brought_id=two[1].pk + 1000, order_id=None, at=clock.now()).outcome is Outcome.PAY


def test_what_the_two_did_a_moment_ago_counts_before_any_timer(moving_clock: MovingClock) -> None:
    moving_clock.travel(NOW)
    town = Town(7)
    ring(town, "device_farm")
    people = write(town)
    edges = [as_rows(people, edge) for edge in town.edges]
    assert not Trace.objects.exists()
    reviews = [queries.review(edge.inviter_id, brought_id=edge.invited_id, order_id=None, at=NOW, edges=edges) for edge in edges]
    assert reviews == judge_all(town.world, town.edges)
    assert "device_apart" in {reason.code for review in reviews for reason in review.reasons}


def test_the_order_that_earned_the_reward_says_when_she_bought(moving_clock: MovingClock) -> None:
    two = [User.objects.create(phone=f"138{each}0138000", display_name="m", created_at=NOW) for each in range(2)]
    order = Order.objects.create(
        number="R1",
        buyer=two[1],
        goods_fen=1,
        payable_fen=1,
        idempotency_key="1",
        pay_before=NOW,
        paid_at=NOW + timedelta(days=3),
    )
    review = queries.review(two[0].pk, brought_id=two[1].pk, order_id=order.pk, at=NOW + timedelta(days=12))
    assert review.outcome is Outcome.PAY

"""Relationship, trust, exchange: stages with their evidence, and the matrix of moves made anew from the ledger."""

from collections import Counter
from datetime import timedelta

import pytest

from renmai.sharing.tests import factories
from renmai.trust import actions, queries
from renmai.trust.facts import Fact
from renmai.trust.stages import Happened, Stage, moves, steps
from renmai.trust.weights import Kind
from tools.testing.moving_clock import START, MovingClock


def _at(day: int, kind: str) -> Happened:
    return Happened(kind, f"{kind}:{day}", START + timedelta(days=day))


def test_each_stage_has_the_first_thing_that_proves_it() -> None:
    found = steps([_at(0, Kind.OPENED), _at(0, Kind.OPENED), _at(2, Kind.OPENED), _at(3, Kind.KEPT), _at(9, Kind.REPEAT)])
    assert [(step.stage, step.evidence) for step in found] == [
        (Stage.MET, "opened:0"),
        (Stage.TRUSTED, "opened:2"),
        (Stage.EXCHANGE, "kept:3"),
        (Stage.LASTING, "repeat:9"),
    ]


def test_what_was_passed_over_is_not_made_up_and_nothing_goes_back_but_to_lost() -> None:
    found = steps([_at(0, Kind.KEPT), _at(1, Kind.USEFUL), _at(2, Kind.MUTE), _at(3, Kind.OPENED), _at(9, Kind.REPEAT)])
    assert [step.stage for step in found] == [Stage.EXCHANGE, Stage.LOST, Stage.LASTING]


def test_moves_are_counted_from_each_stage_to_the_next() -> None:
    ties = [steps([_at(0, Kind.OPENED), _at(3, Kind.KEPT)]), steps([_at(0, Kind.OPENED), _at(1, Kind.MUTE)])]
    assert moves(ties) == Counter({("", Stage.MET): 2, (Stage.MET, Stage.EXCHANGE): 1, (Stage.MET, Stage.LOST): 1})


@pytest.mark.django_db
def test_the_matrix_of_a_period_is_made_of_the_ledger(moving_clock: MovingClock) -> None:
    """A move before the period is not counted in it, though the ledger must know it."""
    one, other = factories.user(), factories.user()
    actions.record([Fact(Kind.OPENED, "visit:1", one.pk, other.pk, moving_clock.now)])
    moving_clock.advance(days=10)
    since = moving_clock.now
    actions.record([Fact(Kind.KEPT, "order:1", one.pk, other.pk, moving_clock.advance(days=1))])
    assert queries.stage_moves(since=since) == Counter({(Stage.MET, Stage.EXCHANGE): 1})
    assert queries.stage_moves(since=since - timedelta(days=30)) == Counter({("", Stage.MET): 1, (Stage.MET, Stage.EXCHANGE): 1})
    assert [step.stage for step in queries.tie(one.pk, other.pk).steps] == [Stage.MET, Stage.EXCHANGE]

"""Choosing: the better model wins on what it has not seen, none where nothing can be told, and it helps the lists."""

from dataclasses import replace

import numpy as np
import pytest

from renmai.matching.fitted.choosing import BASELINE, Verdict, choose, lineup
from renmai.matching.fitted.pasts import known
from renmai.matching.fitted.tests.circles import world
from renmai.matching.reading import Acts
from renmai.matching.recommenders.base import BATCH

GOODS = 240


def test_where_people_have_tastes_a_model_far_ahead_of_popularity_is_chosen() -> None:
    choice = choose(*world(3), GOODS)
    assert choice.why is Verdict.BEST
    figures = {figure.model: figure for figure in choice.figures}
    best, popular = figures[choice.chosen], figures[BASELINE]
    assert best.recall >= 1.2 * popular.recall
    assert best.ahead == pytest.approx(best.recall - popular.recall)
    assert 0 < best.ahead_low < best.ahead < best.ahead_high
    assert best == choice.figures[0]
    assert choice.people == 400
    assert len(figures) == len(lineup(GOODS))


def test_where_nobody_has_a_taste_no_model_is_chosen() -> None:
    before, after = world(4)
    dice = np.random.default_rng(4)
    scattered = Acts(
        person=after.person,
        shop=after.shop,
        place=dice.integers(0, GOODS, len(after.place)),
        weight=after.weight,
        is_order=after.is_order,
    )
    nothing = Acts(
        person=before.person,
        shop=before.shop,
        place=np.repeat(np.arange(GOODS), 40)[: len(before.place)],
        weight=before.weight,
        is_order=before.is_order,
    )
    choice = choose(nothing, scattered, GOODS)
    assert (choice.chosen, choice.why) == ("", Verdict.NOT_BETTER)


def test_a_model_that_is_only_as_good_as_popularity_is_not_chosen() -> None:
    """With six goods all ten first places hold all of them, so every model finds everything."""
    dice = np.random.default_rng(8)
    before, after = world(8, people=60)
    few = [replace(acts, place=dice.integers(0, 6, len(acts.place))) for acts in (before.of(before.place < 60), after)]
    choice = choose(few[0], few[1], 6)
    assert {figure.recall for figure in choice.figures} == {1.0}
    assert (choice.chosen, choice.why) == ("", Verdict.NOT_BETTER)


def test_of_too_few_people_nothing_can_be_told() -> None:
    before, after = world(5, people=20)
    choice = choose(before, after, GOODS)
    assert (choice.chosen, choice.why, choice.people, choice.figures) == ("", Verdict.TOO_FEW, 20, ())


def test_what_somebody_had_already_is_not_asked_about() -> None:
    before, _after = world(6)
    assert choose(before, before, GOODS).why is Verdict.TOO_FEW


@pytest.mark.parametrize("name", sorted(lineup(GOODS)))
def test_a_model_kept_without_people_says_of_hers_what_it_said_when_it_was_fitted(name: str) -> None:
    before, _after = world(7)
    past = known(before, GOODS).past
    fitted = lineup(GOODS)[name].fit(past)
    again = lineup(GOODS)[name].relearn(fitted.learnt()).about(past)
    rows = np.arange(min(BATCH, past.people), dtype=np.int32)
    one, other = fitted.scores(rows), again.scores(rows)
    if name == "least squares":
        # Fitting ends with the goods' half of a round, so the people are half a round behind them.
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.99
    else:
        assert np.allclose(one, other, atol=1e-5)
    people = past.people
    assert all(people not in value.shape for value in fitted.learnt().values())

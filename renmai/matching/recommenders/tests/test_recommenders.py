"""What the models answer on worlds so small that it can be worked out by hand, and on one of circles whose truth is known."""

import numpy as np
import pytest

from renmai.matching.recommenders.base import Past, Ranked, Reason, Recommender, Why, best, damped
from renmai.matching.recommenders.blend import Blend, Level
from renmai.matching.recommenders.factors import Ease, LeastSquares
from renmai.matching.recommenders.filtering import GraphFilter, leading
from renmai.matching.recommenders.friends import Friends, FriendsTaste, Joined
from renmai.matching.recommenders.neighbours import PLAIN_COSINE, ItemNeighbours, Likeness, strongest
from renmai.matching.recommenders.popularity import Popularity
from renmai.matching.recommenders.tests.worlds import circles, past_from

FOUR = [[1, 1, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1]]
ASK_ALL = np.arange(4, dtype=np.int32)


def models() -> list[Recommender]:
    return [
        ItemNeighbours(PLAIN_COSINE),
        ItemNeighbours(Likeness()),
        LeastSquares(size=8),
        GraphFilter(rank=8, ideal=1.0),
        GraphFilter(rank=8, linear=False),
        Friends(),
        Friends(busy=0.5, name="friends, damped"),
        FriendsTaste(Likeness()),
        FriendsTaste(Likeness(), name="circle", own=2.0),
        Ease(ridge=5.0),
    ]


def recall(model: Recommender, past: Past, after_people: np.ndarray, after_goods: np.ndarray) -> float:
    scores = model.scores(after_people.astype(np.int32)).copy()
    scores[past.taken[after_people].toarray() > 0] = -np.inf
    right = np.take_along_axis(scores, after_goods[:, None].astype(np.int64), axis=1)
    above, level = (scores > right).sum(axis=1), (scores == right).sum(axis=1)
    return float(np.clip((10 - above) / level, 0, 1).mean())


def test_popularity_counts() -> None:
    model = Popularity().fit(past_from(FOUR))
    assert model.scores(ASK_ALL)[2].tolist() == [3, 2, 2, 1]
    assert model.explain(0, 0) == (Reason(Why.POPULAR, 1.0, count=3),)


def test_the_plain_cosine_is_the_cosine() -> None:
    model = ItemNeighbours(PLAIN_COSINE).fit(past_from(FOUR))
    expected = np.array(
        [[0, 2 / 6**0.5, 1 / 6**0.5, 0], [2 / 6**0.5, 0, 0, 0], [1 / 6**0.5, 0, 0, 1 / 2**0.5], [0, 0, 1 / 2**0.5, 0]]
    )
    assert model.alike.toarray() == pytest.approx(expected)
    assert model.scores(np.array([3], dtype=np.int32))[0] == pytest.approx(expected[2] + expected[3])
    assert model.explain(2, 1)[0].goods == (0,)
    assert model.explain(3, 1) == ()


def test_a_damped_likeness_needs_more_than_one_person() -> None:
    rows = [[1, 1, 0, 0]] + [[0, 0, 1, 1]] * 20
    model = ItemNeighbours(Likeness(shrink=10, busy=0)).fit(past_from(rows))
    assert model.alike[0, 1] == pytest.approx(1 / 11)
    assert model.alike[2, 3] == pytest.approx(20 / 30)


def test_only_the_strongest_neighbours_are_kept() -> None:
    matrix = damped(past_from([[1, 1, 1], [0, 1, 1], [0, 0, 1]]).taken, columns=1.0)
    assert strongest(matrix, 1).toarray() == pytest.approx(np.diag([1, 1 / 2, 1 / 3]), abs=1e-6)


def test_friends_count_once_each_and_are_named() -> None:
    ties = [[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    model = Friends().fit(past_from(FOUR, ties))
    assert model.scores(ASK_ALL)[0].tolist() == [2, 1, 1, 0]
    assert model.explain(0, 0) == (Reason(Why.FRIENDS, 2.0, people=(1, 2), count=2),)
    assert model.scores(ASK_ALL)[3].tolist() == [0, 0, 0, 0]
    assert model.explain(3, 0) == ()


def test_friends_of_friends_are_two_steps_away_and_never_oneself() -> None:
    chain = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    model = Friends(hops=2).fit(past_from(FOUR, chain))
    assert model.reach.toarray().tolist() == [[0, 0, 1, 0], [0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]


def test_a_friend_of_few_counts_more_than_a_friend_of_many() -> None:
    star = [[0, 1, 1, 0, 0], [1, 0, 0, 1, 1], [1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 0, 0, 0]]
    past = past_from([[0, 0], [1, 0], [0, 1], [0, 0], [0, 0]], star)
    person = np.array([0], dtype=np.int32)
    assert Friends().fit(past).scores(person)[0].tolist() == [1, 1]
    assert Friends(busy=0.5).fit(past).scores(person)[0] == pytest.approx([6**-0.5, 2**-0.5])


def test_a_circles_taste_is_that_of_friends_and_her_own() -> None:
    ties = [[0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]]
    past = past_from(FOUR, ties)
    asked = np.array([0], dtype=np.int32)
    friends_only = FriendsTaste(PLAIN_COSINE).fit(past)
    circle = FriendsTaste(PLAIN_COSINE, own=2.0).fit(past)
    own = ItemNeighbours(PLAIN_COSINE).fit(past)
    assert circle.scores(asked) == pytest.approx(friends_only.scores(asked) + 2 * own.scores(asked))
    (reason,) = friends_only.explain(0, 0)
    assert (reason.why, reason.goods) == (Why.CIRCLE, (2,))
    assert reason.weight == pytest.approx(6**-0.5)
    assert circle.explain(0, 1)[0].goods == (0,)
    assert circle.explain(1, 3) == ()


def test_who_joined_a_group_may_launch_the_same_good() -> None:
    past = past_from(FOUR)
    launched = past_from([[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]]).taken
    model = Joined().fit(Past(past.taken, launched, past.wished, past.ties))
    assert model.scores(ASK_ALL).tolist() == [[0, 1, 0, 0], [0, 0, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1]]
    assert model.explain(0, 1) == (Reason(Why.JOINED, 1.0, goods=(1,)),)
    assert model.explain(0, 0) == ()


def test_ease_is_the_closed_form() -> None:
    model = Ease(ridge=2.0, busy=0.0).fit(past_from(FOUR))
    taken = np.array(FOUR, dtype=float)
    inverse = np.linalg.inv(taken.T @ taken + 2 * np.eye(4))
    expected = -inverse / np.diag(inverse)
    np.fill_diagonal(expected, 0)
    assert model.effects == pytest.approx(expected, abs=1e-5)


def test_ease_says_nothing_of_goods_it_left_out() -> None:
    model = Ease(ridge=2.0, most=2).fit(past_from(FOUR))
    assert (model.scores(ASK_ALL)[:, 3] == 0).all()
    assert model.explain(0, 3) == ()


def test_the_leading_directions_are_those_of_the_decomposition() -> None:
    past, _ = circles()
    matrix = damped(past.taken, rows=0.5, columns=0.5)
    _, values, right = np.linalg.svd(matrix.toarray(), full_matrices=False)
    found = leading(matrix, 6)
    assert values[5] > values[6] * 1.2  # six circles stand out, so the space they span is well defined
    assert np.linalg.norm(right[:6] @ found) ** 2 == pytest.approx(6, abs=0.02)


def test_every_model_finds_the_circles_better_than_popularity() -> None:
    past, after = circles()
    bar = recall(Popularity().fit(past), past, after.people, after.goods)
    for model in models():
        assert recall(model.fit(past), past, after.people, after.goods) > bar * 1.5, model.name


def test_the_blend_is_as_good_as_the_best_of_its_parts() -> None:
    past, after = circles(people=3000)
    parts = [ItemNeighbours(Likeness()), Friends(), GraphFilter(rank=8)]
    blend = Blend(parts).fit(past)
    found = recall(blend, past, after.people, after.goods)
    assert found > max(recall(part, past, after.people, after.goods) for part in parts) - 0.02
    assert found > 0.6  # who knows the circles, but not who of them likes what, can reach 0.68
    worths = blend.worths()
    assert set(worths) == {part.name for part in parts}
    assert min(worths.values()) > 0


def test_a_blend_never_looks_at_what_it_is_asked_about() -> None:
    past, _ = circles()
    with pytest.raises(ValueError, match="practice"):
        Blend([Friends()]).fit(Past(past.taken, past.aimed, past.wished, past.ties))


def test_the_level_blend_puts_hits_behind() -> None:
    past, _ = circles()
    blend = Blend([ItemNeighbours(Likeness())]).fit(past)
    people = np.arange(60, dtype=np.int32)
    hits = slice(90, 95)
    plain = blend.scores(people).argsort(axis=1).argsort(axis=1)[:, hits].mean()
    level = Level(blend).scores(people).argsort(axis=1).argsort(axis=1)[:, hits].mean()
    assert level < plain - 4


@pytest.mark.parametrize("model", [*models(), Popularity()], ids=lambda model: model.name)
def test_reasons_are_true(model: Recommender) -> None:
    past, _ = circles()
    model.fit(past)
    for person in range(12):
        for one in model.rank(person, 5, leave_out=past.taken[person].indices):
            for reason in model.explain(person, one.good):
                assert reason.weight > 0
                whose = [person, *past.ties[person].indices] if reason.why is Why.CIRCLE else [person]
                assert set(reason.goods) <= set(past.taken[whose].indices.tolist())
                for friend in reason.people:
                    assert past.ties[person, friend] == 1
                    assert past.taken[friend, one.good] == 1


def test_the_best_are_the_highest_without_those_left_out() -> None:
    row = np.array([0.5, 2.0, 2.0, -1.0, 0.0], dtype=np.float32)
    assert best(row, 2) == [Ranked(1, 2.0), Ranked(2, 2.0)]
    assert [one.good for one in best(row, 9, leave_out=[1])] == [2, 0, 4, 3]
    assert best(row, 3, leave_out=range(5)) == []
    assert row.tolist() == [0.5, 2.0, 2.0, -1.0, 0.0]


def test_strangers_get_what_is_popular() -> None:
    past, _ = circles()
    blank = past.taken.tolil()
    blank[0] = 0
    stranger = Past(blank.tocsr(), blank.tocsr(), past.wished, past.ties, past.practice).without_ties()
    blend = Blend([ItemNeighbours(Likeness())]).fit(stranger)
    hits = {one.good for one in blend.rank(0, 5)}
    assert hits == {90, 91, 92, 93, 94}

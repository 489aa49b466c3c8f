"""Bad goods are demoted soon, good ones hardly ever, however often one looks; safe picks keep their promise."""

import numpy as np
import pytest

from renmai.matching import feedback

GOODS = 1000


def first_demotion(wrong: float, *, orders: int, tolerated_share: float, seed: int) -> np.ndarray:
    """After how many orders each of many goods with that share of bad orders is demoted, looking after every one; 0: never."""
    rng = np.random.default_rng(seed)
    bad = np.cumsum(rng.random((GOODS, orders)) < wrong, axis=1)
    found = np.zeros(GOODS, dtype=np.int64)
    for judged in range(1, orders + 1):
        of_orders = feedback.evidence(
            np.full(GOODS, judged), bad[:, judged - 1].astype(np.int64), tolerated_share=tolerated_share
        )
        flags = feedback.too_bad(feedback.weighed(of_orders, np.ones(GOODS)))
        found[(found == 0) & flags] = judged
    return found


def test_a_bad_product_is_demoted_within_twenty_orders() -> None:
    found = first_demotion(0.4, orders=200, tolerated_share=0.08, seed=1)
    assert (found > 0).all()
    assert float(np.median(found)) <= 20
    assert float(found.mean()) <= 20


def test_at_most_one_in_twenty_bearable_goods_is_ever_demoted_though_looked_at_after_every_order() -> None:
    found = first_demotion(0.08, orders=300, tolerated_share=0.08, seed=2)
    assert float((found > 0).mean()) <= feedback.FALSE_SHARE
    good = first_demotion(0.03, orders=300, tolerated_share=0.08, seed=3)
    assert float((good > 0).mean()) <= 0.005


def spoken(unwelcome: float, *, words: int, seed: int, wrong: float = 0.0) -> np.ndarray:
    """After how many words each of many goods is demoted, looking after each word and each order between them; 0: never."""
    rng = np.random.default_rng(seed)
    said = np.cumsum(rng.random((GOODS, words)) < unwelcome, axis=1)
    bad = np.cumsum(rng.random((GOODS, words)) < wrong, axis=1)
    found = np.zeros(GOODS, dtype=np.int64)
    for at in range(1, words + 1):
        count = np.full(GOODS, at)
        of_words = feedback.evidence(count, said[:, at - 1].astype(np.int64), tolerated_share=feedback.UNWELCOME_LEAST)
        for orders in (at - 1, at):
            before = bad[:, max(orders, 1) - 1].astype(np.int64) if orders else np.zeros(GOODS, dtype=np.int64)
            of_orders = feedback.evidence(np.full(GOODS, orders), before, tolerated_share=0.08)
            found[(found == 0) & feedback.too_bad(feedback.weighed(of_orders, of_words))] = at
    return found


def test_goods_of_no_use_to_most_are_demoted_though_nobody_sends_them_back() -> None:
    found = spoken(0.7, words=150, seed=4)
    assert (found > 0).all()
    assert float(np.median(found)) <= 30


def test_at_most_one_in_twenty_bearable_goods_is_ever_demoted_by_orders_and_words_together() -> None:
    found = spoken(feedback.UNWELCOME_LEAST, words=300, seed=5, wrong=0.08)
    assert 0 < float((found > 0).mean()) <= feedback.FALSE_SHARE


def test_praise_hides_no_bad_orders() -> None:
    praised = feedback.evidence(np.array([500]), np.array([0]), tolerated_share=0.3)
    broken = feedback.evidence(np.array([12]), np.array([8]), tolerated_share=0.08)
    assert feedback.too_bad(feedback.weighed(broken, praised)).all()


def test_without_orders_nothing_speaks_for_or_against() -> None:
    none = np.zeros(3, dtype=np.int64)
    assert feedback.evidence(none, none, tolerated_share=0.1).tolist() == pytest.approx([1.0, 1.0, 1.0])
    assert not feedback.safe(none, none).any()
    assert feedback.tolerated(none, none).tolist() == [feedback.TOLERATED_LEAST] * 3


def test_a_shop_of_poor_goods_tolerates_more_never_more_than_half_and_measures_each_by_the_others() -> None:
    judged = np.array([100, 100])
    assert feedback.tolerated(judged, np.array([10, 10])).tolist() == [0.2, 0.2]
    assert feedback.tolerated(judged, np.array([60, 60])).tolist() == [0.5, 0.5]
    assert feedback.tolerated(judged, np.array([60, 5])).tolist() == [0.1, 0.5]


def test_safe_picks_come_back_at_most_half_as_often_as_the_catalogue_next_time() -> None:
    rng = np.random.default_rng(11)
    truth = rng.beta(0.8, 9.0, GOODS)
    judged = rng.poisson(40, GOODS)
    chosen = feedback.safe(judged, rng.binomial(judged, truth))
    later = rng.binomial(100, truth)
    assert 50 < chosen.sum() < GOODS / 2
    assert later[chosen].mean() <= 0.5 * later.mean()


def test_few_orders_make_no_safe_pick_however_clean() -> None:
    judged, returned = np.array([19, 20, 500]), np.array([0, 0, 100])
    assert feedback.safe(judged, returned).tolist() == [False, True, False]

"""Small worlds whose truth is known."""

import numpy as np
import scipy.sparse as sp

from renmai.matching.recommenders.base import Matrix, Pairs, Past, Practice, matrix_of, ones

CIRCLES = 6
GOODS_OF_A_CIRCLE = 15


def circles(*, people: int = 600, each: int = 4, seed: int = 1) -> tuple[Past, Pairs]:
    """Return a past and what comes after it: people of six circles take goods of their own circle, and now and then one of the hits; nothing twice.

    Person n is of circle n % 6, good n of circle n // 15; goods from 90 on are hits for everybody. Friends are of one circle.
    """
    dice = np.random.default_rng(seed)
    hits = CIRCLES * GOODS_OF_A_CIRCLE
    goods = hits + 5
    who, what = [], []
    for person in range(people):
        own = person % CIRCLES * GOODS_OF_A_CIRCLE + dice.permutation(GOODS_OF_A_CIRCLE)
        chosen = np.where(dice.random(each + 1) < 0.25, hits + dice.permutation(each + 1), own[: each + 1])
        who += [person] * (each + 1)
        what += chosen.tolist()
    taken = Pairs(np.array(who, dtype=np.int32), np.array(what, dtype=np.int32))
    last = np.arange(len(taken)) % (each + 1) == each
    one_before = np.arange(len(taken)) % (each + 1) == each - 1
    ties = friends(people, dice)
    past = past_of(taken.part(~last), (people, goods), ties)
    practice = Practice(past_of(taken.part(~last & ~one_before), (people, goods), ties), taken.part(one_before))
    return Past(past.taken, past.aimed, past.wished, past.ties, practice), taken.part(last)


def past_of(pairs: Pairs, shape: tuple[int, int], ties: Matrix) -> Past:
    """Return a past in which nobody only wished."""
    taken = matrix_of(pairs, shape)
    return Past(taken=taken, aimed=taken, wished=sp.csr_matrix(shape, dtype=np.float32), ties=ties)


def friends(people: int, dice: np.random.Generator) -> Matrix:
    """Return three friends for each person, of her own circle."""
    one = np.repeat(np.arange(people), 3)
    other = (one + CIRCLES * dice.integers(1, people // CIRCLES, len(one))) % people
    half = sp.csr_matrix((np.ones(len(one), dtype=np.float32), (one, other)), shape=(people, people))
    return ones(half + half.T)


def past_from(rows: list[list[int]], ties: list[list[int]] | None = None) -> Past:
    """Return a past from a table of 0 and 1."""
    taken = ones(sp.csr_matrix(np.array(rows, dtype=np.float32)))
    known = ones(sp.csr_matrix(np.array(ties or np.zeros((len(rows), len(rows))), dtype=np.float32)))
    return Past(taken=taken, aimed=taken, wished=sp.csr_matrix(taken.shape, dtype=np.float32), ties=known)

"""A seeded library whose truth is known: the goods and crowds of ``matching.tests.worlds``, posts about them, and who read what and when.

The truth is how much a crowd would make of a post that is passed on: what its goods are to them, what they like to read about, how well it
is written, how new it is, and how many of them had it. The scoring sees looks, openings, orders and hours, with noise, never the truth.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from renmai.matching.library.moments import BANDS, DAYS, Moment
from renmai.matching.library.posts import Posts, Readers
from renmai.matching.shelf import Floats, Ints
from renmai.matching.tests.worlds import AGENTS, GOODS, World, made

POSTS, TOPICS, MEMBERS = 240, 12, 25


@dataclass(frozen=True)
class Reading:
    """The goods' world, the posts with the orders that came of them, each crowd's readers, and the truth (agents × posts) at any hour and at ``moment``."""

    world: World
    posts: Posts
    orders: Ints
    readers: tuple[Readers, ...]
    expected: Floats
    moment: Moment
    expected_then: Floats


def library(seed: int) -> Reading:
    """Make the library of a seed."""
    dice, world = np.random.default_rng(seed + 1000), made(seed)
    about = dice.integers(0, 24, POSTS)
    goods = _goods(dice, about, world)
    topic = np.where(dice.random(POSTS) < 0.9, about % TOPICS, dice.integers(0, TOPICS, POSTS))
    topics = sparse.csr_array((np.ones(POSTS), (np.arange(POSTS), topic)), shape=(POSTS, TOPICS))
    age, written = np.minimum(dice.exponential(30.0, POSTS), 300.0), dice.normal(0.0, 1.0, POSTS)
    likes = dice.normal(0.0, 0.9, (AGENTS, TOPICS))[:, topic]
    worth = _of_goods(goods, world.expected)
    appeal = 0.8 * worth + likes + 0.7 * written[None, :]
    hours, days = dice.dirichlet(np.full(BANDS, 1.5), TOPICS)[topic], dice.dirichlet(np.full(DAYS, 4.0), TOPICS)[topic]

    came = np.exp(0.8 * appeal) * (1.0 - np.exp(-age / 20.0))[None, :] * dice.lognormal(0.0, 0.8, POSTS)[None, :]
    seen = dice.poisson(400.0 * came / came.sum(axis=1, keepdims=True))
    looks = seen.sum(axis=0)
    opened = dice.binomial(looks, 1.0 / (1.0 + np.exp(1.0 - 0.7 * written - 0.4 * worth.mean(axis=0))))
    orders = dice.binomial(opened, 1.0 / (1.0 + np.exp(2.5 - 0.8 * worth.mean(axis=0))))
    had = 1.0 - np.exp(-seen / MEMBERS)
    posts = Posts(
        ids=np.arange(1, POSTS + 1),
        numbers=np.array([f"N{number}" for number in range(POSTS)]),
        source=dice.choice(["official", "agent", "member"], POSTS),
        author=dice.integers(1, 40, POSTS),
        age_days=age,
        goods=goods,
        has_goods=np.ones(POSTS, dtype=np.bool_),
        topics=topics,
        topic_ids=np.arange(1, TOPICS + 1),
        looks=looks,
        opened=opened,
        by_band=np.array([dice.multinomial(n, p) for n, p in zip(looks, hours, strict=True)], dtype=np.float64),
        by_day=np.array([dice.multinomial(n, p) for n, p in zip(looks, days, strict=True)], dtype=np.float64),
    )
    readers = tuple(
        Readers(topics=topics.T @ seen[at], topic_people=np.full(TOPICS, MEMBERS), had=had[at], people=MEMBERS)
        for at in range(AGENTS)
    )
    truth = np.exp(appeal + 0.8 * np.exp(-age / 14.0)[None, :]) * (1.0 - had)
    moment = Moment(int(dice.integers(0, BANDS)), int(dice.integers(0, DAYS)), int(dice.integers(1, 13)))
    then = truth * (hours[:, moment.band] * days[:, moment.day] * _season(world, goods, moment.month))[None, :]
    return Reading(world, posts, orders, readers, truth, moment, then)


def _goods(dice: np.random.Generator, about: np.ndarray, world: World) -> sparse.csr_array:
    """One to six goods for each post, four of five of the category it is about."""
    rows, columns = [], []
    for post in range(POSTS):
        same = np.flatnonzero(world.shelf.category == about[post] + 100)
        for _each in range(int(dice.integers(1, 7))):
            place = dice.choice(same) if len(same) and dice.random() < 0.8 else dice.integers(0, GOODS)
            rows.append(post)
            columns.append(int(place))
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(POSTS, GOODS))
    matrix.data[:] = 1.0
    return matrix


def _of_goods(goods: sparse.csr_array, expected: Floats) -> Floats:
    """What a post's goods are to each crowd: half the best of them, half the mean, in standard deviations of the logarithm."""
    value = np.log(expected + 1e-6)
    best = np.stack([value[:, goods[[post]].indices].max(axis=1) for post in range(POSTS)], axis=1)
    mean = np.asarray(value @ goods.T) / np.asarray(goods.sum(axis=1)).ravel()[None, :]
    found = 0.5 * best + 0.5 * mean
    scaled: Floats = (found - found.mean()) / found.std()
    return scaled


def _season(world: World, goods: sparse.csr_array, month: int) -> Floats:
    """How much of their sales the goods of each post truly have around a month: what was sold is a sample of it."""
    months = [(month - 2) % 12, month - 1, month % 12]
    around = world.shelf.by_month[:, months] @ np.array([0.25, 0.5, 0.25])
    share = around / world.shelf.by_month.sum(axis=1)
    found: Floats = np.asarray(goods @ share) / np.asarray(goods.sum(axis=1)).ravel()
    return found

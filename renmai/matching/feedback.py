"""What reviews, returns and the words of those they are shared with say of goods: which are worse than the shop can bear, and which are safe picks 省心选.

Goods are looked at again and again, so an ordinary test would sooner or later demote every one of them. What is counted here is
evidence that may be looked at after every order: a likelihood ratio, averaged over how bad the product might be, whose mean stays at
most one for goods that are not too bad; by Ville's inequality (1939) it ever reaches 1/α for at most a share α of those. (Howard,
Ramdas, McAuliffe, Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", 2021, explain the method.)
"""

from typing import Final

import numpy as np

from renmai.matching.shelf import Flags, Floats, Ints, Shelf

FALSE_SHARE: Final = 0.05
"""At most so many of the goods that are not too bad are ever demoted."""

TOLERATED_TIMES: Final = 2.0
"""A product may go wrong twice as often as the goods of the shop do on average …"""

TOLERATED_LEAST: Final = 0.08
"""… and in any case this often: a shop where nothing goes wrong must not punish the first complaint."""

TOLERATED_MOST: Final = 0.5
UNWELCOME_LEAST, UNWELCOME_MOST = 0.3, 0.8
"""The same bounds for how many may say that a share was of no use to them: that is said sooner than an order is sent back."""

ORDERS_PART: Final = 0.8
"""How much of the evidence orders may bring alone: a word costs one tap, an order money."""

GRID: Final = 40
SAFE_ORDERS: Final = 20
SAFE_SHARE: Final = 0.5
PRIOR_ORDERS: Final = 10.0
"""A product begins as if it had had so many orders with the returns of the whole catalogue."""


def tolerated(judged: Ints, bad: Ints, *, least: float = TOLERATED_LEAST, most: float = TOLERATED_MOST) -> Floats:
    """Return the share of bad orders (or words) that each product may have without being demoted, 0 … 1: measured by all the others."""
    orders, wrong = int(judged.sum()) - judged, int(bad.sum()) - bad
    of_others = np.divide(wrong, orders, out=np.zeros(len(judged)), where=orders > 0)
    shares: Floats = np.clip(TOLERATED_TIMES * of_others, least, most)
    return shares


def evidence(judged: Ints, bad: Ints, *, tolerated_share: Floats | float) -> Floats:
    """Return, for each product, how many times likelier its bad orders are if it is too bad than if it is just bearable.

    One share among those above ``tolerated_share`` is as credible as another. Without orders the evidence is 1.
    """
    steps = (np.arange(GRID) + 0.5) / GRID
    bearable = np.broadcast_to(np.asarray(tolerated_share, dtype=np.float64), judged.shape)[:, None]
    worse = bearable + (1.0 - bearable) * steps
    ups, downs = np.log(worse / bearable), np.log((1.0 - worse) / (1.0 - bearable))
    exponents = bad[:, None] * ups + (judged - bad)[:, None] * downs
    found: Floats = np.exp(np.logaddexp.reduce(exponents, axis=1) - np.log(GRID))
    return found


def of_words(heard: Ints, unwelcome: Ints, *, among: Shelf) -> Floats:
    """Return, for each product of the shelf ``among``, how many times likelier what people said of it is if it is of too little use."""
    bearable = tolerated(among.heard, among.unwelcome, least=UNWELCOME_LEAST, most=UNWELCOME_MOST)
    return evidence(heard, unwelcome, tolerated_share=bearable)


def weighed(of_orders: Floats, of_words: Floats) -> Floats:
    """Return the evidence of both together: their weighted mean, whose own mean for bearable goods is at most one again.

    A product without words has 1 from them, so orders alone must say a little more than twenty times; words alone a hundred times.
    """
    found: Floats = ORDERS_PART * of_orders + (1.0 - ORDERS_PART) * of_words
    return found


def too_bad(found: Floats) -> Flags:
    """Return which goods the weighed evidence speaks against strongly enough."""
    return found >= 1.0 / FALSE_SHARE


def expected_returns(judged: Ints, returned: Ints) -> Floats:
    """Return the share of orders that each product will have returned, 0 … 1, shrunk to the catalogue's."""
    orders = int(judged.sum())
    mean = int(returned.sum()) / orders if orders else 0.0
    shares: Floats = (returned + PRIOR_ORDERS * mean) / (judged + PRIOR_ORDERS)
    return shares


def safe(judged: Ints, returned: Ints) -> Flags:
    """Return which goods are safe picks: enough orders, and at most half the catalogue's returns even after shrinking.

    In a shop without any return nothing is safer than the rest, so nothing is a safe pick yet.
    """
    orders = int(judged.sum())
    mean = int(returned.sum()) / orders if orders else 0.0
    if not mean:
        return np.zeros(len(judged), dtype=np.bool_)
    return (judged >= SAFE_ORDERS) & (expected_returns(judged, returned) <= SAFE_SHARE * mean)

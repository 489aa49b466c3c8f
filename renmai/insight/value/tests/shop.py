"""A shop whose customers live the models' story, as rows of orders."""

from datetime import datetime, timedelta

import numpy as np

from renmai.accounts.models import User
from renmai.insight.spread.tests.town import DAY, NOW, START, Town
from renmai.insight.value import actions
from renmai.insight.value.bgnbd import BgNbd
from renmai.insight.value.models import FittedModel
from renmai.insight.value.stories import living
from renmai.kernel import clock
from renmai.ordering.models import Order

WEEKS = 8.0
"""Everybody's past lies within the town's first eight weeks."""

TODAY = NOW + timedelta(hours=1)


def people(town: Town, count: int, *, seed: int = 1) -> list[User]:
    """Let ``count`` customers live up to ``NOW``; what they pay differs from order to order and from one to another."""
    generator = np.random.default_rng(seed)
    lives, _later = living(BgNbd(1.2, 2.5, 0.6, 2.5), count, weeks=WEEKS, generator=generator)
    users = User.objects.bulk_create(User(display_name=f"C{number}", username=f"c{seed}-{number}") for number in range(count))
    orders = []
    for user, x, recency, age in zip(users, lives.frequency, lives.recency, lives.age, strict=True):
        first = NOW - timedelta(weeks=float(age))
        inside = np.sort(generator.random(max(int(x) - 1, 0))) * recency
        weeks = [0.0, *inside.tolist(), *([float(recency)] if x else [])]
        usual = generator.gamma(4.0) * 20
        for week in weeks:
            at = min(first + timedelta(weeks=week), NOW)
            orders.append(_order(user, at, fen=100 + round(100 * generator.gamma(5.0) * usual / 5), number=next(town.numbers)))
    Order.objects.bulk_create(orders)
    return users


def _order(user: User, at: datetime, *, fen: int, number: int) -> Order:
    return Order(
        number=f"V{number}",
        buyer=user,
        status=Order.Status.SETTLED,
        goods_fen=fen,
        payable_fen=fen,
        idempotency_key=str(number),
        placed_at=at,
        pay_before=at,
        paid_at=at,
    )


def worked_out(*, batch: int = 1000) -> FittedModel:
    """Learn and work everybody out a day after the town's end; return the model in use."""
    with clock.travel(TODAY + DAY):
        actions.learn_anew(1)
        while actions.work_out(batch):
            pass
    return FittedModel.objects.get(status=FittedModel.Status.COMPLETE)


__all__ = ["DAY", "NOW", "START", "TODAY", "Town", "people", "worked_out"]

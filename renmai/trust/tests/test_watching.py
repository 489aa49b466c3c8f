"""What the operator sees: how trust is spread, and whether the choosy are trusted more."""

import pytest

from renmai.sharing.actions import share
from renmai.sharing.models import Share
from renmai.sharing.tests import factories
from renmai.trust import actions, queries
from renmai.trust.facts import Fact
from renmai.trust.queries.watching import wilson
from renmai.trust.weights import Kind
from tools.testing.moving_clock import MovingClock


def test_the_interval_is_wilsons() -> None:
    """The worked example of 8 in 10."""
    assert list(wilson(8, 10)) == pytest.approx([0.4902, 0.9433], abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.django_db
def test_the_spread_counts_every_tie(moving_clock: MovingClock) -> None:
    sharer = factories.user()
    found = [Fact(Kind.MUTE, f"feedback:{n}", sharer.pk, factories.user().pk, moving_clock.now) for n in range(3)]
    found += [Fact(Kind.KEPT, f"order:{n}", sharer.pk, factories.user().pk, moving_clock.now) for n in range(5)]
    actions.record(found)
    spread = queries.spread()
    assert (sum(spread.counts), spread.ties, spread.looked_at) == (8, 8, 8)
    assert spread.counts[3] == 3
    assert spread.counts[8] == 5
    assert spread.mean is not None
    assert 0.3 < spread.mean < 0.85


@pytest.mark.django_db
def test_choosy_sharers_stand_first_with_their_interval(moving_clock: MovingClock) -> None:
    """Four share one product and please nine of ten; four share eight and please half."""
    goods = [factories.product() for _number in range(8)]
    found = []
    for number in range(8):
        sharer = factories.user()
        for product in goods[: 1 if number < 4 else 8]:
            share(sharer, kind=Share.Kind.PRODUCT, shop=None, product=product)
        for outcome in range(10):
            kind = Kind.KEPT if outcome < (9 if number < 4 else 5) else Kind.QUALITY_RETURN
            found.append(Fact(kind, f"x:{number}:{outcome}", sharer.pk, factories.user().pk, moving_clock.now))
    actions.record(found)
    groups = queries.choosiness()
    assert [(group.fewest, group.most, group.sharers) for group in groups] == [(1, 1, 2), (1, 1, 2), (8, 8, 2), (8, 8, 2)]
    assert [round(group.rate, 2) for group in groups] == [0.9, 0.9, 0.5, 0.5]
    assert all(group.low < group.rate < group.high for group in groups)
    assert groups[0].low > groups[3].rate

"""Trust as an agent reads it: words, costs, rest; and nothing of who muted her or complained."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.kernel import clock
from renmai.sharing.actions import bind, share
from renmai.sharing.models import Share, Shop
from renmai.sharing.tests import factories
from renmai.trust import actions
from renmai.trust.facts import Fact
from renmai.trust.queries import telling
from renmai.trust.tests.happenings import visit
from renmai.trust.weights import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """These tests read English."""
    with translation.override("en"):
        yield


@pytest.fixture
def shop() -> Shop:
    return factories.shop(factories.user("Agent"))


def _customer(shop: Shop, *kinds: str) -> User:
    user = make_member()
    bind(customer_id=user.pk, shop_id=shop.pk, reason="test", evidence={})
    now = clock.now()
    actions.record(
        [
            Fact(kind, f"{kind}:{user.pk}:{number}", shop.owner_id, user.pk, now - timedelta(minutes=number))
            for number, kind in enumerate(kinds)
        ]
    )
    return user


def test_trust_is_told_in_words(shop: Shop) -> None:
    loyal, new, hurt = _customer(shop, *[Kind.REPEAT] * 8), _customer(shop), _customer(shop, *[Kind.QUALITY_RETURN] * 8)
    told = telling.trust_of(shop, [loyal.pk, new.pk, hurt.pk])
    assert [told[user.pk].word for user in (loyal, new, hurt)] == [
        "Trusts you a lot",
        "Does not know you well yet",
        "Careful with you",
    ]


def test_she_never_reads_who_muted_her_or_complained(shop: Shop) -> None:
    link = share(shop.owner, kind=Share.Kind.SHOP, shop=shop)
    reader = _customer(shop, Kind.KEPT)
    visit(link, reader, at=clock.now())
    actions.say(reader, link, "mute")
    actions.complain(reader, link, note="Not what the words said")
    assert [line.title for line in telling.lines_of(shop, reader.pk)] == ["Bought and kept"]
    assert not telling.trust_of(shop, [reader.pk], margin_fen=10_000_000)[reader.pk].is_good_moment


def test_tired_customers_rest_and_come_last(shop: Shop) -> None:
    tired, rested = _customer(shop, *[Kind.OPENED] * 4), _customer(shop)
    found = telling.suggested(shop, margin_fen=10_000_000)
    assert [(each.customer_id, each.is_good_moment) for each in found] == [(rested.pk, True), (tired.pk, False)]
    assert found[1].rest_days == 21
    toll = telling.toll_of(shop)
    assert (toll.rested, toll.customers) == (1, 2)
    assert toll.cost_fen == found[0].cost_fen + found[1].cost_fen

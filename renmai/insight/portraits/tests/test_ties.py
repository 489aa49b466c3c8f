"""Ties climb by what their rows prove, and the matrix of passages is what its ties add up to."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.accounts.tests.factories import make_member
from renmai.insight.portraits.tests.test_facts import keeper, opened
from renmai.insight.portraits.tests.world import NOON, bought, goods
from renmai.insight.portraits.ties import Proof, State, Tie, passages, path_of, ties
from renmai.ordering.models import Order
from renmai.sharing.models import Binding, Share

DAY = timedelta(days=1)
PROOFS = st.lists(
    st.builds(
        Proof,
        st.sampled_from([State.RELATIONSHIP, State.TRUST, State.EXCHANGE]),
        st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2026, 12, 31)),  # noqa: DTZ001 - only their order matters
        st.just("order"),
    ),
    max_size=8,
)


@given(PROOFS)
def test_a_path_only_climbs_and_ends_at_the_furthest_proof(proofs: list[Proof]) -> None:
    path = path_of(proofs)
    assert list(path) == sorted(path, key=lambda proof: proof.at)
    assert [proof.state for proof in path] == sorted({proof.state for proof in path})
    assert max((proof.state for proof in proofs), default=State.NONE) == (path[-1].state if path else State.NONE)


@given(st.lists(PROOFS, max_size=20))
def test_whoever_entered_a_state_is_there_or_went_on(worlds: list[list[Proof]]) -> None:
    """The matrix counted again: those who came into a state are those who left it and those who are in it."""
    found = [Tie(1, number, path_of(proofs)) for number, proofs in enumerate(worlds) if proofs]
    matrix = passages(found)
    here = Counter(tie.state for tie in found)
    for state in (State.RELATIONSHIP, State.TRUST, State.EXCHANGE):
        came = sum(row.count for row in matrix if row.goal is state)
        left = sum(row.count for row in matrix if row.origin is state)
        assert came == left + here[state]
    assert sum(row.count for row in matrix if row.origin is State.NONE) == len(found)


@pytest.mark.django_db
def test_each_step_is_proved_by_its_first_row() -> None:
    agent, shop = keeper()
    her, friend, stranger = make_member(), make_member(), make_member()
    link = Share.objects.create(sharer=agent, shop=shop, kind=Share.Kind.SHOP, target="shop:1")
    opened(link, her)
    opened(link, agent)
    Binding.objects.create(customer=her, shop=shop, protected_until=NOON, bound_at=NOON + DAY)
    Binding.objects.create(customer=friend, shop=shop, protected_until=NOON, bound_at=NOON)
    for days in (2, 5, 9):
        bought(her, goods("tea"), at=NOON + days * DAY, shop_id=shop.pk)
    back = bought(friend, goods("tea"), at=NOON + DAY, shop_id=shop.pk)
    Order.objects.filter(pk=back.pk).update(refunded_fen=100)
    Share.objects.create(sharer=friend, shop=shop, kind=Share.Kind.SHOP, target="shop:1", parent=link, created_at=NOON + 3 * DAY)
    bought(stranger, goods("tea"), at=NOON)
    found = {tie.customer_id: tie for tie in ties()}
    assert found[her.pk].path == (
        Proof(State.RELATIONSHIP, NOON, "visit"),
        Proof(State.TRUST, NOON + 2 * DAY, "order"),
        Proof(State.EXCHANGE, NOON + 5 * DAY, "order"),
    )
    assert found[friend.pk].path == (Proof(State.RELATIONSHIP, NOON, "binding"), Proof(State.EXCHANGE, NOON + 3 * DAY, "share"))
    assert set(found) == {her.pk, friend.pk}
    assert ties(customer_ids=[her.pk]) == ties(shop_ids=[shop.pk], customer_ids=[her.pk]) == [found[her.pk]]
    assert [(row.origin, row.goal, row.count, row.days) for row in passages(found.values())] == [
        (State.NONE, State.RELATIONSHIP, 2, None),
        (State.RELATIONSHIP, State.TRUST, 1, 2.0),
        (State.RELATIONSHIP, State.EXCHANGE, 1, 3.0),
        (State.TRUST, State.EXCHANGE, 1, 3.0),
    ]

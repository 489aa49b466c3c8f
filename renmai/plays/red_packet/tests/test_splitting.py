"""Every packet has its fen, and all of them together are the pool."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renmai.plays.red_packet.splitting import shares


@settings(max_examples=200, deadline=None)
@given(packets=st.integers(1, 300), rest=st.integers(0, 50_000), seed=st.integers(0, 2**62), is_random=st.booleans())
def test_packets_sum_to_the_pool(packets: int, rest: int, seed: int, is_random: bool) -> None:
    found = shares(packets + rest, packets, is_random=is_random, seed=seed)
    assert len(found) == packets
    assert sum(found) == packets + rest
    assert min(found) >= 1
    if not is_random:
        assert max(found) - min(found) <= 1
    assert found == shares.__wrapped__(packets + rest, packets, is_random=is_random, seed=seed)


def test_the_first_and_the_last_can_expect_the_same() -> None:
    worlds = [shares(10_000, 10, is_random=True, seed=seed) for seed in range(2000)]
    for place in (0, 4, 9):
        average = sum(world[place] for world in worlds) / len(worlds)
        assert 940 < average < 1060
    assert len({world[0] for world in worlds}) > 1000


def test_less_than_a_fen_each_is_refused() -> None:
    with pytest.raises(ValueError, match="a fen"):
        shares(9, 10, is_random=True, seed=1)

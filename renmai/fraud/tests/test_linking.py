"""Connected components: what links, what does not, and that the order of rows is nothing."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from renmai.fraud.cases import Kind, Mark, Person, Purchase
from renmai.fraud.linking import HUB, components, is_established, unite, weight
from renmai.fraud.tests.population import NOW

LATELY = NOW - timedelta(days=10)
LONG_AGO = NOW - timedelta(days=300)


def somebody(number: int, *shared: Mark) -> Person:
    return Person(number, LATELY, frozenset(shared), (Purchase(LATELY),))


def regular(number: int, *shared: Mark) -> Person:
    return Person(number, LONG_AGO, frozenset(shared), (Purchase(LONG_AGO), Purchase(LATELY)))


def linked(*people: Person) -> set[frozenset[int]]:
    return set(components({person.person_id: person for person in people}, NOW).values())


PHONE, TABLET, HOME, ROUTER = (Mark(kind, kind.value) for kind in (Kind.PHONE, Kind.DEVICE, Kind.ADDRESS, Kind.NETWORK))


def test_one_browser_links_newcomers_and_one_address_does_not() -> None:
    assert linked(somebody(1, TABLET), somebody(2, TABLET), somebody(3)) == {frozenset({1, 2})}
    assert linked(somebody(1, HOME), somebody(2, HOME)) == set()
    assert linked(somebody(1, HOME, ROUTER), somebody(2, HOME, ROUTER)) == {frozenset({1, 2})}


def test_the_more_regular_customers_hold_a_mark_the_less_it_says() -> None:
    assert [weight(TABLET, known) for known in (0, 1, 2, 8)] == [1000, 666, 500, 200]
    assert linked(somebody(1, TABLET), somebody(2, TABLET), regular(3, TABLET)) == set()


def test_people_are_linked_through_others() -> None:
    assert linked(somebody(1, TABLET), somebody(2, TABLET, PHONE), somebody(3, PHONE)) == {frozenset({1, 2, 3})}


def test_a_campus_network_links_nobody() -> None:
    crowd = [somebody(number, TABLET) for number in range(HUB + 1)]
    assert linked(*crowd) == set()
    assert linked(*crowd[:HUB]) == {frozenset(range(HUB))}


def test_a_life_of_ones_own_is_kept_purchases_over_time() -> None:
    early, late = Purchase(LONG_AGO), Purchase(LATELY)
    back = Purchase(LATELY, LATELY + timedelta(days=2))
    assert is_established(Person(1, LONG_AGO, frozenset(), (early, late)), NOW)
    for purchases in ((early,), (early, back), (early, Purchase(LONG_AGO + timedelta(days=6))), ()):
        assert not is_established(Person(1, LONG_AGO, frozenset(), purchases), NOW)
    assert not is_established(Person(1, NOW - timedelta(days=59), frozenset(), (early, late)), NOW)


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30).flatmap(
        lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))
    )
)
def test_components_are_those_of_the_graph_whatever_the_order(both: tuple[list[tuple[int, int]], list[tuple[int, int]]]) -> None:
    pairs, shuffled = both
    found = unite(pairs)
    assert unite(shuffled) == found
    for start in {node for pair in pairs for node in pair}:
        reached, rim = {start}, {start}
        while rim:
            rim = {other for pair in pairs for node, other in (pair, pair[::-1]) if node in rim} - reached
            reached |= rim
        assert found[start] == reached

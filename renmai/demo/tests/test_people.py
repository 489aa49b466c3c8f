"""The people of the demo world: the same for the same seed, all different, agreeing with their shops."""

import pytest

from renmai.demo.goods.shops import SHOPS
from renmai.demo.goods.types import Text
from renmai.demo.people import CITIES, MEN, SURNAMES, WOMEN, agents, members


@pytest.mark.parametrize("seed", [0, 7, 20_260_101])
def test_the_same_seed_gives_the_same_people(seed: int) -> None:
    assert members(seed) == members(seed)
    assert agents(seed) == agents(seed)


def test_another_seed_gives_other_people() -> None:
    assert members(1) != members(2)
    assert [agent.shop for agent in agents(1)] != [agent.shop for agent in agents(2)]


def test_people_are_the_same_on_every_machine() -> None:
    assert [person.name.zh for person in members(7)[:3]] == ["高修远", "董亚楠", "郑梦洁"]
    assert [agent.person.name.zh for agent in agents(7)[:3]] == ["曹红梅", "程若溪", "王志强"]


@pytest.mark.parametrize("seed", [0, 7, 20_260_101])
def test_three_hundred_and_forty_people_have_different_names_and_nicknames(seed: int) -> None:
    people = [*members(seed), *(agent.person for agent in agents(seed))]
    assert len(people) == 340
    assert len({person.name.zh for person in people}) == 340
    assert len({person.name.en for person in people}) == 340
    assert len({person.nickname.zh for person in people}) == 340


def test_a_shorter_list_is_the_beginning_of_a_longer_one() -> None:
    assert members(7, count=12) == members(7)[:12]
    assert agents(7, count=5) == agents(7)[:5]


@pytest.mark.parametrize("seed", range(8))
def test_every_shop_has_a_keeper_whose_name_agrees(seed: int) -> None:
    found = agents(seed)
    assert {agent.shop.name for agent in found} == {shop.name for shop in SHOPS}
    for agent in found:
        assert agent.person.is_woman == agent.shop.is_woman
        assert agent.person.nickname == agent.shop.keeper
        assert agent.person.name.zh.startswith(agent.shop.surname_zh)


def test_parents_are_called_by_what_they_are() -> None:
    for person in members(7):
        if person.nickname.zh.endswith("妈妈"):
            assert person.is_woman
            assert person.nickname.en.endswith("'s Mum")
        if person.nickname.zh.endswith("爸爸"):
            assert not person.is_woman


def test_people_live_somewhere() -> None:
    cities = dict(CITIES)
    for person in members(7):
        assert cities[person.city] == person.region_code
        assert len(person.region_code) == 6
        assert person.street.zh.endswith("室")
        assert person.street.en.startswith("Flat ")


def test_too_many_people_are_refused() -> None:
    with pytest.raises(ValueError, match="not enough names"):
        members(7, count=100_000)
    with pytest.raises(ValueError, match="forty shops"):
        agents(7, count=41)


def test_name_parts_are_written_in_both_scripts() -> None:
    assert (len(SURNAMES), len(WOMEN), len(MEN)) == (48, 30, 20)
    assert SURNAMES[0] == Text("王", "Wang")
    assert len({part.en for part in SURNAMES}) == 48

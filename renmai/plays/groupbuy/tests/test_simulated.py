"""Hundreds of groups by chance against a model; ``./run torture`` runs the same for ten thousand."""

from collections.abc import Callable

import pytest
from django.db.models import F

from renmai.kernel.compiled import CompiledUpdate
from renmai.plays.groupbuy.actions import joining, leaving, promising
from renmai.plays.groupbuy.models import Group
from tools.testing.everything import settle
from tools.torture import shop
from tools.torture.groups import Crowd
from tools.torture.model import Broken

pytestmark = pytest.mark.django_db

GROUPS = 150


@pytest.mark.parametrize("seed", [1, 2])
def test_hundreds_of_groups_are_as_the_model_says(seed: int) -> None:
    world = shop.populate(shop.Size(suppliers=1, products=1, keepers=0, buyers=25, stock=1_000_000))
    settle()
    said = Crowd(world, seed).run(GROUPS)
    assert said.endswith("as the model says")


def nothing_comes_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(promising, "reduction_fen", lambda _seat, _group, _line: 0)


def time_does_not_matter(patch: pytest.MonkeyPatch) -> None:
    always = CompiledUpdate(
        lambda number, people, now: (
            Group.objects.filter(number=number, status="open", joined__lte=F("size") - people, opened_at__lte=now),
            {"joined": F("joined") + people, "arrivals": F("arrivals") + people},
        ),
        values=3,
        returning=("id", "joined", "arrivals", "size"),
    )
    patch.setattr(joining, "_TAKE", always)


def nobody_takes_over(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(leaving, "_hand_over", lambda _group: None)


@pytest.mark.parametrize("spoil", [nothing_comes_back, time_does_not_matter, nobody_takes_over])
def test_the_model_finds_what_is_wrong(spoil: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    world = shop.populate(shop.Size(suppliers=1, products=1, keepers=0, buyers=15, stock=1_000_000))
    settle()
    spoil(monkeypatch)
    with pytest.raises(Broken):
        _until_it_is_found(world)


def _until_it_is_found(world: shop.World) -> None:
    """A crowd meets a fault by chance: the first one mostly does, ten of them always."""
    for seed in range(3, 13):
        Crowd(world, seed).run(30)

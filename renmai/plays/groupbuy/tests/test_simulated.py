"""Hundreds of groups by chance against a model; ``./run torture`` runs the same for ten thousand."""

import pytest

from renmai.project import worker
from tools.torture import shop
from tools.torture.groups import Crowd

pytestmark = pytest.mark.django_db

GROUPS = 150


@pytest.mark.parametrize("seed", [1, 2])
def test_hundreds_of_groups_are_as_the_model_says(seed: int) -> None:
    world = shop.populate(shop.Size(suppliers=1, products=1, keepers=0, buyers=25, stock=1_000_000))
    worker.settle()
    said = Crowd(world, seed).run(GROUPS)
    assert said.endswith("as the model says")

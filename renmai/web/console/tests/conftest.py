"""What the tests of the console begin with: a house full of goods and people, and its owner in her browser."""

import pytest
from django.test import Client

from renmai.web.console.tests import house as houses
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.house import House


@pytest.fixture
def house() -> House:
    """A house of one's own."""
    return houses.build()


@pytest.fixture
def owner(house: House) -> Client:
    """The browser of its owner."""
    return scenes.browser_of(house.owner)

"""How what is shared was received: people, not taps; nothing while too few have said it of too few sharers."""

import pytest

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.sharing import actions as sharing
from renmai.sharing.actions import Landing
from renmai.sharing.models import Share
from renmai.sharing.tests import factories
from renmai.trust import actions, queries
from renmai.trust.queries import Reception
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def links(number: int, product: Product, *, path: str = "") -> list[Share]:
    """Links of so many different sharers to the same thing."""
    landing = Landing(None, path) if path else None
    kind = Share.Kind.PAGE if path else Share.Kind.PRODUCT
    return [sharing.share(factories.user(), kind=kind, shop=None, product=product, landing=landing) for _one in range(number)]


def says(link: Share, *words: str, who: User | None = None) -> User:
    reader = who or factories.user()
    for word in words:
        actions.say(reader, link, word)
    return reader


def test_people_are_counted_once_and_for_the_worst_they_said() -> None:
    product = factories.product()
    first, second, third = links(3, product)
    says(third, "mute", who=says(first, "useful"))
    undone = says(second, "useful")
    says(second, "not_useful", who=undone)
    for link in (first, second, third):
        says(link, "useful")
    assert queries.receptions([product.pk]) == {product.pk: Reception(5, useful=3, not_useful=1, mutes=1)}


def test_too_few_people_or_too_few_sharers_say_nothing(moving_clock: MovingClock) -> None:
    product, other = factories.product(), factories.product()
    first, second, third = links(3, product)
    for link in (first, first, second, third):
        says(link, "useful")
    assert queries.receptions([product.pk])[product.pk] == Reception()
    says(first, "useful")
    assert queries.receptions([product.pk])[product.pk] == Reception(5, useful=5)
    for link in links(2, other):
        for _reader in range(5):
            says(link, "mute")
    assert queries.receptions([other.pk])[other.pk] == Reception()
    moving_clock.advance(days=366)
    assert queries.receptions([product.pk])[product.pk] == Reception()


def test_a_page_has_its_own_and_not_that_of_goods_that_stand_on_it() -> None:
    product = factories.product()
    for link in links(3, product, path="/post/N1/"):
        says(link, "not_useful")
        says(link, "mute")
    assert queries.reception_of_page("/post/N1/") == Reception(6, not_useful=3, mutes=3)
    assert queries.reception_of_page("/post/N2/") == Reception()


@pytest.mark.parametrize(
    ("people", "useful", "word"),
    [(0, 0, "unknown"), (5, 5, "well"), (5, 4, "mixed"), (5, 2, "badly"), (6, 4, "mixed"), (100, 69, "mixed"), (100, 71, "well")],
)
def test_a_few_words_are_believed_less_than_many(people: int, useful: int, word: str) -> None:
    assert Reception(people, useful=useful, not_useful=people - useful).word == word

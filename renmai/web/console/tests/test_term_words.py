"""Terms in a list without headings: two of one name are told apart by the group they stand in."""

import pytest
from django.utils.translation import override

from renmai.campaigns.plays import plays
from renmai.campaigns.terms import defaults
from renmai.web.console.term_words import changes, terms_in_words


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("key", sorted(plays()))
def test_no_two_terms_are_called_the_same(key: str, language: str) -> None:
    play = plays()[key]
    with override(language):
        labels = [str(label) for label, _text in terms_in_words(play, defaults(play), skus={})]
    assert len(set(labels)) == len(labels)


def test_a_change_says_whose_term_it_is() -> None:
    play = plays()["levels"]
    with override("en"):
        (found,) = changes(play, defaults(play), defaults(play) | {"gold_fen": 5}, skus={})
        assert str(found.label) == "Gold member · From so much spending"

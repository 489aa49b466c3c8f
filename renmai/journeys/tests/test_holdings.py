"""Every table with a person's column says what becomes of it, and what of it is in her copy."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from renmai.accounts.holdings import Holding
from renmai.accounts.models import User, Visitor
from renmai.journeys.holdings import NOT_HERS, goes, holdings, stays

BY_HAND = frozenset(
    {
        "experiments.Exposure.visitor_id",
        "insight.View.visitor",
        "matching.Selection.subject_id",
        "stream.EventRow.visitor_id",
        "stream.Forgetting.user_id",
        "stream.Merge.visitor_id",
    }
)
"""Columns that a room's own action looks after: the search of every table in ``project`` is their proof."""


def columns_of_people() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            is_key = isinstance(field, models.ForeignKey) and field.related_model in {User, Visitor}
            if is_key or field.name in {"user_id", "visitor_id", "subject_id"}:
                yield f"{model._meta.label}.{field.name}"


def columns_told() -> set[str]:
    return {f"{each.model._meta.label}.{each.person.removesuffix('__user')}" for each in holdings()}


def test_no_column_of_a_person_is_without_a_word() -> None:
    silent = set(columns_of_people()) - columns_told() - NOT_HERS - BY_HAND
    assert silent == set(), "say in the room's holdings what becomes of these when an account is deleted"
    assert set(columns_of_people()) >= NOT_HERS | BY_HAND, "columns that are not there any more"


@pytest.mark.parametrize("holding", holdings(), ids=lambda each: each.name)
def test_a_holding_is_copied_or_says_why_not(holding: Holding) -> None:
    assert bool(holding.copied) is (holding.uncopied is None)
    if holding.stays is None:
        assert not holding.put_out, "what is deleted needs no overwriting"


def test_what_goes_and_what_stays_are_all_there_is() -> None:
    told = {each.topic for each in holdings()}
    assert told == set(goes()) | {topic for topic, _reasons in stays()}

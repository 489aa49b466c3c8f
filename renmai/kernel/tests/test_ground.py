"""Clock, identifiers, states, refusals, idempotency."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models

from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError, declared, refusals
from renmai.kernel.idempotency import claim, earlier_result, fingerprint
from renmai.kernel.models import OutboxEvent
from renmai.kernel.states import advance

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_time_stands_still_and_comes_back() -> None:
    with clock.travel(NOON):
        with clock.travel(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert abs(clock.now() - datetime.now(tz=UTC)) < timedelta(minutes=1)


def test_a_naive_moment_is_our_bug() -> None:
    with pytest.raises(ValueError, match="aware"), clock.travel(datetime(2026, 5, 4)):  # noqa: DTZ001 - the point
        pass


def test_a_seeded_world_draws_the_same_codes_and_a_derived_id_never_changes() -> None:
    with ids.seeded(7), clock.travel(NOON):
        first = (ids.token(), ids.number("R"), ids.new_uuid())
    with ids.seeded(7), clock.travel(NOON):
        assert (ids.token(), ids.number("R"), ids.new_uuid()) == first
    assert first[1].startswith("R260504-")
    assert str(ids.derived("capture", "P-1")) == str(ids.derived("capture", "P-1"))
    assert ids.derived("capture", "P-1") != ids.derived("capture", "P-2")


@pytest.mark.django_db
def test_only_one_of_two_moves_wins_and_an_unknown_move_is_our_bug() -> None:
    row = OutboxEvent.objects.create(name="x", payload={})
    assert advance(OutboxEvent, row.pk, old="pending", new="done", attempts=1)
    assert not advance(OutboxEvent, row.pk, old="pending", new="dead")
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("done", 1)
    with pytest.raises(AssertionError, match="never becomes"):
        advance(OutboxEvent, row.pk, old="done", new="pending")


def test_every_state_table_names_only_its_own_states() -> None:
    tables = [model for model in apps.get_models() if hasattr(model, "TRANSITIONS")]
    assert len(tables) >= 9
    for model in tables:
        status = model._meta.get_field("status")
        assert isinstance(status, models.Field)
        states = {value for value, _label in status.choices or ()}
        assert set(model.TRANSITIONS) == states, model
        assert set().union(*model.TRANSITIONS.values()) <= states, model


def test_a_refusal_speaks_and_is_declared_once() -> None:
    refused = DomainError("request.too_many", seconds=9)
    assert (refused.status, refused.code) == (429, "request.too_many")
    assert "9" in refused.sentence
    with pytest.raises(ValueError, match="twice"):
        refusals("request", {"forbidden": (418, "teapot")})
    assert declared()["request.forbidden"][0] == 403


@pytest.mark.django_db
def test_a_key_answers_the_same_question_the_same_way_and_no_other() -> None:
    asked = fingerprint("withdraw", 100)
    assert earlier_result(scope="s", key="k", print_=asked) is None
    assert claim(scope="s", key="k", print_=asked, result="W-1")
    assert not claim(scope="s", key="k", print_=asked, result="W-2")
    assert earlier_result(scope="s", key="k", print_=asked) == "W-1"
    with pytest.raises(DomainError) as refused:
        earlier_result(scope="s", key="k", print_=fingerprint("withdraw", 200))
    assert refused.value.code == "request.repeated_key"

"""Experiments, as programs read them."""

from datetime import timedelta

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.api.tests.world import Program
from renmai.insight.experiments.queries import variant
from renmai.insight.experiments.tests.trying import BEGIN, at, pays, people, running
from renmai.programs.actions import create_token

pytestmark = pytest.mark.django_db


def test_what_was_agreed_and_what_came_of_it() -> None:
    row = running(guardrails=(("kept", 5000),))
    for number, member in enumerate(people(160)):
        with at(BEGIN + timedelta(hours=number)):
            variant("home.shelf", user=member)
        if number % 3 == 0:
            pays(member, moment=BEGIN + timedelta(hours=number + 1))
    with at(BEGIN + timedelta(days=20)):
        _token, text = create_token(make_staff(Role.ANALYST), name="figures")
        program = Program(text)
        (found,) = program.get("/staff/experiments?status=running")["items"]
        result = program.get(f"/staff/experiments/{row.pk}/result")
    assert (found["id"], found["variants"][1]) == (row.pk, {"variant": "newest", "share_basis_points": 5000})
    assert found["guardrails"] == [{"metric": "kept", "bound_basis_points": 5000}]
    assert sum(arm["counted"] for arm in result["arms"]) == 160
    (compared,) = result["comparisons"]
    assert (compared["metric"], compared["unit"], compared["variant"]) == ("bought", "share", "newest")
    last = compared["looks"][-1]
    assert last["people"] == 160
    assert last["estimate"]["low"] < last["estimate"]["value"] < last["estimate"]["high"]
    assert result["deal_is_broken"] is False
    assert [segment["kind"] for segment in result["segments"]] == ["none", "one", "more"]

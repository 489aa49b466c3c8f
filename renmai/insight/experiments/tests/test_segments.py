"""An experiment on a segment, as the segment was when it was written down; and what is prepared ahead, which counts nobody until it is met."""

import ast
from pathlib import Path

import pytest

import renmai
from renmai.accounts.models import User
from renmai.accounts.tests.factories import Statements
from renmai.insight.experiments import audit
from renmai.insight.experiments.dealing import Only
from renmai.insight.experiments.models import Exposure
from renmai.insight.experiments.queries import Foreseen, foreseen, met, movers, variant
from renmai.insight.experiments.running import forget_running
from renmai.insight.experiments.tests.trying import people, running
from renmai.ordering.tests.making import refused

pytestmark = pytest.mark.django_db
EVEN = Only(7, "双数", "all", '[{"field": "even"}]')


def is_even(user: User, match: str, conditions: str) -> bool:
    """Stands for portraits: who belongs to the segment."""
    assert (match, conditions) == (EVEN.match, EVEN.conditions)
    return user.pk % 2 == 0


def test_only_the_people_of_the_segment_are_dealt_out_and_stay_when_they_leave_it() -> None:
    running(audience="segment", only=EVEN)
    members = people(40)
    got = {member.pk: variant("home.shelf", user=member, belongs=is_even) for member in members}
    exposed = set(Exposure.objects.values_list("user_id", flat=True))
    assert exposed == {member.pk for member in members if member.pk % 2 == 0}
    assert {got[pk] for pk in exposed} == {"sold", "newest"}
    assert {got[member.pk] for member in members if member.pk % 2} == {"sold"}
    again = {member.pk: variant("home.shelf", user=member, belongs=lambda *_asked: False) for member in members}
    assert again == got
    assert list(audit.violations()) == []


def test_where_nobody_can_say_who_belongs_nobody_does() -> None:
    running(audience="segment", only=EVEN)
    for member in people(10):
        assert variant("home.shelf", user=member) == "sold"
    assert not Exposure.objects.exists()


def test_a_segment_needs_members_and_the_word_segment_needs_one() -> None:
    for changes in ({"unit": "visitor", "audience": "segment", "only": EVEN}, {"audience": "segment"}, {"only": EVEN}):
        with refused("experiments.segment"):
            running(**changes)


def test_every_place_of_the_product_that_asks_says_who_is_in_a_segment() -> None:
    found = []
    for path in Path(renmai.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "tests" in path.parts or "insight.experiments" not in text or path.parent.name == "experiments":
            continue
        for call in ast.walk(ast.parse(text)):
            name = getattr(getattr(call, "func", None), "attr", None) or getattr(getattr(call, "func", None), "id", None)
            if isinstance(call, ast.Call) and name in {"variant", "foreseen", "met"}:
                found.append((path.name, "belongs" in {keyword.arg for keyword in call.keywords}))
    assert len(found) == 7
    assert [name for name, says in found if not says] == []


def test_what_is_prepared_ahead_is_what_she_meets_and_counts_from_then_on() -> None:
    row = running(switches={"chosen.strategy": ("setting", "tail")})
    members = people(30)
    ahead = foreseen("chosen.strategy", [member.pk for member in members])
    assert not Exposure.objects.exists()
    assert {each.option for each in ahead.values()} == {"setting", "tail"}
    assert {each.experiment_id for each in ahead.values()} == {row.pk}
    for member in members[:12]:
        met("chosen.strategy", user=member, experiment_id=row.pk)
        met("chosen.strategy", user=member, experiment_id=row.pk)
    found = dict(Exposure.objects.values_list("user_id", "variant"))
    assert found == {member.pk: ahead[member.pk].option for member in members[:12]}
    assert foreseen("chosen.strategy", [member.pk for member in members]) == ahead
    met("chosen.strategy", user=members[20], experiment_id=row.pk + 1)
    assert len(found) == Exposure.objects.count()


def test_without_an_experiment_nothing_is_asked_and_a_decision_holds_for_all(statements: Statements) -> None:
    member = people(1)[0]
    forget_running()
    assert foreseen("chosen.strategy", [member.pk]) == {member.pk: Foreseen("setting")}
    with statements(0):
        foreseen("chosen.strategy", [member.pk, 5, 6])
        met("chosen.strategy", user=member, experiment_id=3)
    row = running(switches={"chosen.strategy": ("setting", "tail")})
    assert movers(["chosen.strategy"]) == [row]
    assert movers(["advice.strategy"]) == []


def test_whoever_is_held_back_gets_the_default() -> None:
    held = running(is_holdout=True, held_basis_points=5000, metric="bought", guardrails=())
    running(switches={"chosen.strategy": ("setting", "tail")})
    members = people(40)
    ahead = foreseen("chosen.strategy", [member.pk for member in members])
    without = {user_id for user_id, each in ahead.items() if each == Foreseen("setting")}
    for member in members:
        variant("home.shelf", user=member)
    assert without == set(Exposure.objects.filter(experiment=held, variant="held").values_list("user_id", flat=True))
    assert 5 < len(without) < 35

"""Strategies under experiment: dealt out when a list is made, counted when it is seen, and the setting again when it is over."""

from datetime import timedelta

import pytest

from renmai.accounts.consents import Purpose
from renmai.accounts.tests.factories import Statements, make_staff
from renmai.insight.experiments import actions as experiments
from renmai.insight.experiments.models import Exposure
from renmai.insight.experiments.running import forget_running
from renmai.insight.experiments.switches import switch
from renmai.insight.experiments.tests.trying import running
from renmai.kernel import clock
from renmai.matching import actions, queries
from renmai.matching.models import Selection
from renmai.matching.strategies import STRATEGIES
from renmai.matching.tests.town import bought, customer, kinds, make_lists, seller

pytestmark = pytest.mark.django_db


def strategies() -> dict[int, str]:
    return dict(Selection.objects.filter(audience="member").values_list("subject_id", "strategy"))


def test_members_get_what_they_were_dealt_and_count_when_they_see_it() -> None:
    fruit, _shoes, tea = kinds(3)
    members = [customer(None, Purpose.RECOMMENDATIONS) for _number in range(16)]
    for member in members:
        bought(member, fruit[0])
    row = running(switches={"chosen.strategy": ("setting", "tail")}, moment=clock.now())
    make_lists()
    dealt = actions.strategies_for([member.pk for member in members], switch=actions.FOR_MEMBERS)
    assert strategies() == {member.pk: dealt[member.pk].option for member in members}
    assert set(strategies().values()) == {"personal", "tail"}
    assert not Exposure.objects.exists()
    for member in members[:10]:
        actions.note_met(member, queries.for_member(member))
    found = dict(Exposure.objects.filter(experiment=row).values_list("user_id", "variant"))
    assert set(found) == {member.pk for member in members[:10]}
    assert {user_id: {"setting": "personal"}.get(option, option) for user_id, option in found.items()} == {
        user_id: strategy for user_id, strategy in strategies().items() if user_id in found
    }
    assert tea


def test_when_it_is_over_the_setting_chooses_again_and_nobody_counts(statements: Statements) -> None:
    kinds(3)
    member = customer(None, Purpose.RECOMMENDATIONS)
    row = running(switches={"chosen.strategy": ("popular", "tail")}, moment=clock.now())
    make_lists()
    assert strategies()[member.pk] in {"popular", "tail"}
    experiments.stop(make_staff(), row, reason="it has served its purpose")
    forget_running()
    found = queries.for_member(member)
    assert found.experiment_id == row.pk
    actions.note_met(member, found)
    assert not Exposure.objects.exists()
    with clock.travel(clock.now() + timedelta(hours=13)):
        make_lists()
        found = queries.for_member(member)
    assert (found.strategy, found.experiment_id) == ("personal", 0)
    with statements(0):
        actions.note_met(member, found)


def test_a_decision_holds_against_the_setting() -> None:
    kinds(3)
    member = customer(None, Purpose.RECOMMENDATIONS)
    staff = make_staff()
    row = running(switches={"chosen.strategy": ("setting", "tail")}, owner=staff, moment=clock.now())
    experiments.decide(staff, row, variant="tail", reason="it sold what lay there")
    forget_running()
    make_lists()
    assert strategies() == {member.pk: "tail"}


def test_agents_are_dealt_out_for_themselves_and_not_as_customers() -> None:
    kinds(3)
    shop = seller()
    running(switches={"chosen.strategy": ("tail", "fixed")}, moment=clock.now())
    make_lists()
    found = queries.for_agent(shop.owner)
    assert found is not None
    assert (found.strategy, found.experiment_id) == ("personal", 0)


@pytest.mark.parametrize("key", [actions.FOR_MEMBERS, actions.FOR_AGENTS])
def test_the_options_are_the_strategies(key: str) -> None:
    assert {option.key for option in switch(key).options} - {actions.AS_SET} == set(STRATEGIES)
    assert switch(key).default == actions.AS_SET

"""Becoming an agent: free, of age, eligible, with consent; staff suspend and bring back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from renmai.accounts.actions import Purpose
from renmai.accounts.models import ActLog, Role
from renmai.accounts.queries import has_consent
from renmai.distribution import actions
from renmai.distribution.actions import AgentApplication
from renmai.distribution.models import Agent
from renmai.distribution.policies import years_between
from renmai.distribution.queries import agent_of_user, membership
from renmai.distribution.tests import world
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent
from renmai.ledger.models import Transfer
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
APPLICATION = AgentApplication(born_on=date(1990, 5, 17), occupation="employee", real_name=" 林晓 ", has_agreed=True)


def refused(act: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value


def test_a_member_becomes_an_agent_at_once() -> None:
    member = world.user()
    agent = actions.join(member, APPLICATION)
    assert (agent.status, agent.real_name, agent.introduced_by) == ("active", "林晓", None)
    assert has_consent(member, Purpose.AGENT_AGREEMENT)
    assert agent_of_user(member.pk) == agent
    (event,) = OutboxEvent.objects.filter(name="distribution.AgentJoined")
    assert event.payload == {"agent_id": agent.pk, "user_id": member.pk}


def test_asking_again_changes_nothing() -> None:
    member = world.user()
    assert actions.join(member, APPLICATION) == actions.join(member, APPLICATION)
    assert OutboxEvent.objects.filter(name="distribution.AgentJoined").count() == 1


def test_recruiting_pays_nothing() -> None:
    introducer = world.agent()
    agent = actions.join(world.user(), replace(APPLICATION, introducer_user_id=introducer.user_id))
    assert agent.introduced_by == introducer
    assert not Transfer.objects.exists()


def test_nobody_introduces_herself_and_strangers_introduce_nobody() -> None:
    member, stranger = world.user(), world.user()
    assert actions.join(member, replace(APPLICATION, introducer_user_id=member.pk)).introduced_by is None
    assert actions.join(stranger, replace(APPLICATION, introducer_user_id=world.user().pk)).introduced_by is None


@pytest.mark.parametrize("occupation", ["student", "teacher", "medic", "civil_servant", "serviceman"])
def test_barred_occupations_are_refused_with_the_rule_and_its_source(occupation: str) -> None:
    error = refused(lambda: actions.join(world.user(), replace(APPLICATION, occupation=occupation)))
    assert (error.code, error.field) == ("policy.refused", "occupation")
    assert error.details["rule"] == "agent.occupation"
    assert "直销管理条例" in str(error.details["source"])
    assert not Agent.objects.exists()


def test_eighteen_years_old_in_china_today(moving_clock: MovingClock) -> None:
    moving_clock.travel(datetime(2026, 3, 8, 15, 59, tzinfo=UTC))
    young = replace(APPLICATION, born_on=date(2008, 3, 9))
    error = refused(lambda: actions.join(world.user(), young))
    assert (error.code, error.field, error.details["rule"]) == ("policy.refused", "born_on", "agent.age")
    moving_clock.travel(datetime(2026, 3, 8, 16, 0, tzinfo=UTC))
    assert actions.join(world.user(), young).status == "active"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"born_on": date(2090, 1, 1)}, "distribution.born_on", "born_on"),
        ({"born_on": date(1850, 1, 1)}, "distribution.born_on", "born_on"),
        ({"occupation": "astronaut"}, "distribution.occupation", "occupation"),
        ({"real_name": "林" * 41}, "distribution.real_name", "real_name"),
        ({"payout_account": "a" * 65}, "distribution.payout_account", "payout_account"),
        ({"has_agreed": False}, "distribution.consent_missing", "has_agreed"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(change: dict[str, object], code: str, field: str) -> None:
    application = replace(APPLICATION, **change)  # type: ignore[arg-type]
    error = refused(lambda: actions.join(world.user(), application))
    assert (error.code, error.field) == (code, field)
    assert not Agent.objects.exists()


def test_leap_days_count() -> None:
    assert years_between(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert years_between(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_the_account_that_is_paid_can_change() -> None:
    member = world.user()
    assert refused(lambda: actions.update_payout(member, real_name="林晓", payout_account="x")).code == "distribution.not_agent"
    actions.join(member, APPLICATION)
    assert actions.update_payout(member, real_name="林晓", payout_account=" openid-9 ").payout_account == "openid-9"
    error = refused(lambda: actions.update_payout(member, real_name="林晓", payout_account=" "))
    assert (error.code, error.field) == ("distribution.payout_account", "payout_account")


class TestStaff:
    def test_suspend_and_bring_back_are_logged(self) -> None:
        agent, boss = world.agent(), world.owner()
        actions.suspend(boss, agent.pk, reason="Buys through a second phone.", ip_address="10.1.1.1")
        assert agent_of_user(agent.user_id) is None
        assert membership(agent.user_id) == agent
        actions.reactivate(boss, agent.pk, reason="Explained.")
        assert agent_of_user(agent.user_id) == agent
        assert list(ActLog.objects.order_by("pk").values_list("act", "object_id", "detail", "ip_address")) == [
            (
                "agent.suspended",
                str(agent.pk),
                {"from": "active", "reason": "Buys through a second phone."},
                "10.1.1.1",
            ),
            ("agent.active", str(agent.pk), {"from": "suspended", "reason": "Explained."}, None),
        ]

    def test_closed_is_closed(self) -> None:
        agent, boss = world.agent(), world.owner()
        actions.close(boss, agent.pk, reason="Asked for it.")
        assert refused(lambda: actions.reactivate(boss, agent.pk, reason="x")).code == "distribution.status"
        assert refused(lambda: actions.join(agent.user, APPLICATION)).code == "distribution.closed"

    def test_a_reason_is_needed(self) -> None:
        agent = world.agent()
        assert refused(lambda: actions.suspend(world.owner(), agent.pk, reason=" ")).field == "reason"

    @pytest.mark.parametrize("role", [Role.MERCHANDISER, Role.FULFILMENT, Role.FINANCE, Role.ANALYST, Role.AUDITOR, None])
    def test_others_may_not(self, role: str | None) -> None:
        agent = world.agent()
        other = world.staff(role) if role else world.user()
        assert refused(lambda: actions.suspend(other, agent.pk, reason="x")).code == "request.forbidden"
        agent.refresh_from_db()
        assert agent.status == "active"

    def test_nobody_is_not_found(self) -> None:
        assert refused(lambda: actions.suspend(world.owner(), 999, reason="x")).code == "request.not_found"

"""The alarm on real rows: lines, incomes, money; and the alerts it opens and closes."""

from collections.abc import Callable

import pytest
from django.utils import translation

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import Statements
from renmai.distribution import actions as distribution
from renmai.distribution.models import Agent, Commission, LeaderTerm
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.fraud import audit
from renmai.fraud.pyramid import Code, Level, agent_told, figures_told, pyramid_report, watch
from renmai.fraud.pyramid.findings import FIGURES, LEVELS, SOURCES, WORDS
from renmai.kernel import clock, ids
from renmai.kernel.models import Alert
from renmai.ledger import chart
from renmai.ledger.actions import TransferRequest, post
from renmai.payments.models import Payout
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def grow(root: Agent, shape: list[int]) -> list[Agent]:
    """Agents below ``root``, so many on each level, all introduced by the first of the level above."""
    everyone, above = [], root
    for count in shape:
        level = [world.agent(introduced_by=above) for _each in range(count)]
        everyone += level
        above = level[0]
    return everyone


def codes() -> set[Code]:
    return {each.code for each in pyramid_report().findings}


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ([18], set()),
        ([19], {Code.NEAR}),
        ([1, 17], set()),
        ([10, 18], {Code.NEAR}),
        ([10, 19], {Code.LINE}),
        ([28], {Code.NEAR}),
        ([40], {Code.NEAR}),
    ],
)
def test_the_criminal_line_is_thirty_people_on_three_levels(shape: list[int], expected: set[Code]) -> None:
    grow(world.agent(), shape)
    assert codes() == expected


def test_the_line_names_its_organiser_with_figures() -> None:
    root = world.agent()
    grow(root, [10, 19])
    grow(world.agent(), [3])
    (found,) = pyramid_report().findings
    assert (found.code, found.level, found.agent_id, found.subject) == (Code.LINE, Level.ALARM, root.pk, f"agent {root.pk}")
    assert {figure.name: figure.value for figure in found.figures} == {"people": 30, "levels": 3}
    assert found.evidence[0] == f"agent {root.pk}"
    report = pyramid_report()
    assert (report.agents, report.largest_line, report.deepest_levels) == (34, 30, 3)


def test_closed_agents_were_recruited_too() -> None:
    root = world.agent()
    grow(root, [10, 19])
    Agent.objects.exclude(pk=root.pk).update(status=Agent.Status.CLOSED)
    assert codes() == {Code.LINE}


def test_a_team_that_somebody_leads_is_a_level_below_her() -> None:
    """A side layer counts: twenty-eight introduced by one and led by another, who was introduced herself."""
    root = world.agent()
    (leader,) = grow(root, [1])
    for agent in grow(world.agent(), [28]):
        LeaderTerm.objects.create(agent=agent, leader=leader)
    assert {(each.code, each.agent_id) for each in pyramid_report().findings} >= {(Code.LINE, root.pk)}
    LeaderTerm.objects.update(until=clock.now())
    assert codes() == {Code.NEAR}


def test_a_chain_grows_like_a_tower() -> None:
    grow(world.agent(), [1] * 9)
    (found,) = pyramid_report().findings
    assert found.code is Code.TOWER
    assert found.level is Level.WARNING
    assert {figure.name: figure.value for figure in found.figures} == {"people": 10, "mean_depth": 500, "top_share": 3333}


def test_an_empty_house_has_no_findings() -> None:
    report = pyramid_report()
    assert (report.agents, report.deepest_levels, report.largest_line, report.findings) == (0, 0, 0, ())
    assert report.origin.is_all_from_goods


def earn(seller: Agent, *, own: int, second: int = 0) -> None:
    """Sell so that the seller earns ``own`` fen and whoever introduced her ``second``."""
    world.sale(seller, Goods(price_fen=100_000, basis_points=own // 10, second_basis_points=second // 10)).pay()


def test_living_on_the_sales_of_others_is_found_for_a_person_and_a_team(moving_clock: MovingClock) -> None:
    upper = world.agent()
    lower = world.agent(introduced_by=upper)
    earn(lower, own=5000, second=12_000)
    earn(upper, own=6000)
    report = pyramid_report()
    assert [(each.code, each.agent_id) for each in report.findings] == [(Code.UPLINE, upper.pk), (Code.TEAM, upper.pk)]
    upline, team = report.findings
    assert {figure.name: figure.value for figure in upline.figures} == {"own_fen": 6000, "others_fen": 12_000}
    assert {figure.name: figure.value for figure in team.figures} == {"people": 2, "own_fen": 11_000, "others_fen": 12_000}
    assert team.evidence == (f"agent {upper.pk}",)
    assert (report.own_fen, report.others_fen) == (11_000, 12_000)
    earn(upper, own=6000)
    assert codes() == set()


def test_pocket_money_and_what_was_taken_back_raise_nothing(moving_clock: MovingClock) -> None:
    upper = world.agent()
    lower = world.agent(introduced_by=upper)
    sale = world.sale(lower, Goods(price_fen=100_000, basis_points=10, second_basis_points=1100)).pay()
    assert codes() == {Code.UPLINE, Code.TEAM}
    sale.refund()
    assert Commission.objects.filter(depth=2, reversed_fen=11_000).exists()
    assert codes() == set()
    earn(lower, own=10, second=9990)
    assert codes() == set()


def paid_out(agent: Agent, amount_fen: int) -> str:
    """A withdrawal through both approvals and the provider; its number."""
    withdrawal = distribution.request_withdrawal(agent.user, amount_fen=amount_fen, idempotency_key=ids.token())
    distribution.review_withdrawal(world.staff(Role.FINANCE), withdrawal.pk)
    distribution.approve_withdrawal(world.owner(), withdrawal.pk)
    Payout.objects.filter(reference=withdrawal.number).update(status=Payout.Status.SUCCEEDED)
    distribution.finish_withdrawal(withdrawal.number, succeeded=True, provider="sandbox")
    return withdrawal.number


def test_money_from_kept_sales_is_traced_to_the_last_fen(moving_clock: MovingClock) -> None:
    agent = world.agent()
    world.kept(agent, Goods(price_fen=50_000))
    world.kept(agent, Goods(price_fen=30_000))
    paid_out(agent, 7000)
    moving_clock.advance(minutes=6)
    report = pyramid_report()
    assert (report.origin.paid_fen, report.origin.traced_fen, report.origin.foreign_fen) == (7000, 7000, 0)
    assert report.findings == ()


def test_a_payout_of_a_sale_that_was_never_kept_is_found(moving_clock: MovingClock) -> None:
    agent = world.agent()
    sale = world.kept(agent, Goods(price_fen=50_000))
    number = paid_out(agent, 5000)
    moving_clock.advance(minutes=6)
    type(sale.order).objects.filter(pk=sale.order.pk).update(settled_at=None)
    (found,) = pyramid_report().findings
    assert (found.code, found.agent_id, found.subject) == (Code.MONEY, None, "")
    assert {figure.name: figure.value for figure in found.figures} == {"paid_fen": 5000, "traced_fen": 0, "foreign_fen": 0}
    assert found.evidence == (number,)


def _gift(agent: Agent) -> None:
    """A reward for recruiting, from the house."""
    _transfer(chart.revenue(), chart.agent_available(agent.pk), reference="welcome")


def _invented(agent: Agent) -> None:
    """Commission on an order that does not exist."""
    _transfer(chart.commission_expense(), chart.agent_available(agent.pk), reference="no such order")


def _unpaid(agent: Agent) -> None:
    """Commission on an order nobody paid."""
    order = world.sale(agent).order
    _transfer(chart.commission_expense(), chart.agent_available(agent.pk), reference=order.number)


def _transfer(debit: chart.AccountCode, credit: chart.AccountCode, *, reference: str) -> None:
    wanted = TransferRequest(
        id=ids.new_uuid(), debit=debit, credit=credit, amount_fen=8800, currency="CNY", reason="test", reference=reference
    )
    post([wanted])


@pytest.mark.parametrize("pay", [_gift, _invented, _unpaid])
def test_money_in_a_wallet_that_no_sale_of_goods_explains_is_found(
    pay: Callable[[Agent], None], moving_clock: MovingClock
) -> None:
    agent = world.agent()
    world.kept(agent)
    pay(agent)
    assert codes() == set()
    moving_clock.advance(minutes=6)
    (found,) = pyramid_report().findings
    assert found.code is Code.MONEY
    assert {figure.name: figure.value for figure in found.figures} == {"paid_fen": 0, "traced_fen": 0, "foreign_fen": 8800}
    assert len(found.evidence) == 1


def test_money_leaving_a_wallet_past_the_withdrawals_is_found(moving_clock: MovingClock) -> None:
    agent = world.agent()
    world.kept(agent, Goods(price_fen=100_000))
    _transfer(chart.agent_available(agent.pk), chart.provider("sandbox"), reference="by hand")
    moving_clock.advance(minutes=6)
    (found,) = pyramid_report().findings
    assert {figure.name: figure.value for figure in found.figures} == {"paid_fen": 8800, "traced_fen": 0, "foreign_fen": 0}
    assert found.evidence == ("by hand",)


def test_the_watch_opens_alerts_once_and_closes_them_when_the_cause_is_gone() -> None:
    root = world.agent()
    grow(root, [10, 19])
    assert watch(200) == 1
    assert watch(200) == 0
    alert = Alert.objects.get()
    assert (alert.code, alert.subject, alert.detail) == ("pyramid.line", f"agent {root.pk}", "people 30, levels 3")
    Agent.objects.filter(introduced_by=root).update(introduced_by=None)
    # What is left is one line of twenty people under somebody else, which is near the line.
    assert watch(200) == 2
    alert.refresh_from_db()
    assert alert.resolved_at is not None
    assert Alert.objects.get(resolved_at__isnull=True).code == "pyramid.near"


def test_the_report_costs_the_same_for_many_agents(statements: Statements) -> None:
    world.agent()
    with statements(9):
        pyramid_report()
    grow(world.agent(), [10, 19, 5])
    with statements(9):
        pyramid_report()


def test_every_finding_has_its_words_in_both_languages() -> None:
    assert set(LEVELS) == set(WORDS) == set(SOURCES) == set(Code)
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said = [str(text) for text in (*WORDS.values(), *SOURCES.values(), *(title for title, _unit in FIGURES.values()))]
        assert len(set(said)) == len(said) - 1, "two findings share one article of the law and nothing else is said twice"
        assert any("\u4e00" <= char <= "\u9fff" for char in "".join(said)) == (language == "zh-hans")


def test_introductions_in_a_circle_are_a_violation() -> None:
    one = world.agent()
    other = world.agent(introduced_by=one)
    assert list(audit.violations()) == []
    Agent.objects.filter(pk=one.pk).update(introduced_by=other)
    assert [violation.subject for violation in audit.violations()] == [f"agent {one.pk}", f"agent {other.pk}"]


def test_an_alert_s_line_is_read_as_it_was_told() -> None:
    root = world.agent()
    grow(root, [1, 29])
    (found,) = [each for each in pyramid_report().findings if each.code is Code.LINE]
    assert figures_told(found.told) == found.figures
    assert {figure.name: figure.value for figure in figures_told(found.told)} == {"people": 31, "levels": 3}
    assert agent_told(found.subject) == root.pk


@pytest.mark.parametrize("told", ["", "people", "people many", "people 31, hats 4", "people -1", "people 31 levels 3"])
def test_what_is_no_line_of_figures_is_not_read_as_one(told: str) -> None:
    assert figures_told(told) == ()


@pytest.mark.parametrize("subject", ["", "agent", "agent x", "user 3"])
def test_a_subject_that_names_no_agent_names_none(subject: str) -> None:
    assert agent_told(subject) is None

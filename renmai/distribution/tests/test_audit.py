"""The audit finds what somebody spoiled behind the actions' back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db.models import F

from renmai.distribution import actions
from renmai.distribution.audit import violations
from renmai.distribution.models import Agent, Commission, CommissionEntry, TaxYear, Withdrawal, WithdrawalPart
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.kernel import clock
from renmai.ordering.models import Order, OrderLine
from renmai.payments.models import Payout
from tools.testing.moving_clock import START, MovingClock

pytestmark = pytest.mark.django_db
YEAR = START.year


@pytest.fixture(autouse=True)
def agent(moving_clock: MovingClock) -> Agent:
    """One agent with something in every account."""
    del moving_clock
    earner = world.agent()
    sale = world.kept(earner, Goods(price_fen=50_000, quantity=2))
    withdrawal = actions.request_withdrawal(earner.user, amount_fen=6_000, idempotency_key="k")
    sale.refund()
    world.sale(earner).pay()
    actions.review_withdrawal(world.owner(), withdrawal.pk)
    actions.approve_withdrawal(world.owner(), withdrawal.pk)
    world.kept(earner, Goods(price_fen=5_000))
    assert list(violations()) == []
    return earner


def found() -> set[str]:
    return {f"{violation.invariant}: {violation.detail}" for violation in violations()}


SPOILT: list[tuple[str, Callable[[], object]]] = [
    ("6: pays 3001 basis points, over the cap", lambda: Commission.objects.update(basis_points=3001)),
    ("6: amount is not base × rate of its line", lambda: Commission.objects.update(basis_points=F("basis_points") + 1)),
    ("6: amount is not base × rate of its line", lambda: Commission.objects.update(base_fen=F("base_fen") + 1)),
    ("6: promised on an order that was never paid", lambda: Order.objects.update(paid_at=None)),
    (
        "6: thawed before the after-sales window closed",
        lambda: Commission.objects.update(thaw_at=F("thaw_at") + timedelta(seconds=1)),
    ),
    ("6: void, but not wholly reversed", lambda: Commission.objects.update(status="void")),
    (
        "6: its statement does not add up to amount_fen",
        lambda: CommissionEntry.objects.filter(kind="created").update(amount_fen=F("amount_fen") + 1),
    ),
    (
        "6: its statement does not add up to reversed_fen",
        lambda: CommissionEntry.objects.filter(kind="clawed_back").update(amount_fen=1),
    ),
    (
        "6: its statement does not add up to owed_fen",
        lambda: CommissionEntry.objects.filter(kind="debt").update(kind="clawed_back"),
    ),
    (
        "6: its statement does not add up to repaid_fen",
        lambda: CommissionEntry.objects.filter(kind="repaid").delete(),
    ),
    ("6: withdrawn differs from the parts of withdrawals", lambda: WithdrawalPart.objects.update(amount_fen=5_999)),
    ("6: is not the sum of its parts", lambda: Withdrawal.objects.update(amount_fen=6_001)),
    ("6: approved without two people", lambda: Withdrawal.objects.update(reviewed_by=None)),
    (
        f"6: {YEAR}: income and tax (5999, 0), the withdrawals approved say (6000, 0)",
        lambda: TaxYear.objects.update(income_fen=5_999),
    ),
    (f"6: {YEAR}: income and tax (0, 0), the withdrawals approved say (6000, 0)", lambda: TaxYear.objects.update(year=YEAR - 1)),
    (f"6: {YEAR}: income and tax (0, 0), the withdrawals approved say (6000, 0)", lambda: TaxYear.objects.all().delete()),
    (
        "6: decided by the agent herself",
        lambda: Withdrawal.objects.update(reviewed_by=Agent.objects.values("user")[:1]),
    ),
    ("6: its payout has another amount or payee, or there is none", lambda: Withdrawal.objects.update(payee="somebody else")),
    (
        "6: its payout has another amount or payee, or there is none",
        lambda: Payout.objects.update(amount_fen=F("amount_fen") + 1),
    ),
    ("6: its payout has another amount or payee, or there is none", lambda: Payout.objects.update(reference="W-OTHER")),
    ("6: was paid without an approved withdrawal", lambda: Payout.objects.update(status="succeeded", reference="W-OTHER")),
    (
        "6: counts as paid although the provider refused",
        lambda: (Payout.objects.update(status="failed"), Withdrawal.objects.update(status="paid")),
    ),
    ("6: earned by somebody the order was not given to", lambda: Order.objects.update(agent_id=world.agent().pk)),
    ("6: earned by somebody the order was not given to", lambda: Order.objects.update(agent_id=None)),
    ("6: earned by somebody who did not introduce the agent", lambda: Commission.objects.update(depth=2)),
    ("6: not the rate frozen on its line", lambda: OrderLine.objects.update(commission_basis_points=999)),
    (
        "6: thawed before the after-sales window closed",
        lambda: Order.objects.update(settle_after=clock.now() + timedelta(days=1)),
    ),
    ("6: says 1, the ledger 6000", lambda: CommissionEntry.objects.filter(kind="withdrawn").update(amount_fen=1)),
    ("6: says 6000, the ledger None", lambda: CommissionEntry.objects.filter(kind="withdrawn").update(cause="another")),
]


@pytest.mark.parametrize(("detail", "spoil"), SPOILT, ids=[detail for detail, _ in SPOILT])
def test_it_sees(detail: str, spoil: Callable[[], object]) -> None:
    spoil()
    assert detail in found()


def test_it_sees_an_own_purchase(agent: Agent) -> None:
    Order.objects.update(buyer=agent.user)
    assert "6: earned on the agent's own purchase" in found()


def test_it_sees_each_account_that_differs_from_the_commissions(agent: Agent) -> None:
    Commission.objects.filter(status="created").update(amount_fen=999)
    assert f"[6] account agent:{agent.pk}:frozen: holds 1000 CNY, its commissions say 999" in map(str, violations())
    Commission.objects.filter(thawed_at__isnull=False, owed_fen=0).update(repaid_fen=0)
    told = list(map(str, violations()))
    assert f"[6] account agent:{agent.pk}:available: holds 0 CNY, its commissions say 500" in told
    assert f"[6] account agent:{agent.pk}:debt: holds 500 CNY, its commissions say 1000" in told
    Withdrawal.objects.update(status="paid")
    assert f"[6] account agent:{agent.pk}:withdrawing: holds 6000 CNY, its commissions say 0" in map(str, violations())


def test_it_costs_a_fixed_number_of_statements(statements: Callable[[int], AbstractContextManager[None]], agent: Agent) -> None:
    for _ in range(10):
        world.kept(world.agent())
        world.kept(agent)
    with statements(41):
        assert list(violations()) == []

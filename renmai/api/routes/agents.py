"""Agents: joining, income, customers, withdrawals."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Paged, cut, listed, whole
from renmai.api.callers import PERSON, person
from renmai.api.keys import key_of
from renmai.api.parsing import Fen, Id, PageNumber, Plain
from renmai.api.schemas.earning import (
    AgentOut,
    ApplicationIn,
    CommissionOut,
    EntryOut,
    FullWithdrawalOut,
    IncomeOut,
    JoinedOut,
    PayoutIn,
    ReasonOut,
    TaxOut,
    WithdrawalOut,
    WithdrawIn,
    WorkbenchOut,
    full_withdrawal,
)
from renmai.api.schemas.goods import LabelOut, labels
from renmai.api.schemas.shops import CustomerOut, RelationOut, ShopDayOut
from renmai.api.seats import EARNER, SELLER, earner, seat
from renmai.distribution import actions, queries
from renmai.distribution.models import Agent
from renmai.insight import queries as insight
from renmai.journeys import joining
from renmai.policy.rules import Occupation
from renmai.sharing import queries as sharing
from renmai.sharing.actions import ShopInput

router = Router(tags=["Agent"], auth=EARNER)
CUSTOMERS_PER_PAGE = 20


@router.get("/agent/occupations", response=Paged[LabelOut], auth=PERSON)
def list_occupations(request: HttpRequest) -> Listed[Any]:
    """What one can be. Some occupations may not sell in this way: the application says so, with the rule and its source."""
    return whole(labels(Occupation.choices))


@router.post("/agent", response={201: JoinedOut}, auth=PERSON)
def become_agent(request: HttpRequest, given: ApplicationIn) -> joining.Joined:
    """Become an agent and open a shop, in one step and without a fee. Doing it again answers with what is there."""
    introducer = sharing.shop_by_code(given.introduced_by_shop) if given.introduced_by_shop else None
    application = actions.AgentApplication(
        born_on=given.born_on,
        occupation=given.occupation,
        real_name=given.real_name,
        has_agreed=given.has_agreed,
        payout_account=given.payout_account,
        introducer_user_id=introducer.owner_id if introducer else None,
    )
    shop = ShopInput(given.shop_name, given.shop_voice, product_ids=tuple(given.product_ids))
    return joining.join(person(request), application, shop)


@router.get("/agent", response=WorkbenchOut)
def get_workbench(request: HttpRequest) -> dict[str, object]:
    """One's own shop and income at a glance."""
    shop = sharing.shop_of(person(request))
    return {
        "agent": earner(request),
        "shop": shop,
        "income": queries.income(earner(request).pk),
        "customers": sharing.customer_count(shop) if shop else 0,
        "links": sharing.share_count(shop) if shop else 0,
    }


@router.put("/agent/payout", response=AgentOut)
def change_payout(request: HttpRequest, given: PayoutIn) -> Agent:
    """Say who and which account is paid. Withdrawals already asked for keep theirs."""
    return actions.update_payout(person(request), real_name=given.real_name, payout_account=given.payout_account)


@router.get("/agent/days", response=Paged[ShopDayOut], auth=SELLER)
def list_shop_days(request: HttpRequest, *, days: Annotated[int, Field(ge=1, le=92)] = 7) -> Listed[Any]:
    """What happened in one's shop day by day. China time, oldest first."""
    here = seat(request)
    return whole(insight.shop_days(here.shop.pk, here.agent.pk, insight.last_days(days)))


@router.get("/agent/customers", response=Paged[CustomerOut], auth=SELLER)
def list_customers(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """The customers bound to one's shop: how long still, and how long protected. Newest first."""
    return cut(sharing.bound_customers(seat(request).shop, page=page), page=page, size=CUSTOMERS_PER_PAGE)


@router.get("/agent/customers/{customer_id}", response=RelationOut, auth=SELLER)
def get_customer(request: HttpRequest, customer_id: Id) -> dict[str, object]:
    """One customer of one's shop, present or past: how long she stays, what she bought here, and why she is bound."""
    shop = seat(request).shop
    binding = sharing.access_relation(shop, customer_id)
    log = sharing.binding_log(customer_id=customer_id, shop_id=shop.pk)
    return {"customer": sharing.relation_figures(binding), "log": log}


@router.get("/agent/income", response=IncomeOut)
def get_income(request: HttpRequest) -> queries.IncomeSummary:
    """One's income by how far it is from one's hand."""
    return queries.income(earner(request).pk)


@router.get("/agent/statement", response=Paged[EntryOut])
def list_statement(
    request: HttpRequest, *, kind: Annotated[Plain, Field(max_length=20)] = "", page: PageNumber = 1
) -> Listed[Any]:
    """One's statement, of one kind or all. Newest first; every line opens its reason."""
    return listed(queries.statement(earner(request).pk, kind=kind or None, page=page))


@router.get("/agent/statement/{entry_id}", response=ReasonOut)
def get_statement_reason(request: HttpRequest, entry_id: Id) -> queries.EntryReason:
    """Why a line of the statement is there: the order, the rate, the base, and all that happened to it."""
    return queries.entry_reason(person(request), entry_id)


@router.get("/agent/commissions", response=Paged[CommissionOut])
def list_commissions(
    request: HttpRequest, *, status: Annotated[Plain, Field(max_length=20)] = "", page: PageNumber = 1
) -> Listed[Any]:
    """One's commissions line by line. Newest first."""
    return listed(queries.commissions(earner(request).pk, status=status or None, page=page))


@router.get("/agent/tax", response=TaxOut)
def preview_tax(request: HttpRequest, *, amount_fen: Fen) -> queries.TaxPreview:
    """What tax a payment would cost now, and the figures it follows from."""
    return queries.tax_preview(earner(request).pk, amount_fen)


@router.get("/agent/withdrawals", response=Paged[WithdrawalOut])
def list_withdrawals(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """One's withdrawals. Newest first."""
    return listed(queries.withdrawals_of(earner(request).pk, page=page))


@router.post("/agent/withdrawals", response={201: FullWithdrawalOut})
def request_withdrawal(request: HttpRequest, given: WithdrawIn) -> FullWithdrawalOut:
    """Take out what is available. Needs an Idempotency-Key; two people of the staff approve it, tax is withheld."""
    row = actions.request_withdrawal(person(request), amount_fen=given.amount_fen, idempotency_key=key_of(request))
    return full_withdrawal(queries.access_withdrawal(person(request), row.pk))


@router.get("/agent/withdrawals/{withdrawal_id}", response=FullWithdrawalOut)
def get_withdrawal(request: HttpRequest, withdrawal_id: Id) -> FullWithdrawalOut:
    """One withdrawal: from which commissions it comes, and who decided."""
    return full_withdrawal(queries.access_withdrawal(person(request), withdrawal_id))

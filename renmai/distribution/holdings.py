"""What this room holds of people: agents with what they earned, took out, and paid in tax."""

from datetime import date
from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.distribution.models import Agent, Commission, CommissionEntry, LeaderTerm, TaxYear, Withdrawal

UNKNOWN_BIRTHDAY: Final = date(1900, 1, 1)
OWN: Final = "agent__user"

HOLDINGS: Final = (
    Holding(
        model=Agent,
        person="user",
        topic=Topic.INCOME,
        stays=Why.LAW,
        put_out={
            "status": Agent.Status.CLOSED,
            "born_on": UNKNOWN_BIRTHDAY,
            "occupation": "",
            "real_name": "",
            "payout_account": "",
        },
        copied=("status", "born_on", "occupation", "real_name", "payout_account", "joined_at"),
    ),
    Holding(
        model=LeaderTerm, person=OWN, topic=Topic.SHOP, stays=Why.OTHERS, copied=("leader__user__display_name", "since", "until")
    ),
    Holding(model=LeaderTerm, person="leader__user", topic=Topic.SHOP, stays=Why.OTHERS, uncopied=Uncopied.OTHERS),
    Holding(
        model=Commission,
        person=OWN,
        topic=Topic.INCOME,
        stays=Why.LAW,
        copied=(
            "order_line__order__number",
            "depth",
            "basis_points",
            "base_fen",
            "amount_fen",
            "reversed_fen",
            "status",
            "created_at",
        ),
    ),
    Holding(model=CommissionEntry, person=OWN, topic=Topic.INCOME, stays=Why.LAW, copied=("kind", "amount_fen", "cause", "at")),
    Holding(
        model=Withdrawal,
        person=OWN,
        topic=Topic.INCOME,
        stays=Why.LAW,
        put_out={"payee": ""},
        copied=("number", "amount_fen", "tax_fen", "status", "payee", "reason", "requested_at", "finished_at"),
    ),
    Holding(model=TaxYear, person=OWN, topic=Topic.INCOME, stays=Why.LAW, copied=("year", "income_fen", "withheld_fen")),
)

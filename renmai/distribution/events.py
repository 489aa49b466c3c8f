"""Facts about agents and their income."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class AgentJoined(Event):
    """A member became an agent."""

    agent_id: int
    user_id: int


@dataclass(frozen=True)
class CommissionCreated(Event):
    """A paid line promises a commission."""

    commission_id: int
    agent_user_id: int
    amount_fen: int


@dataclass(frozen=True)
class CommissionThawed(Event):
    """A kept sale's commission can be withdrawn."""

    commission_id: int
    agent_user_id: int
    amount_fen: int


@dataclass(frozen=True)
class CommissionReversed(Event):
    """A refund took ``amount_fen`` back, ``debt_fen`` of it used already; ``reversed_fen`` is what was taken back so far in all."""

    commission_id: int
    agent_user_id: int
    amount_fen: int
    debt_fen: int
    reversed_fen: int


@dataclass(frozen=True)
class WithdrawalDecided(Event):
    """A withdrawal was approved, rejected, paid or failed."""

    withdrawal_id: int
    agent_user_id: int
    status: str

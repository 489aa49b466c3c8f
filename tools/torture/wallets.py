"""Agents' money in the model: promised, thawed, withdrawn, taken back, owed, taxed. See ``model.py``.

The history is each agent's statement without its amounts. What one act must write into it is predicted line by line, and compared
with what stands there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tools.torture.model import CHINA, OPEN, Broken, Line, Order, Shop, must, of_lot

ALLOWANCE_FEN_A_MONTH = 500_000
EXPENSES_PERCENT = 20
BANDS = ((3_600_000, 3), (14_400_000, 10), (30_000_000, 20), (42_000_000, 25), (66_000_000, 30), (96_000_000, 35), (0, 45))
"""Up to so much taxable income of a year the part above the band before costs so many per cent; the last band has no end."""


@dataclass(frozen=True)
class Entry:
    """One line of a statement. ``upto``: how many pieces of the line were refunded when it was written."""

    agent: int
    kind: str
    amount_fen: int
    at: datetime
    commission: int = 0
    withdrawal: int = 0
    upto: int = 0


@dataclass(frozen=True)
class Expected:
    """What a line of a statement must say."""

    kind: str
    amount_fen: int
    commission: int = 0


@dataclass
class Promise:
    """A commission."""

    number: int
    agent: int
    order: int
    line: int
    amount_fen: int
    reversed_fen: int = 0
    owed_fen: int = 0
    withdrawn_fen: int = 0
    repaid_fen: int = 0
    is_frozen: bool = False
    thawed_at: datetime | None = None

    @property
    def left_fen(self) -> int:
        """What of it lies in her wallet."""
        if self.thawed_at is None:
            return 0
        return self.amount_fen - self.reversed_fen + self.owed_fen - self.withdrawn_fen - self.repaid_fen

    @property
    def status(self) -> str:
        """How far it got."""
        if self.reversed_fen == self.amount_fen:
            return "void"
        if self.thawed_at is None:
            return "frozen" if self.is_frozen else "created"
        return "available" if self.left_fen else "withdrawn"


@dataclass
class Asked:
    """A withdrawal."""

    agent: int
    amount_fen: int
    parts: dict[int, int]
    status: str = "requested"
    tax_fen: int = 0
    year: int = 0


@dataclass
class Year:
    """An agent's year before the tax office."""

    income_fen: int = 0
    withheld_fen: int = 0


@dataclass
class Wallet:
    """What is whose: promised, hers, on its way out, owed."""

    frozen_fen: int = 0
    available_fen: int = 0
    withdrawing_fen: int = 0
    debt_fen: int = 0
    years: dict[int, Year] = field(default_factory=dict)


class Wallets:
    """All agents. ``sources`` says of each commission which order and line it is for; ``asked_for`` what each withdrawal asked."""

    def __init__(self, shop: Shop, joined: Mapping[int, date]) -> None:
        self.shop = shop
        self.joined = joined
        self.sources: dict[int, tuple[int, int]] = {}
        self.asked_for: dict[int, int] = {}
        self.wallets = {agent: Wallet() for agent in joined}
        self.promises: dict[int, Promise] = {}
        self.promised: set[int] = set()
        self.asked: dict[int, Asked] = {}
        self.commission_expense_fen = 0
        self.paid_out_fen = 0
        self.tax_fen = 0

    def follow(self, entries: Sequence[Entry]) -> None:
        """Take in lines of statements, in the order in which each agent's were written."""
        by_agent: dict[int, list[Entry]] = {}
        for entry in entries:
            by_agent.setdefault(entry.agent, []).append(entry)
        for agent, lines in by_agent.items():
            waiting = list(reversed(lines))
            while waiting:
                first = waiting[-1]
                for expected in self._predict(first):
                    must(bool(waiting), f"agent {agent}: {expected} is missing after {first}")
                    found = waiting.pop()
                    said = Expected(found.kind, found.amount_fen, found.commission)
                    must(said == expected, f"agent {agent}: the statement says {said}, the model {expected}")

    def review(self, withdrawal: int) -> None:
        """The first of two people agreed."""
        self._turn(withdrawal, "reviewed", frm={"requested"})

    def approve(self, withdrawal: int, *, at: datetime) -> None:
        """The second person agreed: the tax of the year so far is withheld."""
        self._turn(withdrawal, "approved", frm={"reviewed"})
        asked = self.asked[withdrawal]
        today = at.astimezone(CHINA).date()
        year = self.wallets[asked.agent].years.setdefault(today.year, Year())
        year.income_fen += asked.amount_fen
        asked.year = today.year
        asked.tax_fen = max(0, tax_to_date(year.income_fen, self._months(asked.agent, today)) - year.withheld_fen)
        year.withheld_fen += asked.tax_fen

    def _months(self, agent: int, today: date) -> int:
        joined = self.joined[agent]
        return today.month - (joined.month if joined.year == today.year else 1) + 1

    def _predict(self, first: Entry) -> Iterator[Expected]:
        acts = {
            "created": self._created,
            "frozen": self._frozen,
            "thawed": self._thawed,
            "voided": self._reversed,
            "clawed_back": self._reversed,
            "debt": self._reversed,
            "withdrawn": self._withdrawn,
            "returned": self._returned,
            "paid": self._paid,
        }
        if first.kind not in acts:
            raise Broken(f"agent {first.agent}: nothing explains {first}")
        return acts[first.kind](first)

    def _created(self, first: Entry) -> Iterator[Expected]:
        order_id, line_id = self.sources[first.commission]
        order, line = self._order(order_id, line_id)
        must(order.agent == first.agent and order.status != "placed", f"commission {first.commission}: not hers")
        must(line_id not in self.promised, f"commission {first.commission}: its line earns twice")
        self.promised.add(line_id)
        amount = line.amount_fen * line.basis_points // 10_000
        self.promises[first.commission] = Promise(first.commission, first.agent, order_id, line_id, amount)
        self.wallets[first.agent].frozen_fen += amount
        self.commission_expense_fen += amount
        yield Expected("created", amount, first.commission)

    def _frozen(self, first: Entry) -> Iterator[Expected]:
        promise = self.promises[first.commission]
        must(self.shop.orders[promise.order].window_ends is not None, f"commission {first.commission}: frozen before receipt")
        promise.is_frozen = True
        yield Expected("frozen", promise.amount_fen - promise.reversed_fen, first.commission)

    def _thawed(self, first: Entry) -> Iterator[Expected]:
        promise = self.promises[first.commission]
        order = self.shop.orders[promise.order]
        in_time = order.settled and order.window_ends is not None and first.at >= order.window_ends
        must(in_time, f"commission {first.commission} thawed before the sale was kept")
        must(not disputed(order, promise.line), f"commission {first.commission} thawed while its line is in dispute")
        wallet = self.wallets[first.agent]
        left = promise.amount_fen - promise.reversed_fen
        promise.thawed_at = first.at
        wallet.frozen_fen -= left
        wallet.available_fen += left
        yield Expected("thawed", left, first.commission)
        yield from self._repay(first.agent)

    def _reversed(self, first: Entry) -> Iterator[Expected]:
        promise = self.promises[first.commission]
        _order, line = self._order(promise.order, promise.line)
        must(first.upto <= line.refunded, f"commission {first.commission}: taken back for {first.upto} of {line.refunded} pieces")
        due = of_lot(promise.amount_fen, line.quantity, first.upto) - promise.reversed_fen
        wallet = self.wallets[first.agent]
        self.commission_expense_fen -= due
        if promise.thawed_at is None:
            promise.reversed_fen += due
            wallet.frozen_fen -= due
            yield Expected("voided", due, first.commission)
            return
        taken = min(due, promise.left_fen)
        promise.reversed_fen += due
        promise.owed_fen += due - taken
        wallet.available_fen -= taken
        wallet.debt_fen += due - taken
        if taken:
            yield Expected("clawed_back", taken, first.commission)
        if due > taken:
            yield Expected("debt", due - taken, first.commission)
            yield from self._repay(first.agent)

    def _withdrawn(self, first: Entry) -> Iterator[Expected]:
        amount = self.asked_for[first.withdrawal]
        wallet = self.wallets[first.agent]
        must(amount <= wallet.available_fen, f"withdrawal {first.withdrawal}: more than she has")
        parts = {}
        for promise, part in self._oldest(first.agent, amount):
            promise.withdrawn_fen += part
            parts[promise.number] = part
        wallet.available_fen -= amount
        wallet.withdrawing_fen += amount
        self.asked[first.withdrawal] = Asked(first.agent, amount, parts)
        yield Expected("withdrawn", amount)

    def _returned(self, first: Entry) -> Iterator[Expected]:
        asked = self.asked[first.withdrawal]
        if asked.status == "approved":
            year = self.wallets[asked.agent].years[asked.year]
            year.income_fen -= asked.amount_fen
            year.withheld_fen -= asked.tax_fen
        new = "failed" if asked.status == "approved" else "rejected"
        self._turn(first.withdrawal, new, frm={"requested", "reviewed", "approved"})
        for number, part in asked.parts.items():
            self.promises[number].withdrawn_fen -= part
        wallet = self.wallets[first.agent]
        wallet.withdrawing_fen -= asked.amount_fen
        wallet.available_fen += asked.amount_fen
        yield Expected("returned", asked.amount_fen)
        yield from self._repay(first.agent)

    def _paid(self, first: Entry) -> Iterator[Expected]:
        self._turn(first.withdrawal, "paid", frm={"approved"})
        asked = self.asked[first.withdrawal]
        net = asked.amount_fen - asked.tax_fen
        self.wallets[first.agent].withdrawing_fen -= asked.amount_fen
        self.paid_out_fen += net
        self.tax_fen += asked.tax_fen
        yield Expected("paid", net)
        if asked.tax_fen:
            yield Expected("tax", asked.tax_fen)

    def _repay(self, agent: int) -> Iterator[Expected]:
        wallet = self.wallets[agent]
        for promise, part in self._oldest(agent, min(wallet.debt_fen, wallet.available_fen)):
            promise.repaid_fen += part
            wallet.available_fen -= part
            wallet.debt_fen -= part
            yield Expected("repaid", part, promise.number)

    def _oldest(self, agent: int, amount: int) -> list[tuple[Promise, int]]:
        hers = [one for one in self.promises.values() if one.agent == agent and one.thawed_at is not None and one.left_fen]
        parts = []
        for promise in sorted(hers, key=lambda one: (one.thawed_at, one.number)):
            if amount:
                part = min(amount, promise.left_fen)
                parts.append((promise, part))
                amount -= part
        must(amount == 0, f"agent {agent}: {amount} fen more than her commissions hold")
        return parts

    def _turn(self, withdrawal: int, new: str, *, frm: set[str]) -> None:
        asked = self.asked[withdrawal]
        must(asked.status in frm, f"withdrawal {withdrawal}: {asked.status} → {new}")
        asked.status = new

    def _order(self, order_id: int, line_id: int) -> tuple[Order, Line]:
        order = self.shop.orders[order_id]
        return order, order.lines[line_id]


def tax_to_date(income_fen: int, months: int) -> int:
    """Return the tax on a year's income so far: each band's part by its own rate."""
    taxable = max(0, income_fen - income_fen * EXPENSES_PERCENT // 100 - ALLOWANCE_FEN_A_MONTH * months)
    below, hundredths = 0, 0
    for upper, percent in BANDS:
        part = taxable - below if not upper else min(taxable, upper) - below
        hundredths += max(0, part) * percent
        below = upper
    return hundredths // 100


def disputed(order: Order, line: int) -> bool:
    """Whether a claim on this line is open."""
    return any(claim.line == line and claim.status in OPEN for claim in order.claims)

"""Stock against a model: whatever is called, in any order and again, the columns are what a plain book of pieces says."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from renmai.catalogue import audit
from renmai.catalogue.actions import PastSale, StockWant, count_stock, record_past_sales, release, reserve, restock, sell
from renmai.catalogue.models import Sku
from renmai.catalogue.tests.factories import make_product, make_sku, make_staff
from renmai.kernel.errors import DomainError
from tools.testing.blocks import own_block
from tools.testing.machines import AuditedMachine, run_machine

SKUS = 3
REFERENCES = st.sampled_from([f"R{number}" for number in range(6)])
WANTS = st.dictionaries(st.integers(0, SKUS - 1), st.integers(1, 6), min_size=1, max_size=SKUS)

Move = Callable[[str, list[StockWant]], bool]


class StockMachine(AuditedMachine):
    """Three variants, six references, every move of the room."""

    def __init__(self) -> None:
        super().__init__()
        self.block = own_block()
        self.block.__enter__()
        self.staff = make_staff()
        product = make_product()
        self.skus = [make_sku(product, stock=10) for _index in range(SKUS)]
        self.free, self.reserved, self.sold = [10] * SKUS, [0] * SKUS, [0] * SKUS
        self.held: dict[tuple[str, int], int] = defaultdict(int)
        self.done: dict[tuple[str, str], dict[int, int]] = {}

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def call(self, move: Move, reference: str, wants: dict[int, int]) -> str:
        """Make the move; return ``moved``, ``there`` or the code of the refusal."""
        try:
            moved = move(reference, [StockWant(self.skus[at].pk, quantity) for at, quantity in wants.items()])
        except DomainError as refused:
            return refused.code
        return "moved" if moved else "there"

    def expected(self, kind: str, reference: str, wants: dict[int, int], *, refusal: str) -> str:
        """Return what the model says the move must answer; ``refusal`` is the code when pieces are missing, or empty."""
        if (kind, reference) in self.done:
            return "there" if self.done[(kind, reference)] == wants else "conflict"
        if not refusal:
            self.done[(kind, reference)] = wants
        return refusal or "moved"

    def check(self, answer: str, expected: str) -> bool:
        assert answer == ("catalogue.stock_conflict" if expected == "conflict" else expected)
        return answer == "moved"

    def fresh(self, kind: str, reference: str, wants: dict[int, int]) -> bool:
        """Whether the reference has moved none of these variants before: then this would be a move of its own, beside the first."""
        return not set(self.done.get((kind, reference), {})) & set(wants)

    @rule(reference=REFERENCES, wants=WANTS)
    def hold(self, reference: str, wants: dict[int, int]) -> None:
        if ("reserve", reference) in self.done and self.fresh("reserve", reference, wants):
            return
        short = any(self.free[at] < quantity for at, quantity in wants.items())
        expected = self.expected("reserve", reference, wants, refusal="catalogue.sold_out" if short else "")
        if self.check(self.call(reserve, reference, wants), expected):
            for at, quantity in wants.items():
                self.free[at] -= quantity
                self.reserved[at] += quantity
                self.held[(reference, at)] += quantity

    @rule(reference=REFERENCES, wants=WANTS, is_sale=st.booleans())
    def give_away(self, reference: str, wants: dict[int, int], is_sale: bool) -> None:
        kind, move = ("sell", sell) if is_sale else ("release", release)
        if (kind, reference) in self.done and self.fresh(kind, reference, wants):
            return
        short = any(self.held[(reference, at)] < quantity for at, quantity in wants.items())
        expected = self.expected(kind, reference, wants, refusal="catalogue.not_held" if short else "")
        if self.check(self.call(move, reference, wants), expected):
            for at, quantity in wants.items():
                self.held[(reference, at)] -= quantity
                self.reserved[at] -= quantity
                (self.sold if is_sale else self.free)[at] += quantity

    @rule(reference=REFERENCES, wants=WANTS)
    def bring_back(self, reference: str, wants: dict[int, int]) -> None:
        if ("restock", reference) in self.done and self.fresh("restock", reference, wants):
            return
        short = any(self.sold[at] < quantity for at, quantity in wants.items())
        expected = self.expected("restock", reference, wants, refusal="catalogue.not_held" if short else "")
        if self.check(self.call(restock, reference, wants), expected):
            for at, quantity in wants.items():
                self.sold[at] -= quantity
                self.free[at] += quantity

    @rule(at=st.integers(0, SKUS - 1), on_hand=st.integers(0, 20))
    def count(self, at: int, on_hand: int) -> None:
        count_stock(self.staff, self.skus[at].pk, on_hand=on_hand)
        self.free[at] = max(0, on_hand - self.reserved[at])

    @rule(at=st.integers(0, SKUS - 1), reference=REFERENCES, quantity=st.integers(-4, 6).filter(bool))
    def remember(self, at: int, reference: str, quantity: int) -> None:
        if ("past", f"{reference}/{at}") in self.done:
            assert record_past_sales([PastSale(reference, self.skus[at].pk, quantity)]) == 0
        elif self.sold[at] + quantity < 0:
            with pytest.raises(DomainError):
                record_past_sales([PastSale(reference, self.skus[at].pk, quantity)])
        else:
            assert record_past_sales([PastSale(reference, self.skus[at].pk, quantity)]) == 1
            self.done[("past", f"{reference}/{at}")] = {}
            self.sold[at] += quantity

    @invariant()
    def columns_are_the_book(self) -> None:
        rows = Sku.objects.filter(pk__in=[sku.pk for sku in self.skus]).order_by("pk")
        columns = list(rows.values_list("stock_free", "stock_reserved", "stock_sold", "stock_total"))
        book = zip(self.free, self.reserved, self.sold, strict=True)
        assert columns == [(free, reserved, sold, free + reserved + sold) for free, reserved, sold in book]

    def audit(self) -> None:
        # The audit also finds prices; the factory's are in order.
        assert list(audit.violations()) == []


@pytest.mark.django_db
def test_stock_is_what_a_book_of_pieces_says() -> None:
    run_machine(StockMachine, examples=25, shrinks=True)

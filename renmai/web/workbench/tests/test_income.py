"""Income: the statement, the reasons of its lines, and withdrawing."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from renmai.distribution import actions as distribution
from renmai.distribution import queries
from renmai.distribution.models import Agent, Withdrawal
from renmai.distribution.tests.world import Goods, kept, owner, sale
from renmai.ledger.audit import violations
from renmai.web.workbench.numbers import parse_fen
from renmai.web.workbench.tests.world import Desk, desk
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
INCOME = reverse("workbench:income")
WITHDRAW = reverse("workbench:withdraw")


@pytest.fixture
def mine(moving_clock: MovingClock) -> Desk:
    """An agent with ¥100 available; the clock stands."""
    seat = desk()
    kept(seat.agent, Goods(price_fen=100_000))
    return seat


def ask(mine: Desk, amount: str, key: str = "key") -> tuple[int, list[int]]:
    """Ask for a withdrawal; return the status of the answer and all withdrawals there are now."""
    answer = mine.client.post(WITHDRAW, {"amount": amount, "idempotency_key": key})
    return answer.status_code, list(Withdrawal.objects.order_by("pk").values_list("amount_fen", flat=True))


def test_the_summary_is_what_the_ledger_says(mine: Desk) -> None:
    sale(mine.agent, Goods(price_fen=20_000)).pay()
    sale(mine.agent, Goods(price_fen=30_000)).pay().receive()
    answer = mine.client.get(INCOME)
    summary = answer.context["summary"]
    assert (summary.created_fen, summary.frozen_fen, summary.available_fen) == (2000, 3000, 10_000)
    page = answer.content.decode()
    assert "¥20.00" in page
    assert "next thaws on 2026-03-17" in page


def test_the_statement_is_filtered(mine: Desk) -> None:
    page = mine.client.get(INCOME, {"kind": "thawed"}).context["page"]
    assert [line.kind for line in page] == ["thawed"]
    everything = [line.kind for line in mine.client.get(INCOME, {"kind": "nonsense"}).context["page"]]
    assert everything == ["thawed", "frozen", "created"]


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999", "kind=<script>"])
def test_odd_questions_get_a_page(mine: Desk, query: str) -> None:
    assert mine.client.get(f"{INCOME}?{query}").status_code == HTTPStatus.OK


def test_each_line_opens_its_reason(mine: Desk) -> None:
    done = kept(mine.agent, Goods(price_fen=10_000, quantity=3, basis_points=750))
    done.refund(1)
    (line,) = [each for each in queries.statement(mine.agent.pk) if each.kind == "clawed_back"]
    answer = mine.client.get(reverse("workbench:income_entry", args=[line.entry_id]))
    page = answer.content.decode()
    for fact in (done.order.number, "7.5%", "¥300.00", "¥22.50", "\N{MINUS SIGN}¥7.50", "¥15.00", "1 refunded"):
        assert fact in page
    assert [each.kind for each in answer.context["reason"].related] == ["created", "frozen", "thawed", "clawed_back"]


def test_everything_is_withdrawn_by_default_with_the_tax_shown(mine: Desk) -> None:
    answer = mine.client.get(WITHDRAW)
    page = answer.content.decode()
    assert answer.context["form"]["amount"].value() == "100.00"
    assert (answer.context["tax"].tax_fen, answer.context["tax"].net_fen) == (0, 10_000)
    assert ">Withdraw ¥100.00</button>" in page
    assert "less 20 % expenses" in page
    assert "lin@example" in page


def test_a_withdrawal_is_asked_for_and_seen_on_its_way(mine: Desk) -> None:
    answer = mine.client.post(WITHDRAW, {"amount": "25.50", "idempotency_key": "one"})
    made = Withdrawal.objects.get()
    assert answer.headers["Location"] == reverse("workbench:withdrawal", args=[made.pk])
    assert (made.amount_fen, made.status, made.payee) == (2550, "requested", "lin@example")
    assert queries.income(mine.agent.pk).available_fen == 7450
    shown = mine.client.get(reverse("workbench:withdrawal", args=[made.pk]))
    assert [step.state for step in shown.context["steps"]] == ["done", "now", "todo", "todo"]
    assert made.number in mine.client.get(reverse("workbench:withdrawals")).content.decode()


def test_sent_twice_it_is_withdrawn_once(mine: Desk) -> None:
    assert ask(mine, "30", "same") == (HTTPStatus.FOUND, [3000])
    assert ask(mine, "30", "same") == (HTTPStatus.FOUND, [3000])
    assert ask(mine, "40", "same") == (HTTPStatus.CONFLICT, [3000])
    assert queries.income(mine.agent.pk).available_fen == 7000
    assert list(violations()) == []


def test_the_form_carries_a_key_of_its_own_each_time(mine: Desk) -> None:
    pages = [mine.client.get(WITHDRAW).content.decode() for _twice in range(2)]
    keys = {page.split('name="idempotency_key" value="')[1].split('"')[0] for page in pages}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("amount", "fen"),
    [
        ("25", 2500),
        ("25.5", 2550),
        ("２５．５０", 2550),
        (" ¥ 25.50 ", 2550),
        ("25.50元", 2550),
        ("０２５", 2500),
        ("25.", 2500),
        ("￥25", 2500),
    ],
)
def test_amounts_as_people_type_them(mine: Desk, amount: str, fen: int) -> None:
    assert ask(mine, amount) == (HTTPStatus.FOUND, [fen])


@pytest.mark.parametrize(
    "amount",
    [
        "",
        "0",
        "0.00",
        "-5",
        "-0.01",
        "1e30",
        "1e2",
        "25.505",
        "9.99",
        "100.01",
        "9" * 30,
        "99999999999",
        "NaN",
        "inf",
        "0x10",
        "1,0,0",
        "一百",
        "²⁵ab",
        "<b>",
    ],
)
def test_absurd_amounts_withdraw_nothing(mine: Desk, amount: str) -> None:
    answer = mine.client.post(WITHDRAW, {"amount": amount, "idempotency_key": "k"})
    assert answer.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT}
    form = answer.context["form"]
    assert list(form.errors) == ["amount"]
    assert form["amount"].value() == amount
    assert not Withdrawal.objects.exists()
    assert queries.income(mine.agent.pk).available_fen == 10_000
    assert mine.client.get(WITHDRAW, {"amount": amount}).status_code == HTTPStatus.OK


@pytest.mark.parametrize("key", ["", "x" * 65])
def test_a_withdrawal_needs_its_key(mine: Desk, key: str) -> None:
    assert ask(mine, "30", key) == (HTTPStatus.BAD_REQUEST, [])


def test_more_than_is_there_is_said_beside_the_field(mine: Desk) -> None:
    answer = mine.client.get(WITHDRAW, {"amount": "100.01"})
    assert answer.context["form"].errors["amount"] == ["Only ¥100.00 can be withdrawn now."]
    assert answer.context["tax"] is None
    assert "idempotency_key" not in answer.content.decode()


def test_tax_is_withheld_when_the_year_was_good(moving_clock: MovingClock) -> None:
    moving_clock.travel(moving_clock.now.replace(year=2027))
    rich = desk()
    kept(rich.agent, Goods(price_fen=10_000_000))
    tax = rich.client.get(WITHDRAW).context["tax"]
    # ¥10,000 less 20 % less ¥5,000 for the first month is ¥3,000, of which 3 % is ¥90.
    assert (tax.taxable_fen, tax.tax_fen, tax.net_fen) == (300_000, 9_000, 991_000)


def test_account_and_name_can_come_last(moving_clock: MovingClock) -> None:
    late = desk(payout_account="")
    kept(late.agent, Goods(price_fen=100_000))
    page = late.client.get(WITHDRAW).content.decode()
    assert "Enter the account to be paid" in page
    assert "idempotency_key" not in page
    assert ask(late, "30") == (HTTPStatus.CONFLICT, [])
    payout = reverse("workbench:payout")
    for bad in (
        {"real_name": "", "payout_account": "x"},
        {"real_name": "林", "payout_account": ""},
        {"real_name": "林" * 41, "payout_account": "x"},
    ):
        assert late.client.post(payout, bad).status_code == HTTPStatus.BAD_REQUEST
    answer = late.client.post(payout, {"real_name": "林晓", "payout_account": "lin-9"})
    assert answer.headers["Location"] == WITHDRAW
    assert Agent.objects.values_list("real_name", "payout_account").get() == ("林晓", "lin-9")
    assert ask(late, "30") == (HTTPStatus.FOUND, [3000])


def test_a_withdrawal_that_was_refused_says_why_and_gives_the_money_back(mine: Desk) -> None:
    made = distribution.request_withdrawal(mine.user, amount_fen=5000, idempotency_key="k")
    distribution.reject_withdrawal(owner(), made.pk, reason="The name does not match")
    answer = mine.client.get(reverse("workbench:withdrawal", args=[made.pk]))
    assert [(step.title, step.state) for step in answer.context["steps"]][-1] == ("Not approved", "bad")
    assert "The name does not match" in answer.content.decode()
    assert queries.income(mine.agent.pk).available_fen == 10_000


def test_debt_is_said_plainly(mine: Desk) -> None:
    done = kept(mine.agent, Goods(price_fen=50_000))
    distribution.request_withdrawal(mine.user, amount_fen=15_000, idempotency_key="k")
    done.refund(1)
    assert "You owe ¥50.00" in mine.client.get(INCOME).content.decode()


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,234.5", 123_450),
        ("12,34", None),
        ("1234567.89", 123_456_789),
        ("1.2.3", None),
        (".5", None),
        ("+5", None),
        ("5。5", 550),
        ("٥", None),
    ],
)
def test_parsing_is_exact_or_refuses(text: str, fen: int | None) -> None:
    assert parse_fen(text) == fen


def test_whoever_has_too_little_reads_when_there_will_be_more_and_no_refusal(moving_clock: MovingClock) -> None:
    seat = desk()
    page = seat.client.get(WITHDRAW).content.decode()
    assert "Nothing to withdraw yet" in page
    assert "from ¥10.00 on" in page
    assert "field-error" not in page
    kept(seat.agent, Goods(price_fen=5_000))
    assert "¥5.00 so far" in seat.client.get(WITHDRAW).content.decode()
    typed = seat.client.get(WITHDRAW, {"amount": "3"}).content.decode()
    assert "field-error" in typed

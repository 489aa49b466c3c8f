"""A recorded purchase becomes a script: what is the same stays, what differs is understood."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from renmai.project.bench.distil import JsonText, Plain, Recorded, Script, Step, Value, count, distil
from renmai.project.problems import Problem

BEGAN = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LATER = timedelta(milliseconds=1500)
INSERT = "INSERT INTO orders (number, buyer_id) VALUES (%s, %s) RETURNING id"
LINE = "INSERT INTO lines (order_id, quantity, scope, said) VALUES (%s, %s, %s, %s)"
UPDATE = "UPDATE orders SET paid_at = %s WHERE id = %s AND status = %s"


def purchase(number: str, buyer: int, order: int, *, then: Plain = "placed", moment: datetime = BEGAN) -> list[Recorded]:
    return [
        Recorded("SELECT 1", (), None),
        Recorded(INSERT, (number, buyer), "t1", made=(order,)),
        Recorded("SELECT * FROM orders WHERE id = %s", (order,), "t1"),
        Recorded(LINE, (order, 2, f"order:{buyer}", JsonText(f'{{"order": {order}}}')), "t1"),
        Recorded("INSERT INTO payments_sandboxtrade (number) VALUES (%s)", (number,), None),
        Recorded(UPDATE, (moment + LATER, order, then), "t2"),
    ]


def distilled() -> Script:
    return distil(purchase("R-AAAA", 70, 900), purchase("R-BBBB", 71, 901), {"user": 70})


def test_writes_stay_in_their_transactions_and_reading_goes() -> None:
    assert [[step.sql for step in steps] for steps in distilled().transactions] == [[INSERT, LINE], [UPDATE]]
    assert [step.makes for step in distilled().steps] == [1, 0, 0]


def test_each_value_is_what_it_means() -> None:
    first, line, paid = distilled().steps
    made = Value("made", "0", 0)
    assert first.values == (Value("fresh", "fresh0", 6), Value("input", "user"))
    scope = Value("joined", parts=(Value("text", "order:"), Value("input", "user")))
    said = Value("joined", parts=(Value("text", '{"order": '), made, Value("text", "}")))
    assert line.values == (made, Value("int", number=2), scope, Value("json", parts=(said,)))
    assert paid.values == (Value("moment", number=0), made, Value("text", "placed"))


def test_moments_count_from_the_first() -> None:
    row = Recorded("INSERT INTO a VALUES (%s, %s)", (BEGAN + LATER, BEGAN), None)
    assert distil([row], [row], {}).steps[0].values == (Value("moment", number=1500), Value("moment", number=0))


def test_uuids_lists_and_nothing() -> None:
    same, mine, theirs = (UUID(int=number) for number in (1, 2, 3))
    ours, others = (Recorded("INSERT INTO a VALUES (%s)", ((same, one, None, True, "x"),), None) for one in (mine, theirs))
    (value,) = distil([ours], [others], {}).steps[0].values
    assert value.kind == "array"
    kinds = [(part.kind, part.text, part.number) for part in value.parts]
    assert kinds == [("uuid", str(same), 0), ("fresh uuid", "fresh0", 0), ("null", "", 0), ("bool", "", 1), ("text", "x", 0)]


def test_the_same_new_text_is_one_thing_everywhere() -> None:
    ours, others = (
        [Recorded("INSERT INTO a VALUES (%s)", (text,), None), Recorded("INSERT INTO b VALUES (%s)", (f"pay {text}",), None)]
        for text in ("P-1", "P-2")
    )
    first, second = distil(ours, others, {}).steps
    assert second.values[0].parts == (Value("text", "pay "), first.values[0])


def test_a_statement_alone_is_a_transaction_of_its_own() -> None:
    rows = [Recorded("INSERT INTO a VALUES (1)", (), None), Recorded("INSERT INTO b VALUES (1)", (), None)]
    assert distil(rows, rows, {}) == Script(tuple((Step(row.sql, (), 0),) for row in rows))


def test_two_acts_that_differ_are_refused() -> None:
    with pytest.raises(Problem, match="did not send the same"):
        distil(purchase("R-A", 70, 900), purchase("R-B", 71, 901)[:-1], {})


def test_the_providers_own_book_is_not_counted() -> None:
    assert count(purchase("R-A", 70, 900)) == 5

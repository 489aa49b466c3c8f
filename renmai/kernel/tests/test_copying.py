"""What goes through COPY is there as it went in, whatever characters it has."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from renmai.kernel import copying
from renmai.kernel.models import Alert, Heartbeat

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
AWKWARD = ["", "NULL", "\\N", '"', "a,b", "two\nlines", "\r\n", "茶 🍵", "\\", "tab\t", "'"]


@pytest.fixture(autouse=True)
def _on_postgres() -> None:
    if not copying.is_possible():
        pytest.skip("this is about PostgreSQL's COPY; SQLite has none, and its rows go the other way")


def test_awkward_texts_and_moments_go_in() -> None:
    import pyarrow as pa

    size = len(AWKWARD)
    moments = pa.array([MOMENT] * size, pa.timestamp("us", tz="UTC"))
    codes = [f"code-{number}" for number in range(size)]
    nothing = pa.nulls(size, pa.timestamp("us", tz="UTC"))
    columns = ["code", "subject", "detail", "created_at", "resolved_at"]
    table = pa.table([codes, [""] * size, AWKWARD, moments, nothing], names=columns)
    assert copying.write(Alert, columns, [table.slice(0, 3), table.slice(3)]) == size
    assert list(Alert.objects.order_by("pk").values_list("detail", "created_at", "resolved_at")) == [
        (text, MOMENT, None) for text in AWKWARD
    ]


def test_nothing_is_nothing() -> None:
    assert copying.write(Heartbeat, ["name", "at"], []) == 0


def test_a_unique_key_refuses_all_of_it() -> None:
    import pyarrow as pa

    moment = pa.array([MOMENT], pa.timestamp("us", tz="UTC"))
    rows = [pa.table([["one"], moment], names=["name", "at"]), pa.table([["one"], moment], names=["name", "at"])]
    with pytest.raises(IntegrityError), transaction.atomic():
        copying.write(Heartbeat, ["name", "at"], rows)
    assert not Heartbeat.objects.exists()

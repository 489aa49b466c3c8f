"""One spelling for each number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.accounts.phones import normalise
from renmai.kernel.errors import DomainError


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13800138000", "13800138000"),
        (" 138-0013-8000 ", "13800138000"),
        ("＋86 138 0013 8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("(+86)13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+852 9123 4567", "+85291234567"),
        ("0044 20 7946 0958", "+442079460958"),
    ],
)
def test_numbers_that_are_understood(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12800138000",
        "1380013800",
        "138001380000",
        "+86123",
        "+8612800138000",
        "13800x38000",
        "+0123456789",
        "1" * 400,
        "٣" * 11,
    ],
)
def test_numbers_that_are_not(typed: str) -> None:
    with pytest.raises(DomainError) as refusal:
        normalise(typed, field="receiver")
    assert (refusal.value.code, refusal.value.field) == ("accounts.phone", "receiver")


@given(st.text(max_size=50))
def test_whatever_is_typed_is_refused_or_settles(typed: str) -> None:
    try:
        stored = normalise(typed)
    except DomainError:
        return
    assert normalise(stored) == stored
    assert stored.isascii()
    assert len(stored) <= 16

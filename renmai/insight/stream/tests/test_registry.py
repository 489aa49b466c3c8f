"""The registry reads every version a page may still send, and nothing else."""

import pytest

from renmai.insight.stream.fields import Choice, Field, Flag, Number, Text, Whole
from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.records import Properties, Source
from renmai.insight.stream.registry import REGISTRY, Registry, Schema, Unfit


def in_seconds(old: Properties) -> Properties:
    return {"seconds": int(old["minutes"]) * 60}


def named(old: Properties) -> Properties:
    return {**old, "surface": "unknown"}


ONE = Schema("waited", 1, Source.BROWSER, None, "", {"minutes": Whole(0, 9)})
TWO = Schema("waited", 2, Source.BROWSER, None, "", {"seconds": Whole(0, 540)}, upgrade=in_seconds)
THREE = Schema("waited", 3, Source.BROWSER, None, "", {"seconds": Whole(0, 540), "surface": Text(9)}, upgrade=named)


def test_an_old_version_is_read_as_the_newest() -> None:
    registry = Registry([ONE, TWO, THREE])
    sent: list[Properties] = [{"minutes": 2}, {"seconds": 120}, {"seconds": 120, "surface": "unknown"}]
    for version, told in enumerate(sent, 1):
        assert registry.read("waited", version, Source.BROWSER, told) == (THREE, {"seconds": 120, "surface": "unknown"})


def test_an_old_version_is_checked_by_its_own_fields() -> None:
    with pytest.raises(Unfit) as refused:
        Registry([ONE, TWO]).read("waited", 1, Source.BROWSER, {"seconds": 2})
    assert refused.value.reason == Reason.BAD_FIELD


@pytest.mark.parametrize("schemas", [[TWO], [ONE, THREE], [ONE, ONE], [ONE, Schema("waited", 2, Source.BROWSER, None, "")]])
def test_versions_have_no_gaps_and_each_upgrades_the_one_before(schemas: list[Schema]) -> None:
    with pytest.raises(ValueError, match="versions count from 1"):
        Registry(schemas)


def test_two_properties_of_one_name_have_one_type() -> None:
    other = Schema("slept", 1, Source.BROWSER, None, "", {"minutes": Text(5)})
    with pytest.raises(ValueError, match="minutes"):
        Registry([ONE, other]).columns()
    assert REGISTRY.columns()["seconds"] == "int64"


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (Text(3), ["", "茶叶"], ["abcd", 1, None, "a\x00b"]),
        (Whole(0, 5), [0, 5], [-1, 6, 1.0, True, "1", None]),
        (Number(0, 1), [0, 1, 0.5], [1.1, float("nan"), float("inf"), True, "0.5"]),
        (Flag(), [True, False], [0, 1, "true", None]),
        (Choice(("a", "b")), ["a", "b"], ["c", 1, None, ["a"]]),
    ],
)
def test_fields_take_their_own_type_only(field: Field, good: list[object], bad: list[object]) -> None:
    assert [value for value in good if field.problem(value)] == []
    assert [value for value in bad if not field.problem(value)] == []

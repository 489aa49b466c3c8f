"""Conditions mean what they say, for one person as for everybody."""

import json
from datetime import timedelta

import pytest

from renmai.accounts.actions import withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.tests.factories import make_staff
from renmai.insight.portraits import actions
from renmai.insight.portraits.conditions import FIELDS, Condition, Kind, conditions_of, data_of, people
from renmai.insight.portraits.models import Portrait, Segment
from renmai.insight.portraits.queries import access_segment, customers, fulfils, preview, segments
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tests.world import NOON, bought, did, follower, goods
from renmai.insight.stream.delivery import Consumer, drain
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
ALL, ANY = Segment.Match.ALL, Segment.Match.ANY
LATER = NOON + timedelta(days=10)


@pytest.fixture
def town() -> dict[str, User]:
    """Four people: one looks at tea, one bought tea twice and nappies once, one does neither, one did long ago."""
    found = {name: follower(name) for name in ("looks", "buys", "rests", "left")}
    tea, nappies = goods("tea", price_fen=30_000), goods("baby", price_fen=3_000)
    for _number in range(4):
        did("product_viewed", user=found["looks"], product=tea)
    for _number in range(2):
        bought(found["buys"], tea)
    bought(found["buys"], nappies)
    did("product_viewed", user=found["left"], product=tea, at=NOON - timedelta(days=200))
    bought(found["left"], nappies, at=NOON - timedelta(days=200))
    actions.mark([user.pk for user in found.values()])
    drain((Consumer(READER, actions.on_events),))
    actions.refresh_due(100)
    return found


CASES = {
    "orders at_least 1": {"buys", "left"},
    "orders at_most 0": {"looks", "rests"},
    "spent at_least 30": {"buys"},
    "days_since_order at_most 30": {"buys"},
    "days_since_order at_least 30": {"left"},
    "days_since_first at_most 10": {"buys"},
    "touches at_least 4": {"looks"},
    "touches at_most 1": {"buys", "rests", "left"},
    "days_since_touch at_most 10": {"looks"},
    "days_since_touch at_least 100": {"left"},
    "brought at_most 0": {"looks", "buys", "rests", "left"},
    "stage is beneficiary": {"buys", "left"},
    "stage is_not beneficiary": {"looks", "rests"},
    "funnel is search": {"buys", "left"},
    "agent is free": {"looks", "buys", "rests", "left"},
    "agent is bound": set(),
    "category some tea": {"looks", "buys"},
    "category clear tea": {"looks"},
    "category strong tea": set(),
    "category none tea": {"rests", "left"},
    "category some baby,home": {"buys"},
    "category some kitchen": set(),
    "price some 200-500": {"looks", "buys"},
    "hour some midday": {"looks", "buys"},
}


@pytest.mark.parametrize("text", CASES)
def test_a_condition_finds_whom_it_names(town: dict[str, User], text: str) -> None:
    field, comparison, values = text.split()
    condition = Condition(field, comparison, tuple(values.split(",")))
    ids = {name: user.pk for name, user in town.items()}
    with clock.travel(LATER):
        found = set(people([condition], ALL).values_list("user", flat=True))
        assert found == {ids[name] for name in CASES[text]}
        for pk in ids.values():
            assert people([condition], ALL, among=[pk]).exists() == (pk in found), "alone as among all"


def test_conditions_are_put_together(town: dict[str, User]) -> None:
    tea, buyer = Condition("category", "some", ("tea",)), Condition("orders", "at_least", ("1",))
    with clock.travel(LATER):
        assert set(people([tea, buyer], ALL).values_list("user", flat=True)) == {town["buys"].pk}
        assert set(people([tea, buyer], ANY).values_list("user", flat=True)) == {
            town[name].pk for name in ("looks", "buys", "left")
        }


def test_who_withdraws_is_found_by_her_orders_only_from_that_second_on(town: dict[str, User]) -> None:
    tea = Condition("category", "some", ("tea",))
    for name in ("looks", "buys"):
        withdraw_consent(town[name], Purpose.BROWSING)
    with clock.travel(LATER):
        assert set(people([tea], ALL).values_list("user", flat=True)) == {town["buys"].pk}
        assert not people([Condition("touches", "at_least", ("1",))], ALL).filter(user=town["looks"]).exists()


def test_staff_closed_and_deleted_accounts_belong_to_nothing(town: dict[str, User]) -> None:
    everybody = Condition("orders", "at_least", ("0",))
    User.objects.filter(pk=town["looks"].pk).update(is_active=False)
    User.objects.filter(pk=town["rests"].pk).update(deleted_at=NOON)
    User.objects.filter(pk=town["left"].pk).update(is_staff=True)
    assert set(people([everybody], ALL).values_list("user", flat=True)) == {town["buys"].pk}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "conditions"),
        ("orders", "conditions"),
        ([{"field": "orders", "comparison": "at_least", "values": ["1"]}] * 11, "conditions"),
        ([{"field": "password", "comparison": "is", "values": ["x"]}], "field"),
        ([{"field": "user__phone", "comparison": "is", "values": ["x"]}], "field"),
        ([17], "field"),
        ([{"field": "orders", "comparison": "is", "values": ["1"]}], "comparison"),
        ([{"field": "orders", "comparison": "at_least", "values": ["-1"]}], "value"),
        ([{"field": "orders", "comparison": "at_least", "values": ["1", "2"]}], "value"),
        ([{"field": "orders", "comparison": "at_least", "values": []}], "value"),
        ([{"field": "orders", "comparison": "at_least", "values": "12"}], "value"),
        ([{"field": "stage", "comparison": "is", "values": ["queen"]}], "value"),
        ([{"field": "brand", "comparison": "some", "values": [""]}], "value"),
        ([{"field": "brand", "comparison": "some", "values": ["x" * 61]}], "value"),
        ([{"field": "brand", "comparison": "some", "values": ["a\x00b"]}], "value"),
    ],
)
def test_anything_else_is_refused(data: object, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        conditions_of(data)
    assert refused.value.code == f"portraits.{code}"


def test_conditions_survive_being_stored() -> None:
    data = [{"field": name, "comparison": "is", "values": ["bound"]} for name in ("agent",)]
    assert data_of(conditions_of(data)) == data
    assert all(field.choices for field in FIELDS.values() if field.kind is Kind.CHOICE)


def test_who_belongs_to_a_segment_is_asked_anew(town: dict[str, User]) -> None:
    owner = make_staff()
    data = [{"field": "orders", "comparison": "at_least", "values": ["1"]}]
    segment = actions.compose(owner, name=" Buyers ", match=ALL, conditions=data)
    assert (segment.name, segment.size) == ("Buyers", 2)

    def belong() -> set[str]:
        return {name for name, user in town.items() if fulfils(user, segment.match, json.dumps(segment.conditions))}

    assert belong() == {"buys", "left"}
    Portrait.objects.filter(user=town["rests"]).update(orders=1)
    assert belong() == {"buys", "left", "rests"}
    with pytest.raises(DomainError) as taken:
        actions.compose(owner, name="Buyers", match=ALL, conditions=data)
    assert taken.value.code == "portraits.name_taken"
    actions.archive(owner, segment.pk)
    assert not segments(owner).object_list


def test_the_size_is_known_before_a_segment_is_saved(town: dict[str, User]) -> None:
    found = preview(make_staff(), conditions_of([{"field": "orders", "comparison": "at_least", "values": ["1"]}]), ALL)
    assert (found.size, found.everybody) == (2, 4)
    assert [user.pk for user in found.sample] == [town["buys"].pk, town["left"].pk], "who spent most comes first"


def test_the_list_of_customers_is_found_by_words_tag_and_segment(town: dict[str, User]) -> None:
    owner = make_staff()
    with clock.travel(LATER):
        _page, rows = customers(owner, text="buy")
        assert [row.portrait.user_id for row in rows] == [town["buys"].pk]
        assert [tag.code for tag in rows[0].tags] == ["new", "loyal"]
        _page, rows = customers(owner, tag="loyal")
        assert [row.portrait.user_id for row in rows] == [town["buys"].pk]
        _page, rows = customers(owner, order="spent")
        assert rows[0].portrait.user_id == town["buys"].pk


@pytest.mark.parametrize("role", [Role.FULFILMENT, Role.FINANCE, Role.ANALYST])
def test_other_roles_see_nobody(role: Role, town: dict[str, User]) -> None:
    clerk = make_staff(role)
    data = [{"field": "orders", "comparison": "at_least", "values": ["0"]}]
    for attempt in (
        lambda: customers(clerk),
        lambda: segments(clerk),
        lambda: preview(clerk, conditions_of(data), ALL),
        lambda: actions.compose(clerk, name="x", match=ALL, conditions=data),
        lambda: access_segment(clerk, 1),
    ):
        with pytest.raises(DomainError) as refused:
            attempt()
        assert refused.value.code == "request.forbidden"
    assert not Segment.objects.exists()


def test_an_auditor_looks_and_changes_nothing(town: dict[str, User]) -> None:
    auditor, data = make_staff(Role.AUDITOR), [{"field": "orders", "comparison": "at_least", "values": ["0"]}]
    assert customers(auditor)[0].paginator.count == 4
    with pytest.raises(DomainError):
        actions.compose(auditor, name="x", match=ALL, conditions=data)
    assert make_member().pk not in {row.user_id for row in Portrait.objects.all()}

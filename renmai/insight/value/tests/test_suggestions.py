"""What a suggestion is worth: shared by who buys what it changed, never added, for as long as the horizon says."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.models import Product, Sku
from renmai.insight.queries import Period
from renmai.insight.spread.estimates import share
from renmai.insight.value import actions, audit, queries
from renmai.insight.value.models import FittedModel, Worth
from renmai.insight.value.suggestions import Bought, Credit, credited
from renmai.insight.value.taken_up import bought_after_changes
from renmai.insight.value.tests.shop import DAY, NOW, START, TODAY, Town, people
from renmai.insight.value.word_of_mouth import shared
from renmai.kernel import clock
from renmai.kernel.money import share_of
from renmai.ordering.actions.suggesting import answer_suggestion, suggest, take_up
from renmai.ordering.models import Order, OrderLine, Suggestion

PEOPLE = st.integers(1, 9)
BOUGHT = st.builds(Bought, PEOPLE, st.lists(PEOPLE, min_size=1, max_size=3, unique=True).map(tuple), st.integers(0, 10**6))


def test_a_tenth_of_the_part_that_rests_on_it() -> None:
    found = credited({1: 1000, 2: 600}, {1: 5000, 2: 400}, [Bought(2, (1,), 100)], basis_points=1000)
    assert found == {1: Credit(0, 15), 2: Credit(15, 0)}


def test_authors_share_and_nobody_pays_herself_or_strangers() -> None:
    own, kept = {1: 1000, 2: 1000, 3: -500}, {1: 100, 2: 100, 3: 100}
    bought = [Bought(1, (1, 2), 100), Bought(2, (99,), 100), Bought(3, (1,), 100)]
    assert credited(own, kept, bought, basis_points=1000) == {1: Credit(50, 0), 2: Credit(0, 50), 3: Credit(0, 0)}


def test_more_than_all_she_paid_cannot_rest_on_suggestions() -> None:
    bought = [Bought(2, (1,), 80), Bought(2, (3,), 80)]
    assert credited({1: 0, 2: 1000, 3: 0}, {2: 100}, bought, basis_points=10_000)[2] == Credit(1000, 0)


@given(
    st.dictionaries(PEOPLE, st.integers(-(10**9), 10**9)),
    st.dictionaries(PEOPLE, st.integers(0, 10**6)),
    st.lists(BOUGHT, max_size=12),
    st.dictionaries(PEOPLE, PEOPLE),
    st.integers(0, 5_000),
    st.integers(0, 9_000),
)
def test_all_together_are_worth_what_their_orders_are(
    own: dict[int, int],
    kept: dict[int, int],
    bought: list[Bought],
    brought_by: dict[int, int],
    basis_points: int,
    by_mouth: int,
) -> None:
    found = credited(own, kept, bought, basis_points=basis_points)
    assert found.keys() == own.keys()
    assert sum(each.passed_on_fen for each in found.values()) == sum(each.received_fen for each in found.values())
    for person, each in found.items():
        assert 0 <= each.passed_on_fen <= max(0, share_of(max(own[person], 0), basis_points=basis_points))
        assert each.received_fen >= 0
    theirs = {person: own[person] - each.passed_on_fen + each.received_fen for person, each in found.items()}
    worth = shared(theirs, brought_by, basis_points=by_mouth)
    assert sum(each.value_fen for each in worth.values()) == sum(own.values())
    assert sum(each.value_fen for each in worth.values() if each.value_fen < 0) >= sum(fen for fen in own.values() if fen < 0)


def line(order: Order, product: Product, *, fen: int, refunded: int = 0) -> None:
    sku, _new = Sku.objects.get_or_create(product=product, code=f"s{product.pk}", defaults={"price_fen": fen})
    OrderLine.objects.create(
        order=order,
        sku=sku,
        product_id_at_order=product.pk,
        supplier=product.supplier,
        title_zh="茶",
        unit_price_fen=fen,
        quantity=1,
        amount_fen=fen,
        refunded_fen=refunded,
    )


def learned() -> FittedModel:
    with clock.travel(TODAY + DAY):
        actions.learn_anew(1)
        while actions.work_out(1000):
            pass
    return FittedModel.objects.get()


@pytest.mark.django_db
def test_what_was_bought_after_the_change_counts_for_who_suggested_it() -> None:
    town, goods = Town(), make_staff(Role.MERCHANDISER, username="goods")
    people(town, 60)
    author, buyer, early = (town.user() for _person in range(3))
    old = town.sku().product
    new = Product.objects.create(code="new", category=old.category, supplier=old.supplier, title_zh="新茶", status="listed")
    with clock.travel(START):
        made = suggest(author, old.pk, "A smaller box would fit my shelf.")
        other = suggest(author, old.pk, "And a tin, please.")
        take_up(goods, made, answer="Here it is.", product_id=new.pk)
        answer_suggestion(goods, other, is_declined=True, answer="Tins are dear.")
    for who, day, product, fen in (
        (author, 1.0, old, 1000),
        (buyer, 5.0, new, 600),
        (buyer, 6.0, old, 400),
        (early, -2.0, new, 1000),
    ):
        line(town.order(who, day), product, fen=fen)
    line(town.order(buyer, 7, status="refunded", refunded_fen=1000), new, fen=1000, refunded=1000)
    line(town.order(author, 8), new, fen=1000)
    model = learned()
    assert model.suggestion_basis_points == 1000
    assert sorted(bought_after_changes(model), key=lambda each: each.buyer) == [
        Bought(author.pk, (author.pk,), 1000),
        Bought(buyer.pk, (author.pk,), 600),
    ]
    rows = {row.user_id: row for row in Worth.objects.all()}
    part = share_of(rows[buyer.pk].own_fen * 600 // 2000, basis_points=1000)
    assert part > 0
    assert (rows[buyer.pk].credited_fen, rows[author.pk].suggested_fen) == (part, part)
    assert (rows[author.pk].credited_fen, rows[early.pk].credited_fen) == (0, 0)
    assert rows[author.pk].value_fen == rows[author.pk].own_fen + part
    assert sum(row.value_fen for row in rows.values()) == sum(row.own_fen for row in rows.values())
    assert list(audit.violations()) == []
    found = queries.worth(author.pk)
    assert found is not None
    assert (found.suggestions.made, found.suggestions.taken_up) == (2, 1)
    since = queries.sold_since(Suggestion.objects.get(pk=made.pk))
    assert since == queries.Since(orders=2, kept_fen=1600)
    Worth.objects.filter(user=author).update(suggested_fen=part + 1, value_fen=rows[author.pk].value_fen + 1)
    assert [each.subject for each in audit.violations()] == ["suggestions"]


@pytest.mark.django_db
def test_it_counts_no_longer_than_the_horizon() -> None:
    town, goods, author = Town(), make_staff(Role.MERCHANDISER, username="goods"), User.objects.create(display_name="A")
    product = town.sku().product
    with clock.travel(START):
        take_up(goods, suggest(author, product.pk, "A smaller box."), answer="Yes.", product_id=product.pk)
    buyer = town.user()
    for day in (29.9, 30.1):
        line(town.order(buyer, day), product, fen=1000)
    model = FittedModel(horizon_days=30, until=NOW.date())
    assert bought_after_changes(model) == [Bought(buyer.pk, (author.pk,), 1000)]
    model.horizon_days = 31
    assert bought_after_changes(model) == [Bought(buyer.pk, (author.pk,), 2000)]


@pytest.mark.django_db
def test_the_closed_loop_is_counted_from_the_rows() -> None:
    town, goods = Town(), make_staff(Role.MERCHANDISER, username="goods")
    product = town.sku().product
    period = Period(START.date(), START.date() + timedelta(days=9))
    assert queries.closed_loop(period) == queries.ClosedLoop(0, None, None)
    made = []
    for number, day in enumerate((0, 1, 2, 3, 40)):
        with clock.travel(START + day * DAY):
            made.append(suggest(town.user(), product.pk, f"Suggestion {number}."))
    with clock.travel(START + 50 * DAY):
        answer_suggestion(goods, made[0], is_declined=True, answer="No.")
        answer_suggestion(goods, made[1], is_declined=False, answer="We look.")
        take_up(goods, made[2], answer="Yes.", product_id=product.pk)
        take_up(goods, made[4], answer="Yes.", product_id=product.pk)
    assert queries.closed_loop(period) == queries.ClosedLoop(4, share(3, 4), share(1, 4))

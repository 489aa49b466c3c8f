"""Lists as the product makes and reads them: personal with consent only, her own requirements, her own answers, and nothing demoted."""

from collections.abc import Iterable

import pytest

from renmai.accounts.actions import withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentWithdrawn
from renmai.accounts.models import Role
from renmai.accounts.tests.factories import Statements, make_member, make_staff
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.matching import actions, audit, queries, reactions
from renmai.matching.models import Selection, Verdict
from renmai.matching.selections import Entry
from renmai.matching.tests.town import bought, customer, kinds, listed_for, looked_at, make_lists, seller
from renmai.matching.wishes import Wishes
from renmai.ordering.tests.making import refused
from renmai.sharing.models import Shop, ShopItem
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


OF_GOODS = frozenset({"brand", "likeness", "series", "together"})
OF_CATEGORIES = frozenset({"taste", "selling"})


def told_of(entries: Iterable[Entry]) -> tuple[set[int], set[int]]:
    """The products and the categories that reasons speak of as bought or looked at."""
    said = [why for entry in entries for why in entry.why]
    return {why.about for why in said if why.code in OF_GOODS}, {why.about for why in said if why.code in OF_CATEGORIES}


def ids(products: list[Product]) -> set[int]:
    return {product.pk for product in products}


def fruit_and_shoes() -> tuple[Shop, Shop, list[list[Product]]]:
    """Two agents: the customers of the first buy fruit, those of the second shoes."""
    fruit, shoes, tea = kinds()
    first, second = seller("Fruit"), seller("Shoes")
    for shop, shelf in ((first, fruit), (second, shoes)):
        for number in range(6):
            who = customer(shop)
            for product in shelf[number % 3 : number % 3 + 3]:
                bought(who, product, shop=shop)
    return first, second, [fruit, shoes, tea]


def test_each_agent_gets_what_her_customers_buy_with_reasons_that_are_true() -> None:
    first, second, (fruit, shoes, _tea) = fruit_and_shoes()
    make_lists()
    assert set(listed_for(first)[:8]) <= ids(fruit)
    assert set(listed_for(second)[:8]) <= ids(shoes)
    found = queries.for_agent(first.owner)
    assert found is not None
    assert found.people == 6
    reasons = {why.code: why for why in found.entries[0].why}
    assert reasons["taste"].about == fruit[0].category_id
    assert reasons["taste"].number == 6


def test_an_agent_without_customers_gets_what_sells() -> None:
    fruit, _shoes, _tea = kinds(4)
    newcomer = seller()
    for _time in range(5):
        bought(make_member(), fruit[2], days_ago=3)
    make_lists()
    assert listed_for(newcomer)[0] == fruit[2].pk


def test_requirements_are_kept_and_nothing_outside_them_is_shown_for_a_moment() -> None:
    first, _second, (_fruit, shoes, _tea) = fruit_and_shoes()
    make_lists()
    wishes = Wishes(categories=frozenset({shoes[0].category_id}), maximum_fen=3000)
    actions.require_goods(first.owner, wishes)
    assert listed_for(first) == []
    make_lists()
    assert set(listed_for(first)) == ids(shoes)
    assert queries.requirements_of(first.owner) == wishes
    actions.require_goods(first.owner, Wishes(minimum_fen=3001))
    make_lists()
    assert listed_for(first) == []


def test_requirements_that_cannot_be_met_by_anything_are_refused() -> None:
    shop = seller()
    with refused("matching.band"):
        actions.require_goods(shop.owner, Wishes(minimum_fen=5000, maximum_fen=4000))
    with refused("request.invalid"):
        actions.require_goods(shop.owner, Wishes(categories=frozenset({999_999})))
    with refused("matching.requirement"):
        actions.require_goods(shop.owner, Wishes(brands=frozenset(str(number) for number in range(101))))
    with refused("request.forbidden"):
        actions.require_goods(make_member(), Wishes())


def test_what_she_accepts_is_in_her_shop_and_off_the_list_what_she_rejects_is_gone_until_taken_back() -> None:
    first, _second, _shelves = fruit_and_shoes()
    make_lists()
    one, other = (Product.objects.get(pk=pk) for pk in listed_for(first)[:2])
    actions.accept(first.owner, one, on_top=True)
    actions.reject(first.owner, other, reason="price")
    assert not {one.pk, other.pk} & set(listed_for(first))
    assert ShopItem.objects.get(shop=first, product=one).position == 1
    make_lists()
    assert not {one.pk, other.pk} & set(listed_for(first))
    assert actions.take_back(first.owner, other)
    assert not actions.take_back(first.owner, other)
    make_lists()
    assert other.pk in listed_for(first)


def test_after_rejections_the_next_list_begins_with_other_goods() -> None:
    fruit, _shoes, tea = kinds()
    shop = seller()
    for number in range(5):
        who = customer(shop)
        bought(who, fruit[number], shop=shop)
        bought(who, fruit[number + 1], shop=shop)
        bought(who, tea[number], shop=shop)
    make_lists()
    assert listed_for(shop)[0] in ids(fruit)
    for product in fruit[:4]:
        actions.reject(shop.owner, product)
    make_lists()
    assert set(listed_for(shop)[:4]) <= ids(tea)


def test_an_unknown_reason_and_a_stranger_are_refused() -> None:
    (product, *_others), *_kinds = kinds(1)
    with refused("matching.reason"):
        actions.reject(seller().owner, product, reason="because")
    with refused("request.forbidden"):
        actions.accept(make_member(), product)


def test_a_member_who_agrees_gets_her_own_list_and_everybodys_once_she_withdraws() -> None:
    fruit, shoes, _tea = kinds()
    for _time in range(4):
        bought(make_member(), shoes[0], days_ago=2)
    member = customer(None, Purpose.RECOMMENDATIONS)
    for product in fruit[:4]:
        bought(member, product)
    make_lists()
    own = queries.for_member(member)
    assert own.is_personal
    # The last of the six may be something else, for variety.
    assert len({entry.product_id for entry in own.entries[:6]} & ids(fruit)) >= 5
    withdraw_consent(member, Purpose.RECOMMENDATIONS)
    everybodys = queries.for_member(member)
    assert not everybodys.is_personal
    assert everybodys.entries[0].product_id == shoes[0].pk
    assert everybodys == queries.for_everybody()
    make_lists()
    assert not Selection.objects.filter(audience="member").exists()


def test_looks_count_only_with_the_consents_they_need() -> None:
    _fruit, shoes, tea = kinds()
    silent = customer(None, Purpose.RECOMMENDATIONS)
    telling = customer(None, Purpose.RECOMMENDATIONS, Purpose.BROWSING)
    for member in (silent, telling):
        bought(member, shoes[0])
        for product in tea[:5]:
            looked_at(member, product)
            looked_at(member, product)
    make_lists()
    assert queries.for_member(telling).entries[0].product_id in ids(tea)
    goods, categories = told_of(queries.for_member(silent).entries)
    assert categories == {shoes[0].category_id}
    assert not goods & ids(tea)


def test_an_agents_list_knows_no_looks_that_her_customer_did_not_let_her_know() -> None:
    _fruit, _shoes, tea = kinds()
    shop = seller()
    for purposes in ((Purpose.BROWSING,), (Purpose.AGENT_ALERTS,)):
        who = customer(shop, *purposes)
        for product in tea[:4]:
            looked_at(who, product)
    make_lists()
    found = queries.for_agent(shop.owner)
    assert found is not None
    assert found.people == 0
    who = customer(shop, Purpose.BROWSING, Purpose.AGENT_ALERTS)
    looked_at(who, tea[0])
    Selection.objects.update(due_at=clock.now())
    make_lists()
    again = queries.for_agent(shop.owner)
    assert again is not None
    assert again.people == 1


def test_nobody_without_consent_ever_gets_a_list_of_her_own() -> None:
    kinds(2)
    member = customer(None)
    make_lists()
    assert not queries.for_member(member).is_personal
    assert not queries.for_member(None).is_personal
    assert not Selection.objects.filter(audience="member").exists()


def test_what_a_member_hides_is_gone_at_once_and_stays_away() -> None:
    fruit, _shoes, _tea = kinds()
    member = customer(None, Purpose.RECOMMENDATIONS)
    bought(member, fruit[0])
    make_lists()
    shown = queries.for_member(member).entries[0].product_id
    product = Product.objects.get(pk=shown)
    actions.hide(member, product)
    assert shown not in [entry.product_id for entry in queries.for_member(member).entries]
    make_lists()
    assert shown not in [entry.product_id for entry in queries.for_member(member).entries]
    assert actions.unhide(member, product)
    make_lists()
    assert shown in [entry.product_id for entry in queries.for_member(member).entries]


def test_what_was_bought_lately_is_not_recommended_again_yet() -> None:
    fruit, _shoes, _tea = kinds()
    member = customer(None, Purpose.RECOMMENDATIONS)
    bought(member, fruit[0], days_ago=3)
    bought(member, fruit[1], days_ago=90)
    make_lists()
    shown = [entry.product_id for entry in queries.for_member(member).entries]
    assert fruit[0].pk not in shown
    assert fruit[1].pk in shown


def test_what_goes_with_a_product_is_what_the_same_people_bought() -> None:
    fruit, shoes, tea = kinds()
    for _time in range(4):
        who = make_member()
        bought(who, fruit[0])
        bought(who, tea[3])
    bought(make_member(), shoes[0])
    make_lists()
    entry = queries.goes_with(fruit[0].pk)[0]
    assert entry.product_id == tea[3].pk
    assert (entry.why[0].code, entry.why[0].about) == ("together", fruit[0].pk)


def test_groups_are_of_three_customers_or_more_and_get_lists_of_their_own() -> None:
    fruit, shoes, tea = kinds()
    shop = seller()
    for product, number in ((fruit[0], 4), (shoes[0], 3), (tea[0], 2)):
        for _time in range(number):
            bought(customer(shop), product, shop=shop)
    make_lists()
    found = queries.groups_of(shop.owner)
    assert [(group.part, group.people) for group in found] == [(fruit[0].category_id, 4), (shoes[0].category_id, 3)]
    assert found[0].entries[0].product_id in ids(fruit)
    assert found[1].entries[0].product_id in ids(shoes)


def test_what_to_share_today_is_from_her_shop_and_names_whom_it_suits() -> None:
    first, _second, (fruit, shoes, _tea) = fruit_and_shoes()
    for product in (fruit[5], shoes[5]):
        ShopItem.objects.create(shop=first, product=product)
    lover = customer(first)
    for product in fruit[:5]:
        bought(lover, product, shop=first)
    make_lists()
    advice = queries.share_today(first.owner, limit=1)
    assert [each.product_id for each in advice] == [fruit[5].pk]
    assert advice[0].customer_ids
    assert queries.share_today(make_member()) == ()


def test_the_lists_are_made_anew_after_half_a_day_and_not_before(moving_clock: MovingClock) -> None:
    kinds(2)
    seller()
    assert actions.refresh_selections(100) == 1
    assert actions.refresh_selections(100) == 0
    moving_clock.advance(hours=13)
    assert actions.refresh_selections(100) == 1


def test_reading_a_list_is_one_statement(statements: Statements) -> None:
    fruit, _shoes, _tea = kinds(3)
    shop = seller()
    member = customer(shop, Purpose.RECOMMENDATIONS)
    bought(member, fruit[0], shop=shop)
    make_lists()
    for read in (
        lambda: queries.for_member(member),
        lambda: queries.for_member(None),
        lambda: queries.for_agent(shop.owner),
        lambda: queries.goes_with(fruit[0].pk),
        queries.safe_picks,
    ):
        with statements(1):
            read()


def test_an_empty_shop_and_nothing_made_yet_are_empty_lists() -> None:
    shop = seller()
    assert actions.refresh_selections(100) == 0
    assert queries.for_agent(shop.owner) is None
    assert queries.for_everybody().entries == ()
    assert queries.safe_picks() == ()
    assert queries.goes_with(1) == ()


def test_the_audit_finds_a_personal_list_without_consent(moving_clock: MovingClock) -> None:
    fruit, _shoes, _tea = kinds(1)
    member = customer(None, Purpose.RECOMMENDATIONS)
    bought(member, fruit[0])
    make_lists()
    assert list(audit.violations()) == []
    withdraw_consent(member, Purpose.RECOMMENDATIONS)
    assert list(audit.violations()) == []
    moving_clock.advance(hours=2)
    assert [violation.invariant for violation in audit.violations()] == ["matching.consent"]


def test_lists_for_agents_differ_and_their_overlap_is_counted() -> None:
    fruit_and_shoes()
    make_lists()
    shared = queries.overlap(queries.lists_for_agents(), first=8)
    assert shared is not None
    assert shared <= 0.5
    assert queries.overlap([]) is None
    (one, *_others) = queries.lists_for_agents()
    assert queries.overlap([one, one]) == 1.0


def test_everybody_with_a_list_is_counted_for_the_staff_only() -> None:
    kinds(1)
    seller()
    make_lists()
    rows = {row.audience: row.lists for row in queries.coverage(make_staff(Role.OWNER))}
    assert rows["agent"] == 1
    assert rows["everybody"] == 1
    with pytest.raises(DomainError):
        queries.coverage(make_member())


def test_nothing_of_one_agent_reaches_the_list_of_another() -> None:
    _first, second, (_fruit, shoes, _tea) = fruit_and_shoes()
    make_lists()
    goods, categories = told_of([entry for group in queries.groups_of(second.owner) for entry in group.entries])
    assert categories == {shoes[0].category_id}
    assert goods <= ids(shoes)


def test_what_rested_on_a_consent_goes_with_it() -> None:
    fruit, _shoes, _tea = kinds(2)
    shop = seller()
    member = customer(shop, Purpose.RECOMMENDATIONS, Purpose.BROWSING, Purpose.AGENT_ALERTS)
    looked_at(member, fruit[0])
    make_lists()
    actions.hide(member, fruit[1])
    assert not Selection.objects.filter(audience="agent", due_at__lte=clock.now()).exists()
    reactions.forget_what_it_rested_on(ConsentWithdrawn(user_id=member.pk, purpose=Purpose.AGENT_ALERTS))
    assert Selection.objects.filter(audience="agent", subject_id=shop.owner_id, due_at__lte=clock.now()).exists()
    assert Selection.objects.filter(audience="member").exists()
    reactions.forget_what_it_rested_on(ConsentWithdrawn(user_id=member.pk, purpose=Purpose.RECOMMENDATIONS))
    assert not Selection.objects.filter(audience="member").exists()
    assert not Verdict.objects.exists()

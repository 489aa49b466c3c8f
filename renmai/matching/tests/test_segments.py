"""Goods for a segment: made when the staff asks, shown to whoever belongs to it and agrees at this moment, never to anybody else."""

import pytest

from renmai.accounts.actions import withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentWithdrawn
from renmai.accounts.models import ActLog, Role, User
from renmai.accounts.tests.factories import Statements, make_member, make_staff
from renmai.catalogue.models import Product
from renmai.insight.portraits.actions import archive, compose, refresh
from renmai.insight.portraits.models import Segment
from renmai.matching import actions, reactions, segment_lists
from renmai.matching.models import Selection
from renmai.matching.tests.town import bought, customer, kinds, make_lists
from renmai.ordering.tests.making import refused

pytestmark = pytest.mark.django_db


def town() -> tuple[Segment, list[User], list[list[Product]]]:
    """Four members who bought fruit and are the segment of whoever bought thrice, and more people who buy shoes once."""
    fruit, shoes, tea = kinds(6)
    members = [customer(None, Purpose.RECOMMENDATIONS) for _one in range(4)]
    for number, member in enumerate(members):
        for product in fruit[number % 2 : number % 2 + 3]:
            bought(member, product)
    others = [customer(None, Purpose.RECOMMENDATIONS) for _one in range(9)]
    for number, other in enumerate(others):
        bought(other, shoes[number % 6], days_ago=3)
    refresh([each.pk for each in (*members, *others)])
    conditions = [{"field": "orders", "comparison": "at_least", "values": ["3"]}]
    segment = compose(make_staff(Role.OWNER), name="常客", match="all", conditions=conditions)
    return segment, [*members, others[0]], [fruit, shoes, tea]


def test_members_who_agree_see_the_list_and_everybody_else_what_sells(statements: Statements) -> None:
    segment, (one, two, three, _four, other), (fruit, _shoes, _tea) = town()
    owner = make_staff(Role.MERCHANDISER)
    with refused("request.not_found"):
        segment_lists.shown_to(one, segment.pk)
    segment_lists.begin(owner, segment.pk)
    assert not segment_lists.shown_to(one, segment.pk).is_personal, "nothing is made yet"
    make_lists()
    made = segment_lists.of_segment(owner, segment.pk)
    assert made is not None
    assert (made.people, made.is_due) == (4, False)
    assert {entry.product_id for entry in made.entries[:5]} <= {product.pk for product in fruit}
    assert all(entry.why for entry in made.entries[:3])
    with statements(3):
        hers = segment_lists.shown_to(one, segment.pk)
    assert (hers.is_personal, hers.entries) == (True, made.entries)
    actions.hide(one, Product.objects.get(pk=made.entries[0].product_id))
    assert segment_lists.shown_to(one, segment.pk).entries == made.entries[1:]
    assert segment_lists.shown_to(two, segment.pk).entries == made.entries
    withdraw_consent(three, Purpose.RECOMMENDATIONS)
    for stranger in (three, other, make_member(), None):
        found = segment_lists.shown_to(stranger, segment.pk)
        assert (found.is_personal, found.strategy) == (False, "popular")


def test_a_list_needs_three_who_agree_and_learns_nothing_of_who_does_not() -> None:
    segment, (one, two, three, four, _other), _shelves = town()
    owner = make_staff(Role.OWNER)
    segment_lists.begin(owner, segment.pk)
    withdraw_consent(four, Purpose.RECOMMENDATIONS)
    make_lists()
    assert segment_lists.shown_to(one, segment.pk).is_personal
    withdraw_consent(three, Purpose.RECOMMENDATIONS)
    reactions.forget_what_it_rested_on(ConsentWithdrawn(user_id=three.pk, purpose=Purpose.RECOMMENDATIONS))
    make_lists()
    made = segment_lists.of_segment(owner, segment.pk)
    assert made is not None
    assert (made.people, made.entries) == (2, ())
    assert not segment_lists.shown_to(two, segment.pk).is_personal


def test_a_list_goes_when_it_is_given_up_and_when_its_segment_is_put_away() -> None:
    segment, (one, *_rest), _shelves = town()
    owner = make_staff(Role.OWNER)
    with refused("request.forbidden"):
        segment_lists.begin(make_staff(Role.ANALYST), segment.pk)
    for _twice in range(2):
        segment_lists.begin(owner, segment.pk)
    segment_lists.give_up(owner, segment.pk)
    with refused("request.not_found"):
        segment_lists.give_up(owner, segment.pk)
    make_lists()
    assert segment_lists.of_segment(owner, segment.pk) is None
    acts = ActLog.objects.filter(act__startswith="matching.segment").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["matching.segment_begun", "matching.segment_given_up"]
    segment_lists.begin(owner, segment.pk)
    archive(owner, segment.pk)
    with refused("request.not_found"):
        segment_lists.shown_to(one, segment.pk)
    make_lists()
    assert not Selection.objects.filter(audience="segment").exists()

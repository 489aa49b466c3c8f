"""What a person decides about her portrait takes effect at once and stays."""

from typing import Any

import pytest

from renmai.accounts.actions import give_consent, withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentGiven, ConsentWithdrawn
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.insight.portraits import actions, reactions
from renmai.insight.portraits.facets import Facet, Source
from renmai.insight.portraits.models import Correction, Interest
from renmai.insight.portraits.queries import evidence, for_agent, interests_of, likeness, own
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tests.test_facts import keeper
from renmai.insight.portraits.tests.world import NOON, bought, did, follower, goods
from renmai.insight.stream.delivery import Consumer, drain
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import deliver_due
from renmai.sharing.models import Binding

pytestmark = pytest.mark.django_db
READERS = (Consumer(READER, actions.on_events),)
REACTIONS: Any = {ConsentGiven: (reactions.follow_again,), ConsentWithdrawn: (reactions.forget_looks,)}


def values(user: User, facet: Facet = Facet.CATEGORY) -> set[str]:
    """Return the values of a facet that her portrait keeps."""
    return set(Interest.objects.filter(user=user, facet=facet).exclude(value="").values_list("value", flat=True))


def test_a_correction_takes_an_interest_out_for_good_and_can_be_taken_back() -> None:
    her, nappies, tea = follower(), goods("baby"), goods("tea")
    for product in (nappies, tea):
        did("product_viewed", user=her, product=product)
    bought(her, nappies)
    actions.refresh([her.pk])
    drain(READERS)
    correction = actions.correct(her, facet="category", value="baby")
    assert values(her) == {"tea"}
    did("product_viewed", user=her, product=nappies)
    drain(READERS)
    actions.refresh([her.pk])
    actions.rebuild()
    assert values(her) == {"tea"}, "neither a new look nor a rebuild brings it back"
    actions.take_back(her, correction.pk)
    actions.refresh_due(10)
    assert values(her) == {"tea", "baby"}
    assert Interest.objects.get(user=her, facet="category", value="baby", source=Source.BROWSING).count == 2


def test_only_ones_own_portrait_can_be_corrected() -> None:
    her, other, tea = follower(), follower(), goods("tea")
    did("product_viewed", user=her, product=tea)
    drain(READERS)
    for facet, value in (("category", "tea"), ("category", ""), ("nothing", "tea"), ("user", "1")):
        with pytest.raises(DomainError) as refused:
            actions.correct(other, facet=facet, value=value)
        assert refused.value.code == "portraits.interest"
    correction = actions.correct(her, facet="category", value="tea")
    with pytest.raises(DomainError):
        actions.take_back(other, correction.pk)
    assert Correction.objects.get() == correction


def test_withdrawing_hides_at_once_deletes_soon_and_keeps_orders() -> None:
    her, tea, home = follower(), goods("tea"), goods("home")
    did("product_viewed", user=her, product=tea)
    bought(her, home)
    actions.refresh([her.pk])
    drain(READERS)
    withdraw_consent(her, Purpose.BROWSING)
    with clock.travel(NOON):
        assert {shown.source for shown in likeness(her).shown} == {Source.ORDERS}
        assert interests_of([her.pk], Facet.CATEGORY) == {}
        assert evidence(her, source=Source.BROWSING, facet=Facet.CATEGORY, value="tea") == ()
    deliver_due(REACTIONS)
    assert values(her) == {"home"}
    did("product_viewed", user=her, product=tea)
    drain(READERS)
    assert values(her) == {"home"}, "a second later nothing is kept"
    give_consent(her, Purpose.BROWSING)
    deliver_due(REACTIONS)
    actions.refresh_due(10)
    assert values(her) == {"home", "tea"}


def test_forgetting_leaves_no_interest_and_no_evidence() -> None:
    her, tea = follower(), goods("tea")
    browser = Visitor.objects.create(user=her)
    did("product_viewed", user=her, visitor=browser, product=tea)
    drain(READERS)
    assert actions.forget(her) == Interest.objects.filter(user=her).count() + 6
    assert own(her).shown == ()


def test_every_interest_opens_into_what_it_was_counted_from() -> None:
    her, tea, other = follower(), goods("tea"), goods("home")
    for product in (tea, tea, other):
        did("product_viewed", user=her, product=product)
    order = bought(her, tea)
    actions.refresh([her.pk])
    drain(READERS)
    with clock.travel(NOON):
        for shown in own(her).shown:
            for taste in shown.tastes:
                rows = evidence(her, source=shown.source, facet=shown.facet, value=taste.value)
                assert len(rows) == taste.count, (shown.facet, taste.value)
                assert max(row.at for row in rows) == taste.last_at
                assert sum(row.weight for row in rows) == pytest.approx(taste.strength)
    (bought_row,) = evidence(her, source=Source.ORDERS, facet=Facet.CATEGORY, value="tea")
    assert (bought_row.what, bought_row.order_number, bought_row.product) == ("purchase", order.number, tea)


def test_an_agent_sees_her_own_customers_and_what_they_allow() -> None:
    _agent, shop = keeper()
    _other, other_shop = keeper()
    her, tea = follower(), goods("tea")
    Binding.objects.create(customer=her, shop=shop, protected_until=NOON)
    did("cart_added", user=her, product=tea)
    bought(her, goods("home"))
    actions.refresh([her.pk])
    drain(READERS)
    with clock.travel(NOON):
        shown = for_agent(shop, her.pk)
        assert shown is not None
        assert {row.source for row in shown} == {Source.BROWSING}
        assert {row.facet for row in shown} == {Facet.CATEGORY, Facet.PRICE, Facet.HOUR, Facet.WANTS}
        actions.show_to_agent(her, "goods", wanted=False)
        actions.show_to_agent(her, "goods", wanted=False)
        assert {row.facet for row in for_agent(shop, her.pk) or ()} == {Facet.CATEGORY, Facet.PRICE, Facet.HOUR}
        actions.show_to_agent(her, "goods", wanted=True)
        assert len(for_agent(shop, her.pk) or ()) == 4
        with pytest.raises(DomainError) as refused:
            for_agent(other_shop, her.pk)
        assert refused.value.code == "portraits.not_hers"
        withdraw_consent(her, Purpose.AGENT_ALERTS)
        assert for_agent(shop, her.pk) is None
    Binding.objects.update(status=Binding.Status.ENDED)
    with pytest.raises(DomainError):
        for_agent(shop, her.pk)


def test_there_are_no_other_parts() -> None:
    with pytest.raises(DomainError) as refused:
        actions.show_to_agent(make_member(), "phone", wanted=True)
    assert refused.value.code == "portraits.part"


def test_matching_is_told_only_of_those_who_agree_to_recommendations() -> None:
    her, quiet, tea = follower(), follower(), goods("tea")
    for user in (her, quiet):
        did("product_viewed", user=user, product=tea)
    drain(READERS)
    withdraw_consent(quiet, Purpose.RECOMMENDATIONS)
    assert interests_of([her.pk, quiet.pk], Facet.CATEGORY).keys() == {her.pk}

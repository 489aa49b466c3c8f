"""What a customer sees of group buys, clicks and is refused."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import play
from renmai.campaigns.queries import offers_on, told_of
from renmai.campaigns.queries.running import forget_running
from renmai.journeys.tests.world import agent_with_shop, comes_through, customer, fresh
from renmai.ordering.models import AfterSale
from renmai.plays.groupbuy import queries
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.tests.world import campaign, joined, member_of_street, now, opened, order, pay, settle_down, sku_of
from renmai.sharing.actions import bind
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def browser(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def page_of(group: Group) -> str:
    return reverse("groupbuy:group", args=[group.number])


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_from_the_product_to_a_group() -> None:
    who, running = customer(), campaign()
    with translation.override("en"):
        (offer,) = offers_on(sku_of(running).product_id)
    assert (offer.label, offer.price_fen, offer.detail) == (
        "Buy it together with 3 people",
        1500,
        "2 people: ¥20.00 · 3 people: ¥15.00",
    )
    client = browser(who.user)
    shown = text_of(client.get(offer.url))
    assert "Open a group for ¥20.00" in shown
    assert f'value="groupbuy:{running.pk}:"' in shown
    checkout = client.get(f"/checkout/?sku_id={sku_of(running).pk}&quantity=1&play=groupbuy:{running.pk}:")
    assert "Group price" in text_of(checkout)


def test_a_group_to_strangers_and_to_its_members(moving_clock: MovingClock) -> None:
    leader = make_member("林小满")
    group = opened(campaign(terms={"threshold": 2}), who=member_of_street(leader.pk))
    guest = text_of(browser().get(page_of(group)))
    assert "林**" in guest
    assert "林小满" not in guest
    assert "2 more people, and it is complete" in guest
    assert "With at least 2 people it counts as complete" in guest
    assert "Join for ¥20.00" in guest
    assert f'value="groupbuy:{group.campaign_id}:{group.number}.new"' in guest
    own = text_of(browser(leader).get(page_of(group)))
    assert "You are in" in own
    assert "Leave the group" in own
    assert "Join for" not in own
    moving_clock.advance(hours=24)
    assert "Time is up" in text_of(browser().get(page_of(group)))
    settle_down()
    assert "It was not complete in time" in text_of(browser().get(page_of(group)))
    assert "Open a group of your own" in text_of(browser().get(page_of(group)))


def test_a_complete_group_says_so() -> None:
    group = opened(campaign(terms={"tiers": [[2, 2000]]}))
    seat = joined(group)
    shown = text_of(browser(seat.user).get(page_of(group)))
    assert "Complete!" in shown
    assert "2 people buy it for ¥20.00 each. All places were taken." in shown
    assert seat.order.number in shown


def test_leaving_by_the_page() -> None:
    who = customer()
    group = opened(campaign(), who=who)
    joined(group)
    client = browser(who.user)
    answer = client.post(reverse("groupbuy:leave", args=[group.number]), follow=True)
    assert "You have left the group." in text_of(answer)
    again = client.post(reverse("groupbuy:leave", args=[group.number]), follow=True)
    assert "You are not in this group." in text_of(again)
    assert client.post(reverse("groupbuy:leave", args=["G000000-NOBODY"])).status_code == 404
    assert now(group).joined == 1


def listed_for(user: User, *, campaign_id: int | None = None) -> list[Group]:
    return queries.groups_of_people_known(user, queries.people_known(user), campaign_id=campaign_id)


def test_only_groups_of_people_one_knows_are_listed() -> None:
    running, hidden = campaign(), campaign(terms={"is_listed": False})
    viewer = customer()
    assert listed_for(viewer.user) == []
    friend, stranger = customer(), customer()
    # They were in a group together before.
    past = opened(campaign(), who=viewer)
    joined(past, who=friend)
    theirs = opened(running, who=friend)
    opened(running, who=stranger)
    opened(hidden, who=friend)
    assert listed_for(viewer.user) == [theirs]
    assert listed_for(viewer.user, campaign_id=hidden.pk) == []
    shown = text_of(browser(viewer.user).get(reverse("groupbuy:together")))
    assert "People you know are waiting" in shown
    assert theirs.number in shown
    assert shown.count('class="list-row group-row"') == 1 + 1 + 3  # her own, her friend's, and the campaigns
    joined(theirs, who=viewer)
    assert listed_for(viewer.user) == []


def test_people_known_come_from_the_shop_and_from_links() -> None:
    agent, shop = agent_with_shop()
    first, second, outsider = customer(), customer(), customer()
    assert queries.people_known(first.user) == frozenset()
    comes_through(first, shop)
    assert queries.people_known(first.user) == {agent.user_id}
    for who in (first, second):
        bind(customer_id=who.user.pk, shop_id=shop.pk, reason="order", evidence={})
    assert queries.people_known(first.user) == {agent.user_id, second.user.pk}
    assert queries.people_known(shop.owner) == {first.user.pk, second.user.pk}
    assert queries.people_known(outsider.user) == frozenset()


def test_the_list_costs_the_same_for_one_and_for_many(
    statements: Callable[[int], AbstractContextManager[None]], moving_clock: MovingClock
) -> None:
    viewer, friend = customer(), customer()
    past = opened(campaign(), who=viewer)
    joined(past, who=friend)
    client = browser(viewer.user)
    for count in (1, 20):
        while Campaign.objects.count() < 1 + count:
            opened(campaign(), who=friend)
        forget_running()
        client.get(reverse("groupbuy:together"))
        with statements(16):
            shown = text_of(client.get(reverse("groupbuy:together")))
        assert shown.count("<time") >= count


def test_one_s_own_groups() -> None:
    who = customer()
    assert "You have not bought anything together yet" in text_of(browser(who.user).get(reverse("groupbuy:mine")))
    group = opened(campaign(), who=who)
    shown = text_of(browser(who.user).get(reverse("groupbuy:mine")))
    assert group.number in shown
    assert Seat.objects.get().order.number in shown
    assert "In the group" in shown


def test_passing_on_a_group_and_a_campaign() -> None:
    who = customer()
    group = opened(campaign(), who=who)
    client = browser(who.user)
    shared = text_of(client.get(reverse("groupbuy:share_group", args=[group.number])))
    assert "¥15.00 for 3 people together" in shared
    assert "/s/" in shared
    assert client.get(reverse("groupbuy:share_campaign", args=[group.campaign.number])).status_code == 200


def test_the_order_says_what_it_waits_for(moving_clock: MovingClock) -> None:
    def said(placed: Any) -> str:
        with translation.override("en"):
            (told,) = told_of(fresh(placed))
        return str(told.sentence)

    group = opened(campaign())
    placed = order(group.campaign, group.number)
    assert said(placed) == "Your place in the group is taken once you have paid."
    pay(placed)
    assert said(placed).startswith("Your group waits for 1 more person until ")
    joined(group)
    assert said(placed) == "Your group is complete: 3 people buy it for ¥15.00 each."
    slow, lonely = order(group.campaign), order(group.campaign)
    pay(lonely)
    Campaign.objects.update(status="stopped")
    pay(slow)
    assert said(slow).startswith("The group was over when your payment came.")
    moving_clock.advance(days=1)
    settle_down()
    assert said(lonely).startswith("Your group was not complete in time.")


def test_figures_add_up(moving_clock: MovingClock) -> None:
    running, who = campaign(terms={"tiers": [[2, 2000]]}), customer()
    done = opened(running, who=who)
    moving_clock.advance(minutes=10)
    joined(done)
    opened(running, who=who)
    moving_clock.advance(days=1)
    opened(running)
    settle_down()
    with translation.override("en"):
        found = {str(figure.label): figure.value for figure in play("groupbuy").figures(running)}
    assert found == {
        "Groups opened": 3,
        "Complete": 1,
        "Complete of ended": 5000,
        "Time to fill": 600,
        "People in complete groups": 2,
        "People per group": 2,
        "Given back": 2800,
        "New customers": 2,
    }


def test_the_editor_shows_a_group_as_customers_will_see_it() -> None:
    terms = campaign(terms={"leader_off_fen": 100}).terms
    with translation.override("en"):
        shown = render_to_string("groupbuy/preview.html", dict(play("groupbuy").preview(terms)))
    assert "1 of 3 seats taken" in shown
    assert "¥19.00" in shown


def test_what_went_back_says_why_in_words(moving_clock: MovingClock) -> None:
    who = customer()
    group = opened(campaign(), who=who)
    number = Seat.objects.get(group=group).order.number
    moving_clock.advance(days=1)
    settle_down()
    client = browser(who.user)
    claim = AfterSale.objects.get(order__number=number)
    shown = text_of(client.get(reverse("storefront:after_sale", args=[claim.number])))
    assert "What the order waited for did not come about in time" in shown
    assert "not_reached" not in shown
    assert "Your note" not in shown
    done = opened(campaign(), who=who)
    for _number in range(2):
        joined(done)
    settle_down()
    number = Seat.objects.get(group=done, user=who.user).order.number
    shown = text_of(client.get(reverse("storefront:order", args=[number])))
    assert "What it waited for came about" in shown
    assert "¥5.00 of it goes back" in shown


def test_one_tab_is_the_current_one() -> None:
    who = customer()
    shown = text_of(browser(who.user).get(reverse("groupbuy:mine")))
    assert shown.count('aria-current="page"') == 1
    assert "Together" in shown


def test_who_has_paid_is_led_to_her_group_and_told_what_it_waits_for() -> None:
    running, leader = campaign(), customer()
    group = opened(running, who=leader)
    placed = group.seats.get().order
    paid = text_of(browser(leader.user).get(f"/orders/{placed.number}/paid/"))
    assert "It is packed as soon as enough people have joined." in paid
    assert "We pack it now." not in paid
    assert f'href="{page_of(group)}"' in paid


def test_a_group_that_waits_is_named_as_such_where_its_leader_deletes_her_account() -> None:
    who = customer()
    group = opened(campaign(), who=who)
    page = text_of(browser(who.user).get(reverse("storefront:delete_account")))
    assert "The group that you opened waits for others" in page
    assert f'href="{page_of(group)}"' in page
    assert Seat.objects.get(group=group).order.number not in page, "its order is not named beside it"
    assert "not finished" not in page
    friend = customer()
    joined(group, who=friend)
    assert "Your group waits for others" in text_of(browser(friend.user).get(reverse("storefront:delete_account")))

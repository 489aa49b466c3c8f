"""What a member sees, types and is told."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from renmai.accounts.actions import note_sign_in
from renmai.accounts.models import User
from renmai.accounts.tests.factories import HERE, make_member
from renmai.journeys.tests.world import agent_with_shop, buy, goods
from renmai.plays.invitation.actions import code_of, enter_code
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.tests.world import inviting, kept, newcomer, tied
from renmai.sharing.models import Share
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

MINE, ENTER = reverse("invitation:mine"), reverse("invitation:enter")


def browser(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en", "user-agent": "Mozilla/5.0 (iPhone)"})
    if user is not None:
        client.force_login(user)
    return client


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def landing(user: User) -> str:
    return reverse("invitation:landing", args=[code_of(user)])


def test_an_agents_link_to_the_campaign_is_her_own_invitation() -> None:
    (_agent, shop), running = agent_with_shop(), inviting()
    share = browser(shop.owner).post(reverse("workbench:campaign_share", args=[running.pk]))
    link = Share.objects.get(sharer=shop.owner)
    assert (share.status_code, link.page, link.campaign_id) == (302, landing(shop.owner), running.pk)
    seen = text_of(browser().get(f"/s/{link.code}", follow=True))
    assert all(said in seen for said in (f"{shop.owner.display_name} invites you", "commission", "What is promised"))


def test_from_the_link_to_being_tied() -> None:
    inviting()
    elder = make_member("钱多多")
    friend = newcomer()
    shown = text_of(browser().get(landing(elder)))
    assert "Join and accept" in shown
    assert f"/sign-in/?next={landing(elder)}" in shown
    assert "The inviter gets 500 points, for at most 10 friends a month." in shown
    client = browser(friend.user)
    assert "Accept" in text_of(client.get(landing(elder)))
    welcome = text_of(client.post(reverse("invitation:accept", args=[code_of(elder)]), follow=True))
    assert "Welcome! 钱** invited you." in welcome
    assert Invitation.objects.get().inviter_id == elder.pk
    # Once more, as when the link had tied them before: the same welcome. Somebody else's: refused, and said.
    again = text_of(client.post(reverse("invitation:accept", args=[code_of(elder)]), follow=True))
    assert "Welcome! 钱** invited you." in again
    other = text_of(client.post(reverse("invitation:accept", args=[code_of(make_member())]), follow=True))
    assert "钱** invited you already. That stays." in other
    assert "钱** invited you. That stays." in text_of(client.get(landing(elder)))


def test_a_code_is_typed_and_what_is_wrong_stands_beside_it() -> None:
    inviting()
    elder, friend = make_member(), newcomer()
    client = browser(friend.user)
    assert "I was invited: enter a code" in text_of(client.get(MINE))
    assert "There is no such invitation code." in text_of(client.post(ENTER, {"code": "AAAABBBB"}), 409)
    assert "That is your own code." in text_of(client.post(ENTER, {"code": code_of(friend.user)}), 409)
    assert text_of(client.post(ENTER, {"code": ""}), 400)
    assert "Welcome!" in text_of(client.post(ENTER, {"code": code_of(elder).lower()}, follow=True))
    assert "That stays." in text_of(client.get(ENTER))


def test_two_with_one_browser_are_told_that_somebody_looks() -> None:
    inviting()
    elder, friend = make_member(), newcomer()
    for user in (elder, friend.user):
        note_sign_in(user, device="one-tablet", label="iPad", ip_address=HERE)
    told = text_of(browser(friend.user).post(ENTER, {"code": code_of(elder)}, follow=True))
    assert "somebody looks at it before rewards are given" in told


def test_whom_i_brought_and_how_far_they_are(moving_clock: MovingClock) -> None:
    campaign = inviting()
    elder = make_member()
    assert "Nobody yet" in text_of(browser(elder).get(MINE))
    _elder, friend, _tie = tied(elder, campaign=campaign)
    User.objects.filter(pk=friend.user.pk).update(display_name="林小满")
    assert "Has joined" in text_of(browser(elder).get(MINE))
    (sku,) = goods(freight=False)
    buy(friend, [(sku, 1)])
    shown = text_of(browser(elder).get(MINE))
    assert "Your reward comes when her order is kept: about 03-27" in shown
    assert "林**" in shown
    assert "林小满" not in shown
    kept(friend, moving_clock)
    shown = text_of(browser(elder).get(MINE))
    assert "Kept, the reward is on its way" in shown
    assert "1 of 10 rewards of this month" in shown


def test_who_is_not_invited_any_more_is_told_kindly() -> None:
    inviting()
    elder, buyer = make_member(), newcomer()
    (sku,) = goods()
    buy(buyer, [(sku, 1)])
    assert "You are welcome all the same." in text_of(browser(buyer.user).get(landing(elder)))
    assert "This is what your friends see." in text_of(browser(elder).get(landing(elder)))
    assert browser().get("/play/invitation/c/AAAA2222/").status_code == 404


def test_without_a_campaign_nothing_is_promised() -> None:
    elder = make_member()
    code_of(elder)
    assert "There is no invitation campaign at the moment." in text_of(browser().get(landing(elder)))
    assert "There is no invitation campaign at the moment." in text_of(browser(elder).get(MINE))
    paused = inviting(fields={"status": "paused"})
    assert browser(elder).get(reverse("invitation:share", args=[paused.pk])).status_code == 404


def test_my_link_leads_to_my_invitation() -> None:
    campaign, elder = inviting(), make_member()
    shown = text_of(browser(elder).get(reverse("invitation:share", args=[campaign.pk])))
    assert "The inviter gets 500 points and you get 500 points for the first order that you keep." in shown
    assert "nobody earns on it" not in shown
    link = elder.shares.get()
    assert (link.page, link.campaign_id) == (landing(elder), campaign.pk)


def test_my_page_asks_the_same_for_one_friend_and_for_twenty() -> None:
    campaign, elder = inviting(), make_member()
    counted = []
    for number in (1, 20):
        while Invitation.objects.count() < number:
            enter_code(newcomer().user, code_of(elder), campaign_id=campaign.pk)
        client = browser(elder)
        client.get(MINE)
        with CaptureQueriesContext(connection) as sent:
            text_of(client.get(MINE))
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 17

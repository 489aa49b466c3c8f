"""What a customer sees, clicks and is refused."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.campaigns.queries import offers_on
from renmai.journeys.tests.world import Customer, customer
from renmai.plays.bargain.models import Bargain, Cut
from renmai.plays.bargain.play import PLAY
from renmai.plays.bargain.tests.world import FLOOR, PRICE, bargaining, helped, now, ordered, started

pytestmark = pytest.mark.django_db

IN_WECHAT = "Mozilla/5.0 (iPhone) AppleWebKit/605.1 MicroMessenger/8.0"
IN_WECOM = "Mozilla/5.0 (iPhone) AppleWebKit/605.1 wxwork/4.1 MicroMessenger/7.0"


def browser(user: User | None = None, *, agent: str = "Mozilla/5.0 (iPhone)") -> Client:
    client = Client(headers={"accept-language": "en", "user-agent": agent})
    if user is not None:
        client.force_login(user)
    return client


def page_of(bargain: Bargain) -> str:
    return reverse("bargain:bargain", args=[bargain.number])


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_from_the_product_to_the_checkout() -> None:
    who, campaign = customer(), bargaining()
    with translation.override("en"):
        (offer,) = offers_on(campaign.products.get().product_id)
    assert (offer.price_fen, offer.label) == (FLOOR, "Bargain it down to ¥9.90 with 3 friends")
    client = browser(who.user)
    assert "Start bargaining" in text_of(client.get(offer.url))
    begun = client.post(reverse("bargain:start", args=[campaign.pk]))
    bargain = Bargain.objects.get()
    assert begun.headers["Location"] == page_of(bargain)
    assert "Ask friends to help" in text_of(client.get(page_of(bargain)))
    helped(bargain, 3)
    shown = text_of(client.get(page_of(bargain)))
    assert "The floor is reached." in shown
    assert "Ask friends to help" not in shown
    checkout = client.get(f"/checkout/?sku_id={bargain.sku_id}&quantity=1&play=bargain:{campaign.pk}:{bargain.number}")
    assert "¥9.90" in text_of(checkout)


def test_a_friend_helps_once_and_is_thanked() -> None:
    who, friend = customer(), make_member("钱多多")
    bargain = started(who)
    client = browser(friend)
    assert "Help to cut" in text_of(client.get(page_of(bargain)))
    thanked = text_of(client.post(reverse("bargain:help", args=[bargain.number]), follow=True))
    amount = Cut.objects.get().amount_fen
    assert f"You cut ¥{amount // 100}.{amount % 100:02d} off. Thank you!" in thanked
    assert "Help to cut" not in thanked
    assert "You have helped here already" in text_of(client.post(reverse("bargain:help", args=[bargain.number]), follow=True))
    # Others read the beginning of her name, and so does the starter.
    for viewer in (None, who.user):
        others = text_of(browser(viewer).get(page_of(bargain)))
        assert "钱**" in others
        assert "钱多多" not in others


def test_a_guest_is_shown_everything_and_asked_to_sign_in() -> None:
    bargain = started(customer())
    client = browser()
    assert f"/sign-in/?next={page_of(bargain)}" in text_of(client.get(page_of(bargain)))
    for address in (reverse("bargain:help", args=[bargain.number]), reverse("bargain:start", args=[bargain.campaign_id])):
        assert client.post(address).headers["Location"].startswith("/sign-in/")
    assert not Cut.objects.exists()


@pytest.mark.parametrize("agent", [IN_WECHAT, IN_WECOM])
def test_inside_wechat_there_is_the_reason_and_no_button(agent: str) -> None:
    who, friend = customer(), make_member()
    bargain = started(who)
    for viewer in (None, who.user, friend):
        client = browser(viewer, agent=agent)
        for address in (page_of(bargain), reverse("bargain:offer", args=[bargain.campaign_id])):
            shown = text_of(client.get(address))
            assert "This cannot go on inside WeChat: On WeChat links no friend is asked to help" in shown
            assert "微信外部链接内容管理规范" in shown
            assert 'action="/play/' not in shown
            for word in ("Help to cut", "Ask friends to help", "Sign in to help", "Start bargaining"):
                assert word not in shown
    client = browser(friend, agent=agent)
    answer = text_of(client.post(reverse("bargain:help", args=[bargain.number]), follow=True))
    assert "This breaks a rule: On WeChat links no friend is asked to help" in answer
    assert not Cut.objects.exists()
    assert client.get(reverse("bargain:share", args=[bargain.number])).status_code == 409


def test_each_state_says_what_to_do() -> None:
    who = customer()
    bargain = started(who)
    order = ordered(who, bargain)
    assert "Pay the order" in text_of(browser(who.user).get(page_of(bargain)))
    assert "the price stands still" in text_of(browser(make_member()).get(page_of(bargain)))
    assert reverse("storefront:order", args=[order.number]) in text_of(browser(who.user).get(page_of(bargain)))
    Bargain.objects.update(status="expired", order=None)
    assert "Bargain again" in text_of(browser(who.user).get(page_of(bargain)))


def test_my_bargains() -> None:
    who = customer()
    assert "No bargain yet" in text_of(browser(who.user).get(reverse("bargain:mine")))
    counted = []
    for number in (1, 20):
        while Bargain.objects.filter(owner=who.user).count() < number:
            started(who, bargaining())
        counted.append(_sent(who, reverse("bargain:mine")))
        # Its own picture, and the one of what can be bargained for.
        assert text_of(browser(who.user).get(reverse("bargain:mine"))).count('<img class="thumb') == 2 * number
    assert counted[0] == counted[1] == 8
    assert str(now(Bargain.objects.latest("pk")).number) in text_of(browser(who.user).get(reverse("bargain:mine")))


def test_the_page_of_a_bargain_asks_the_same_for_one_helper_and_for_twenty() -> None:
    who = customer()
    counted = []
    for number in (1, 20):
        bargain = started(who, bargaining(helpers=30))
        helped(bargain, number)
        counted.append(_sent(who, page_of(bargain)))
    assert counted[0] == counted[1] <= 16


def test_sharing_gives_a_link_to_this_bargain() -> None:
    who = customer()
    bargain = started(who)
    shown = text_of(browser(who.user).get(reverse("bargain:share", args=[bargain.number])))
    assert "¥9.90 with 3 friends" in shown
    link = who.user.shares.get()
    assert (link.page, link.campaign_id) == (page_of(bargain), bargain.campaign_id)


def test_the_preview_ends_on_the_floor() -> None:
    campaign = bargaining(helpers=7)
    shown = PLAY.preview(campaign.terms)
    assert (shown["steps"][0], shown["steps"][-1], len(shown["steps"])) == (PRICE, FLOOR, 9)
    assert PLAY.preview(campaign.terms | {"floor_fen": PRICE})["steps"] == ()
    assert PLAY.preview(campaign.terms | {"sku_id": 0})["sku"] is None


def test_the_figures_count_what_happened() -> None:
    who, campaign = customer(), bargaining()
    bargain = started(who, campaign)
    helped(bargain, 3)
    User.objects.filter(pk=Cut.objects.earliest("pk").helper_id).update(created_at="2020-01-01T00:00:00Z")
    started(customer(), campaign)
    with translation.override("en"):
        figures = {str(figure.label): figure.value for figure in PLAY.figures(campaign)}
    assert figures == {
        "Bargains started": 2,
        "Going on": 2,
        "Reached the floor": 1,
        "Bought": 0,
        "Bought of ended": None,
        "Helpers": 3,
        "New among the helpers": 2,
        "Helps": 3,
    }


def _sent(who: Customer, address: str) -> int:
    client = browser(who.user)
    client.get(address)
    with CaptureQueriesContext(connection) as sent:
        text_of(client.get(address))
    return len(sent)


def test_the_cards_of_many_are_one_statement() -> None:
    campaigns = [bargaining() for _number in range(3)]
    with CaptureQueriesContext(connection) as sent:
        found = PLAY.cards(campaigns)
    assert len(sent) == 1
    assert found == {campaign.pk: PLAY.card(campaign, PLAY.page(campaign)) for campaign in campaigns}
    assert len({card.price_fen for card in found.values()}) == 1

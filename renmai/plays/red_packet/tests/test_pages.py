"""What a customer sees of red packets, opens and is refused."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from renmai.accounts.models import User
from renmai.campaigns.queries.running import forget_running
from renmai.journeys.tests.lives import pay
from renmai.journeys.tests.world import Customer, agent_with_shop, customer, goods
from renmai.plays.red_packet.models import Packet
from renmai.plays.red_packet.play import PLAY
from renmai.plays.red_packet.tests.world import campaign, opened, ordered
from renmai.web.workbench import campaigns as workbench

pytestmark = pytest.mark.django_db

IN_WECHAT = "Mozilla/5.0 (iPhone) AppleWebKit/605.1 MicroMessenger/8.0"


def browser(user: User | None = None, *, agent: str = "Mozilla/5.0 (iPhone)") -> Client:
    client = Client(headers={"accept-language": "en", "user-agent": agent})
    if user is not None:
        client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(("given_to", "status"), [("everybody", 200), ("buyers", 200), ("new_members", 200), ("reward", 404)])
def test_agents_are_offered_a_page_only_where_packets_can_be_opened(given_to: str, status: int) -> None:
    _agent, shop = agent_with_shop()
    made = campaign(given_to=given_to)
    address = reverse("red_packet:campaign", args=[made.number])
    assert browser().get(address).status_code == status
    assert PLAY.page(made) == (address if status == 200 else "")
    assert [each.path for each in workbench.running(shop) if each.campaign.pk == made.pk] == [address] * (status == 200)


def test_she_opens_hers_and_finds_it_at_the_checkout() -> None:
    who, running, (peach,) = customer(), campaign(), goods()
    client, page = browser(who.user), reverse("red_packet:campaign", args=[running.number])
    assert "10 / 10" in text_of(client.get(page))
    answer = text_of(client.post(reverse("red_packet:open", args=[running.number]), follow=True))
    assert "¥2.00 for you" in answer
    assert "9 / 10" in answer
    assert 'method="post" action="/play/' not in answer
    assert "You have opened yours already" in text_of(client.post(reverse("red_packet:open", args=[running.number]), follow=True))
    packet = Packet.objects.get()
    assert packet.code in text_of(client.get(f"/checkout/?sku_id={peach.pk}&quantity=1&address_id={who.address_id}"))
    assert "Yours, to spend until" in text_of(client.get(page))


def test_a_guest_is_asked_to_sign_in() -> None:
    running = campaign()
    page = reverse("red_packet:campaign", args=[running.number])
    assert f"/sign-in/?next={page}" in text_of(browser().get(page))
    assert browser().post(reverse("red_packet:open", args=[running.number])).headers["Location"].startswith("/sign-in/")


def test_inside_wechat_there_is_the_reason_and_no_button() -> None:
    who, free, kept = customer(), campaign(), campaign(given_to="buyers")
    client = browser(who.user, agent=IN_WECHAT)
    shown = text_of(client.get(reverse("red_packet:campaign", args=[free.number])))
    assert "This cannot go on inside WeChat: On WeChat nobody is rewarded for the act of sharing" in shown
    assert "微信外部链接内容管理规范" in shown
    assert 'action="/play/' not in shown
    assert "WeChat does not allow" in text_of(client.post(reverse("red_packet:open", args=[free.number]), follow=True))
    assert "These are for customers who have bought" in text_of(client.get(reverse("red_packet:campaign", args=[kept.number])))
    assert not Packet.objects.exists()


def test_mine_says_what_became_of_each() -> None:
    who, (peach,) = customer(), goods()
    client = browser(who.user)
    assert "No red packet just now" in text_of(client.get(reverse("red_packet:mine")))
    packet = opened(who)
    assert "Valid until" in text_of(client.get(reverse("red_packet:mine")))
    order = pay(who, ordered(who, packet, peach))
    assert reverse("storefront:order", args=[order.number]) in text_of(client.get(reverse("red_packet:mine"), {"state": "over"}))


def test_mine_leads_to_what_she_can_open() -> None:
    who, running = customer(), campaign()
    campaign(given_to="buyers")
    campaign(given_to="reward")
    opened(customer(), campaign(packets=1))
    forget_running()
    mine, client = reverse("red_packet:mine"), browser(who.user)
    shown = text_of(client.get(mine))
    assert shown.count('class="list-row" href="/play/red_packet/') == 1
    assert reverse("red_packet:campaign", args=[running.number]) in shown
    assert "No red packet just now" not in shown
    assert "Waiting for you" not in text_of(client.get(mine, {"state": "over"}))
    opened(who, running)
    assert "Waiting for you" not in text_of(client.get(mine))


def test_rewards_have_no_page() -> None:
    running = campaign(given_to="reward")
    assert browser().get(reverse("red_packet:campaign", args=[running.number])).status_code == 404


def test_sharing_gives_a_link_of_ones_own() -> None:
    who, running = customer(), campaign()
    text_of(browser(who.user).get(reverse("red_packet:share", args=[running.number])))
    assert who.user.shares.get().campaign_id == running.pk


def test_a_long_list_asks_no_more_than_a_short_one() -> None:
    who, counted = customer(), []
    for number in (1, 20):
        while Packet.objects.filter(owner=who.user).count() < number:
            opened(who, campaign())
        counted.append(_sent(who, reverse("red_packet:mine")))
    assert counted[0] == counted[1]


def _sent(who: Customer, address: str) -> int:
    client = browser(who.user)
    client.get(address)
    with CaptureQueriesContext(connection) as sent:
        text_of(client.get(address))
    return len(sent)

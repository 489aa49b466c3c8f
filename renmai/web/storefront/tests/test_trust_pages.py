"""One tap on everything shared: the buttons, the thanks, taking it back, complaints, and the page of who shares to me."""

import pytest
from django.test import Client
from django.utils.timezone import localtime

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.sharing.actions import share
from renmai.sharing.models import Mute, Pause, Share, Shop
from renmai.sharing.tests import factories
from renmai.trust.models import Feedback
from renmai.trust.tests.happenings import visit
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return factories.shop(factories.user("Agent Ling"))


@pytest.fixture
def link(shop: Shop) -> Share:
    return share(shop.owner, kind=Share.Kind.SHOP, shop=shop)


@pytest.fixture
def reader() -> User:
    return make_member()


@pytest.fixture
def client(reader: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(reader)
    return client


def _text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_a_shared_page_asks_what_she_thinks_but_not_of_her_own_link(shop: Shop, link: Share, client: Client) -> None:
    assert f'action="/s/{link.code}/feedback/"' in _text(client.get(f"/s/{link.code}"))
    own = Client()
    own.force_login(shop.owner)
    assert "/feedback/" not in _text(own.get(f"/s/{link.code}"))
    assert "/feedback/" not in _text(client.get(f"/shop/{shop.code}/"))


def test_what_friends_share_without_an_agent_is_asked_too(client: Client) -> None:
    link = share(factories.user("Friend"), kind=Share.Kind.PRODUCT, shop=None, product=factories.product())
    assert f'action="/s/{link.code}/feedback/"' in _text(client.get(f"/s/{link.code}"))


def test_one_tap_is_noted_and_thanked_for_without_a_script(link: Share, client: Client, reader: User) -> None:
    answer = client.post(f"/s/{link.code}/feedback/", {"word": "useful"}, follow=True)
    said = Feedback.objects.get(receiver=reader)
    assert answer.redirect_chain == [(f"/me/trust/{said.pk}/", 302)]
    assert "Agent Ling gains some of your trust" in _text(answer)
    back = client.post("/me/trust/undo/", {"feedback": said.pk}, follow=True)
    assert "Taken back." in _text(back)
    assert Feedback.objects.get().undone_at is not None
    assert "You took this back." in _text(client.get(f"/me/trust/{said.pk}/"))


def test_with_a_script_the_buttons_become_thanks_and_come_back(link: Share, client: Client) -> None:
    htmx = {"HX-Request": "true"}
    thanks = _text(client.post(f"/s/{link.code}/feedback/", {"word": "not_useful"}, headers=htmx))
    assert "<html" not in thanks
    assert "Take it back" in thanks
    again = _text(client.post("/me/trust/undo/", {"feedback": Feedback.objects.get().pk}, headers=htmx))
    assert f'action="/s/{link.code}/feedback/"' in again


def test_a_guest_is_led_to_sign_in_and_says_nothing(link: Share) -> None:
    answer = Client().post(f"/s/{link.code}/feedback/", {"word": "useful"})
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/")  # type: ignore[attr-defined]
    assert not Feedback.objects.exists()


def test_a_muted_agent_is_gone_from_her_lists(shop: Shop, link: Share, client: Client) -> None:
    assert shop.name in _text(client.get("/discover/"))
    client.post(f"/s/{link.code}/feedback/", {"word": "mute"})
    assert shop.name not in _text(client.get("/discover/"))
    assert shop.name in _text(Client().get("/discover/"))


def test_my_trust_lists_sharers_and_mutes_and_unmutes(link: Share, client: Client, reader: User) -> None:
    assert "Nobody has shared with you yet" in _text(client.get("/me/trust/"))
    client.post(f"/s/{link.code}/feedback/", {"word": "useful"})
    assert "Mute Agent Ling" in _text(client.get("/me/trust/"))
    client.post("/me/trust/mute/", {"sharer": link.sharer_id, "mute": "1"})
    assert Mute.objects.filter(receiver=reader).count() == 1
    page = _text(client.post("/me/trust/mute/", {"sharer": link.sharer_id, "mute": "0"}, follow=True))
    assert "You hear of Agent Ling again." in page
    assert not Mute.objects.exists()


@pytest.mark.parametrize("sharer", ["999999", "", "x", "-1"])
def test_only_who_shared_to_her_can_be_muted(client: Client, sharer: str) -> None:
    assert client.post("/me/trust/mute/", {"sharer": sharer, "mute": "1"}).status_code in {400, 404}
    stranger = factories.user()
    assert client.post("/me/trust/mute/", {"sharer": stranger.pk, "mute": "1"}).status_code == 404
    assert not Mute.objects.exists()


def test_a_complaint_says_what_it_does_and_errs_beside_its_field(
    link: Share, client: Client, reader: User, moving_clock: MovingClock
) -> None:
    address = f"/s/{link.code}/complain/"
    assert "no new links for 30 days" in _text(client.get(address))
    short = client.post(address, {"note": "bad"})
    assert short.status_code == 400
    assert "Say in 5 to 300 characters" in _text(short)
    visit(link, reader, at=moving_clock.now)
    assert client.post(address, {"note": "Not what the words said"}).status_code == 302
    assert Pause.objects.get().sharer_id == link.sharer_id
    again = client.post(address, {"note": "And once more"})
    assert again.status_code == 409
    assert "You complained about this person" in _text(again)


def test_what_one_said_is_nobody_elses(link: Share, client: Client) -> None:
    client.post(f"/s/{link.code}/feedback/", {"word": "useful"})
    said = Feedback.objects.get()
    other = Client()
    other.force_login(make_member())
    assert other.get(f"/me/trust/{said.pk}/").status_code == 404
    assert other.post("/me/trust/undo/", {"feedback": said.pk}).status_code == 404
    assert Feedback.objects.get().undone_at is None


def test_a_paused_sharer_reads_why_until_when_and_what_ends_it_but_not_who(
    link: Share, client: Client, reader: User, moving_clock: MovingClock
) -> None:
    sharer = Client(headers={"accept-language": "en"})
    sharer.force_login(link.sharer)
    assert "You can share" in _text(sharer.get("/me/pause/"))
    visit(link, reader, at=moving_clock.now)
    client.post(f"/s/{link.code}/complain/", {"note": "Not what the words said"})
    page = _text(sharer.get("/me/pause/"))
    until = localtime(Pause.objects.get().until)
    assert f"{until:%Y-%m-%d}" in page
    assert "What ends it" in page
    assert reader.display_name not in page
    assert "Not what the words said" not in page
    moving_clock.advance(days=31)
    sharer.force_login(link.sharer)
    over = _text(sharer.get("/me/pause/"))
    assert "You can share" in over
    assert "ended by itself" in over

"""A member's own pages: who may see them, what they say, what they change."""

from datetime import timedelta

import pytest
from django.urls import reverse

from renmai.accounts import queries as accounts
from renmai.accounts.actions import Purpose, give_consent
from renmai.accounts.models import User
from renmai.care.actions import notify
from renmai.care.models import Message
from renmai.kernel import clock
from renmai.sharing.actions import bind
from renmai.web.storefront.tests.shelves import agent, browser, goods, make_member

pytestmark = pytest.mark.django_db

OWN = [
    "/favourites/",
    "/messages/",
    "/messages/1/",
    "/me/settings/",
    "/me/agent/",
    "/p/1/share/",
    "/shop/X/share/",
    "/s/X/poster.png",
]
CHANGES = ["/messages/read/", "/me/settings/", "/me/settings/language/", "/me/settings/consent/"]


def write(user: User, number: str = "R1", *, link: str = "", kind: str = "order_cancelled") -> Message:
    notify(user.pk, kind, details={"order": number}, link=link, cause=f"{user.pk}:{number}")
    return Message.objects.latest("pk")


@pytest.mark.parametrize("address", OWN)
def test_a_guest_is_taken_to_the_sign_in_and_back(address: str) -> None:
    response = browser().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/?next=%2F")


@pytest.mark.parametrize("address", CHANGES)
def test_a_guest_changes_nothing(address: str) -> None:
    assert browser().post(address, {"display_name": "x"}).status_code == 302


def test_a_guest_is_offered_to_sign_in() -> None:
    page = browser().get("/me/").content.decode()
    assert "Sign in to see your orders" in page
    assert "/orders/" not in page


def test_me_shows_orders_messages_and_the_way_to_a_shop_of_her_own() -> None:
    member = make_member("Mei")
    write(member)
    page = browser(member).get("/me/").content.decode()
    assert "Mei" in page
    assert member.masked_phone in page
    assert str(member.phone) not in page
    assert "/orders/?status=placed" in page
    assert '<span class="count">1</span>' in page
    assert reverse("workbench:join") in page


def test_an_agent_finds_her_shop_instead() -> None:
    _agent, shop = agent()
    page = browser(shop.owner).get("/me/").content.decode()
    assert reverse("workbench:today") in page
    assert reverse("workbench:join") not in page


def test_my_agent_is_told_with_both_periods_and_what_happened() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach, name="Lin")
    member = make_member()
    client = browser(member)
    assert "You are with no agent" in client.get("/me/agent/").content.decode()
    bind(customer_id=member.pk, shop_id=shop.pk, reason="order_paid", evidence={})
    page = client.get("/me/agent/").content.decode()
    assert "Lin" in page
    assert "90 days left" in page
    assert "15 days left" in page
    assert "You paid an order that came through her." in page
    assert "90 more days" in client.get("/me/").content.decode()
    with clock.travel(clock.now() + timedelta(days=16)):
        assert "The protection is over" in browser(member).get("/me/agent/").content.decode()


def test_a_refused_move_is_in_the_log() -> None:
    (peach,) = goods(1)
    _one, first = agent(peach)
    _two, second = agent(peach)
    member = make_member()
    bind(customer_id=member.pk, shop_id=first.pk, reason="order_paid", evidence={})
    bind(customer_id=member.pk, shop_id=second.pk, reason="order_paid", evidence={})
    page = browser(member).get("/me/agent/").content.decode()
    assert "did not move you" in page
    assert "Another agent was still protected then." in page


def test_opening_a_message_marks_it_and_goes_to_its_subject() -> None:
    member = make_member()
    letter = write(member, "R7", link="order:R7")
    client = browser(member)
    assert "unread" in client.get("/messages/").content.decode()
    assert client.get(f"/messages/{letter.pk}/").headers["Location"] == "/orders/R7/"
    letter.refresh_from_db()
    assert letter.read_at is not None


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("after_sale:A1", "/after-sales/A1/"),
        ("shop:CODE", "/shop/CODE/"),
        ("income:", "/agent/income/"),
        ("customers:", "/agent/customers/"),
        ("withdrawal:7", "/agent/income/withdrawals/7/"),
        ("", "/messages/"),
        ("unheard:of", "/messages/"),
    ],
)
def test_every_subject_has_a_page(link: str, address: str) -> None:
    member = make_member()
    letter = write(member, link=link)
    assert browser(member).get(f"/messages/{letter.pk}/").headers["Location"] == address


def test_nobody_opens_anothers_message() -> None:
    letter = write(make_member())
    assert browser(make_member()).get(f"/messages/{letter.pk}/").status_code == 404
    letter.refresh_from_db()
    assert letter.read_at is None


def test_messages_by_group_and_all_read() -> None:
    member = make_member()
    write(member)
    client = browser(member)
    assert "Order cancelled" in client.get("/messages/?group=order").content.decode()
    assert "No messages" in client.get("/messages/?group=income").content.decode()
    assert "Order cancelled" in client.get("/messages/?group=nonsense").content.decode()
    assert client.get("/messages/?page=99999").status_code == 200
    client.post("/messages/read/")
    assert Message.objects.filter(read_at__isnull=True).count() == 0


def test_the_name_is_saved_or_the_reason_told() -> None:
    member = make_member("Mei")
    client = browser(member)
    assert client.post("/me/settings/", {"display_name": "Mei Lin"}).status_code == 302
    assert User.objects.get(pk=member.pk).display_name == "Mei Lin"
    page = client.post("/me/settings/", {"display_name": ""})
    assert page.status_code == 400
    assert page.context["form"].errors["display_name"]
    assert User.objects.get(pk=member.pk).display_name == "Mei Lin"


def test_a_name_cannot_smuggle_markup_in() -> None:
    member = make_member("<b>x</b>")
    page = browser(member).get("/me/").content.decode()
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_the_language_is_kept_for_pages_and_messages() -> None:
    member = make_member()
    client = browser(member)
    response = client.post("/me/settings/language/", {"language": "zh-hans"})
    assert response.status_code == 302
    assert User.objects.get(pk=member.pk).language == "zh-hans"
    assert "我的授权" in client.get("/me/settings/").content.decode()
    assert client.post("/me/settings/language/", {"language": "xx"}).status_code == 400


def test_an_agreement_of_ones_own_is_given_and_withdrawn() -> None:
    member = make_member()
    client = browser(member)
    address = reverse("storefront:consent")
    client.post(address, {"purpose": "marketing", "give": "1"})
    assert accounts.has_consent(member, Purpose.MARKETING)
    assert "Agreed on" in client.get("/me/settings/").content.decode()
    client.post(address, {"purpose": "marketing", "give": "0"})
    assert not accounts.has_consent(member, Purpose.MARKETING)


@pytest.mark.parametrize("purpose", ["terms", "privacy", "agent_agreement", "nonsense"])
def test_what_the_account_needs_cannot_be_withdrawn_alone(purpose: str) -> None:
    member = make_member()
    give_consent(member, Purpose.TERMS)
    response = browser(member).post(reverse("storefront:consent"), {"purpose": purpose, "give": "0"})
    assert response.status_code == 400
    assert accounts.has_consent(member, Purpose.TERMS)


def test_a_text_that_came_later_can_be_agreed_to_but_not_one_for_others() -> None:
    member = make_member()
    client = browser(member)
    assert client.post(reverse("storefront:consent"), {"purpose": "privacy", "give": "1"}).status_code == 302
    assert accounts.has_consent(member, Purpose.PRIVACY)
    assert client.post(reverse("storefront:consent"), {"purpose": "agent_agreement", "give": "1"}).status_code == 400
    assert not accounts.has_consent(member, Purpose.AGENT_AGREEMENT)


@pytest.mark.parametrize("address", ["/favourites/", "/seen/", "/messages/", "/me/", "/me/agent/", "/me/settings/"])
def test_empty_pages_say_what_to_do(address: str) -> None:
    page = browser(make_member()).get(address)
    assert page.status_code == 200
    assert page.content.count(b'aria-current="page"') >= 1

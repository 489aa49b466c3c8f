"""Becoming an agent: what is asked, what is refused with its rule, and what is kept meanwhile."""

import io
from http import HTTPStatus

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.distribution.models import Agent
from renmai.sharing.models import Shop
from renmai.web.workbench.tests.world import bound, desk, signed_in

pytestmark = pytest.mark.django_db
JOIN = reverse("workbench:join")
FILLED = {
    "born_on": "1990-05-17",
    "occupation": "employee",
    "name": "Auntie Zhou's kitchen",
    "voice": "Only what we eat at home",
    "has_agreed": "on",
}


@pytest.fixture
def member() -> User:
    return make_member("周阿姨")


@pytest.fixture
def client(member: User) -> Client:
    return signed_in(member)


def photo(kind: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "orange").save(out, kind)
    return SimpleUploadedFile("me.png", out.getvalue(), "image/png")


def test_a_member_opens_her_shop_in_one_form(client: Client, member: User) -> None:
    answer = client.post(JOIN, FILLED)
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.headers["Location"] == reverse("workbench:shop_goods") + "?new=1"
    agent, shop = Agent.objects.get(), Shop.objects.get()
    assert (agent.user, agent.status, agent.occupation, str(agent.born_on)) == (member, "active", "employee", "1990-05-17")
    assert (agent.real_name, agent.payout_account, agent.introduced_by) == ("", "", None)
    assert (shop.owner, shop.name, shop.voice) == (member, "Auntie Zhou's kitchen", "Only what we eat at home")


def test_the_page_says_what_an_agent_is_and_names_the_rules(client: Client) -> None:
    page = client.get(JOIN).content.decode()
    assert "Free. No fee, nothing to buy, no stock to keep." in page
    assert "Nothing for bringing in other agents." in page
    assert "禁止传销条例 第七条(二)" in page
    assert "直销管理条例 第十五条" in page


@pytest.mark.parametrize("occupation", ["student", "teacher", "medic", "civil_servant", "serviceman"])
def test_a_barred_occupation_is_refused_beside_its_field_with_rule_and_source(client: Client, occupation: str) -> None:
    answer = client.post(JOIN, FILLED | {"occupation": occupation})
    assert answer.status_code == HTTPStatus.CONFLICT
    (error,) = answer.context["form"].errors["occupation"]
    assert "agent.occupation" in error
    assert "直销管理条例 第十五条" in error
    assert answer.context["form"]["name"].value() == "Auntie Zhou's kitchen"
    assert not Agent.objects.exists()
    assert not Shop.objects.exists()


@pytest.mark.parametrize(
    ("change", "field", "status"),
    [
        ({"born_on": "2020-01-01"}, "born_on", HTTPStatus.CONFLICT),
        ({"born_on": "1790-01-01"}, "born_on", HTTPStatus.BAD_REQUEST),
        ({"born_on": "2990-01-01"}, "born_on", HTTPStatus.BAD_REQUEST),
        ({"born_on": "yesterday"}, "born_on", HTTPStatus.BAD_REQUEST),
        ({"occupation": ""}, "occupation", HTTPStatus.BAD_REQUEST),
        ({"occupation": "king"}, "occupation", HTTPStatus.BAD_REQUEST),
        ({"has_agreed": ""}, "has_agreed", HTTPStatus.BAD_REQUEST),
        ({"name": "x"}, "name", HTTPStatus.BAD_REQUEST),
        ({"name": "x" * 31}, "name", HTTPStatus.BAD_REQUEST),
        ({"voice": "话" * 10_000}, "voice", HTTPStatus.BAD_REQUEST),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(client: Client, change: dict[str, str], field: str, status: int) -> None:
    answer = client.post(JOIN, FILLED | change)
    assert answer.status_code == status
    assert list(answer.context["form"].errors) == [field]
    assert not Agent.objects.exists()
    assert not Shop.objects.exists()


@pytest.mark.parametrize("written", ["1990/5/17", "1990.05.17", "1990年5月17日", "19900517"])
def test_a_date_may_be_written_as_people_write_it(client: Client, written: str) -> None:
    client.post(JOIN, FILLED | {"born_on": written})
    assert str(Agent.objects.get().born_on) == "1990-05-17"


def test_sent_twice_there_is_one_agent_and_one_shop(client: Client) -> None:
    first = client.post(JOIN, FILLED)
    second = client.post(JOIN, FILLED | {"name": "Another name"})
    assert (first.status_code, second.status_code) == (HTTPStatus.FOUND, HTTPStatus.FOUND)
    assert second.headers["Location"] == reverse("workbench:today")
    assert Agent.objects.count() == 1
    assert Shop.objects.get().name == "Auntie Zhou's kitchen"


def test_a_picture_is_kept_when_something_else_is_refused(client: Client) -> None:
    refused = client.post(JOIN, FILLED | {"name": "x", "picture": photo()})
    assert refused.status_code == HTTPStatus.BAD_REQUEST
    token = refused.context["form"]["kept_picture"].value()
    assert token
    client.post(JOIN, FILLED | {"kept_picture": token})
    path = Shop.objects.get().picture_path
    assert path.endswith("-480.webp")
    with Image.open(settings.MEDIA_ROOT / path) as stored:
        assert (stored.format, stored.size) == ("WEBP", (64, 48))


def test_a_path_that_was_not_given_by_us_is_no_picture(client: Client) -> None:
    client.post(JOIN, FILLED | {"kept_picture": "../../secret-key"})
    assert Shop.objects.get().picture_path == ""


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"\x89PNG\r\n\x1a\n broken",
        b"GIF89a<script>",
        b"%PDF-1.7",
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(client: Client, content: bytes) -> None:
    upload = SimpleUploadedFile("me.png", content, "image/png")
    answer = client.post(JOIN, FILLED | {"picture": upload})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert list(answer.context["form"].errors) == ["picture"]
    assert not Shop.objects.exists()


def test_a_shop_name_is_text_not_markup(client: Client) -> None:
    client.post(JOIN, FILLED | {"name": "<script>alert(1)</script>", "voice": '"><img src=x onerror=alert(1)>'})
    for name in ("today", "shop", "shop_look", "share_new"):
        page = client.get(reverse(f"workbench:{name}")).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_whoever_has_a_shop_is_taken_to_it() -> None:
    answer = desk().client.get(JOIN)
    assert (answer.status_code, answer.headers["Location"]) == (HTTPStatus.FOUND, reverse("workbench:today"))


def test_the_agent_she_came_through_is_written_down_and_named(client: Client, member: User) -> None:
    introducer = desk()
    bound(introducer, member)
    page = client.get(JOIN).content.decode()
    assert "nobody is paid for it" in page
    client.post(JOIN, FILLED)
    assert Agent.objects.get(user=member).introduced_by == introducer.agent


def test_an_agent_without_a_shop_is_asked_for_the_shop_alone() -> None:
    owner = desk()
    Shop.objects.all().delete()
    page = owner.client.get(JOIN)
    assert list(page.context["form"].fields) == ["name", "voice", "picture", "kept_picture"]
    answer = owner.client.post(JOIN, {"name": "Second start"})
    assert answer.status_code == HTTPStatus.FOUND
    assert Shop.objects.get().name == "Second start"
    assert Agent.objects.count() == 1

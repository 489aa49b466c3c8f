"""From the form on a product's page to what its author reads: a suggestion goes through the console."""

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import Statements, make_member, make_staff
from renmai.care.models import Message
from renmai.catalogue.tests.factories import make_product
from renmai.kernel import clock
from renmai.ordering.actions.suggesting import suggest
from renmai.ordering.models import Suggestion
from renmai.project.worker import keep_up
from renmai.web.console.tests.scene import browser_of

pytestmark = pytest.mark.django_db
WORDS = "A smaller box would fit my shelf."


@pytest.fixture
def goods() -> Client:
    client = browser_of(make_staff(Role.MERCHANDISER, username="goods"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def author() -> User:
    return make_member()


def test_from_the_form_to_the_answer(goods: Client, author: User) -> None:
    product, hers = make_product("龙井", title_en="Longjing"), browser_of(author)
    hers.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = reverse("storefront:suggestion_new", args=[product.pk])
    assert page in hers.get(reverse("storefront:product", args=[product.pk])).content.decode()
    short = hers.post(page, {"text": "bad"})
    assert (short.status_code, "Please write 5 to 500 characters." in short.content.decode()) == (400, True)
    assert hers.post(page, {"text": WORDS}).headers["Location"] == reverse("storefront:suggestions")
    made = Suggestion.objects.get()
    desk = reverse("console:suggestion", args=[made.pk])
    assert desk in goods.get(reverse("console:suggestions")).content.decode()
    mute = goods.post(desk, {"decision": "answered", "answer": " "})
    assert (mute.status_code, "Please say why, in at most 500 characters." in mute.content.decode()) == (400, True)
    late = goods.post(desk, {"decision": "taken_up", "answer": "Yes.", "product": str(product.pk), "since": "2020-01-01"})
    assert (late.status_code, 'value="2020-01-01"' in late.content.decode()) == (400, True)
    taken = goods.post(desk, {"decision": "taken_up", "answer": "There is one now.", "product": str(product.pk), "since": ""})
    assert taken.status_code == 302
    keep_up()
    told = Message.objects.get(user=author)
    assert (told.kind, told.details["changed_zh"], told.link) == ("suggestion_taken_up", "龙井", "suggestions:own")
    opened = hers.get(reverse("storefront:message", args=[told.pk]))
    assert opened.headers["Location"] == reverse("storefront:suggestions")
    mine = hers.get(reverse("storefront:suggestions")).content.decode()
    assert "There is one now." in mine
    assert f"changed since {clock.now():%Y}" in mine
    listed = goods.get(reverse("console:suggestions")).content.decode()
    assert "21% – 100%" in listed, "one of one, with its interval"
    again = goods.post(desk, {"decision": "declined", "answer": "No."})
    assert again.status_code == 409


@pytest.mark.parametrize("product", ["", "abc", "-1", "9" * 30, "99999999"])
def test_a_product_that_is_none(goods: Client, author: User, product: str) -> None:
    made = suggest(author, make_product().pk, WORDS)
    answer = goods.post(
        reverse("console:suggestion", args=[made.pk]), {"decision": "taken_up", "answer": "Yes.", "product": product}
    )
    assert (answer.status_code, "Please name the product that it changed." in answer.content.decode()) == (400, True)


def test_only_who_looks_after_the_goods(author: User) -> None:
    made = suggest(author, make_product().pk, WORDS)
    service = browser_of(make_staff(Role.SERVICE, username="service"))
    assert service.get(reverse("console:suggestions")).status_code == 403
    assert service.get(reverse("console:suggestion", args=[made.pk])).status_code == 403


def test_the_list_costs_the_same_for_few_and_for_many(goods: Client, django_assert_max_num_queries: Statements) -> None:
    for number in range(15):
        suggest(make_member(), make_product().pk, f"Suggestion {number}.")
    with django_assert_max_num_queries(12):
        goods.get(reverse("console:suggestions"))

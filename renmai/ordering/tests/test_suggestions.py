"""Suggestions: said by customers, decided by the staff, each state once; no spam."""

import re
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from renmai.accounts.models import ActLog, Role, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.catalogue.models import Product
from renmai.catalogue.tests.factories import make_product
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent
from renmai.ordering import queries
from renmai.ordering.actions.suggesting import answer_suggestion, suggest, take_up
from renmai.ordering.events import SuggestionDecided
from renmai.ordering.models import Suggestion
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
WORDS = "A smaller box would fit my shelf."


@pytest.fixture
def goods() -> User:
    return make_staff(Role.MERCHANDISER, username="goods")


def refused(code: str) -> "AbstractContextManager[object]":
    return pytest.raises(DomainError, match=f"^{re.escape(code)}: ")


def test_a_suggestion_is_kept_and_seen_by_her_and_by_the_staff(goods: User) -> None:
    author, product = make_member(), make_product()
    made = suggest(author, product.pk, f"  {WORDS}\n")
    assert (made.text, made.status, made.product) == (WORDS, "open", product)
    assert queries.suggestions_of(author).items == (made,)
    assert queries.suggestions_of(make_member()).items == ()
    assert queries.suggestions_for_staff(goods, status="open").items == (made,)
    assert queries.suggestions_for_staff(goods, status="declined").items == ()
    assert queries.suggestion_counts(author.pk) == queries.SuggestionCounts(1, 0)


@pytest.mark.parametrize("text", ["", "good", "x" * 501, "   "])
def test_too_short_and_too_long(text: str) -> None:
    with refused("ordering.suggestion_text"):
        suggest(make_member(), make_product().pk, text)


@pytest.mark.parametrize(
    "text", ["see https://a.example/x", "look at www.shop.example", "加微信 13800000001 便宜", "cheap at spam-shop.com"]
)
def test_what_advertises_itself(text: str) -> None:
    with refused("ordering.suggestion_link"):
        suggest(make_member(), make_product().pk, text)


def test_three_a_day_and_the_same_words_once(moving_clock: MovingClock) -> None:
    author, product = make_member(), make_product()
    suggest(author, product.pk, WORDS)
    with refused("ordering.suggested"):
        suggest(author, product.pk, WORDS)
    suggest(make_member(), product.pk, WORDS)
    suggest(author, product.pk, "Another colour, please.")
    suggest(author, make_product().pk, WORDS)
    with refused("ordering.suggestions_often"):
        suggest(author, product.pk, "And a third one.")
    moving_clock.advance(hours=24, seconds=1)
    suggest(author, product.pk, "And a third one.")
    assert Suggestion.objects.filter(author=author).count() == 4


def test_of_what_was_never_on_sale_nobody_knows() -> None:
    product = make_product()
    Product.objects.filter(pk=product.pk).update(status="delisted")
    suggest(make_member(), product.pk, WORDS)
    Product.objects.filter(pk=product.pk).update(status="draft")
    with refused("request.not_found"):
        suggest(make_member(), product.pk, WORDS)


def test_the_staff_answer_and_later_take_it_up(goods: User, moving_clock: MovingClock) -> None:
    product, other = make_product(), make_product()
    made = suggest(make_member(), product.pk, WORDS)
    with refused("ordering.answer"):
        answer_suggestion(goods, made, is_declined=False, answer=" ")
    answer_suggestion(goods, made, is_declined=False, answer="We ask the supplier.")
    first = made.answered_at
    moving_clock.advance(days=3)
    today = clock.now().date()
    with refused("ordering.suggestion_since"):
        take_up(goods, made, answer="Done.", product_id=other.pk, since=today - timedelta(days=4))
    with refused("ordering.suggestion_since"):
        take_up(goods, made, answer="Done.", product_id=other.pk, since=today + timedelta(days=2))
    with refused("ordering.suggestion_product"):
        take_up(goods, made, answer="Done.", product_id=10**9)
    taken = take_up(goods, made, answer="Done.", product_id=other.pk)
    assert (taken.status, taken.changed, taken.changed_at, taken.answered_at) == ("taken_up", other, clock.now(), first)
    with refused("ordering.suggestion_state"):
        answer_suggestion(goods, taken, is_declined=True, answer="No.")
    assert list(
        OutboxEvent.objects.filter(name=SuggestionDecided.NAME).order_by("pk").values_list("payload__status", flat=True)
    ) == [
        "answered",
        "taken_up",
    ]
    assert list(ActLog.objects.order_by("pk").values_list("act", flat=True)) == ["suggestion.answered", "suggestion.taken_up"]


def test_whoever_saw_an_older_state_decides_nothing(goods: User) -> None:
    made = suggest(make_member(), make_product().pk, WORDS)
    stale = Suggestion.objects.get(pk=made.pk)
    answer_suggestion(goods, made, is_declined=True, answer="It would cost too much.")
    with refused("ordering.suggestion_state"):
        answer_suggestion(goods, stale, is_declined=False, answer="Fine.")
    assert Suggestion.objects.get().answer == "It would cost too much."


def test_only_who_looks_after_goods(goods: User) -> None:
    made = suggest(make_member(), make_product().pk, WORDS)
    for actor in (made.author, make_staff(Role.SERVICE, username="service")):
        with refused("request.forbidden"):
            answer_suggestion(actor, made, is_declined=False, answer="Yes.")
        with refused("request.forbidden"):
            take_up(actor, made, answer="Yes.", product_id=made.product_id)
        with refused("request.forbidden"):
            queries.suggestions_for_staff(actor)
        with refused("request.forbidden"):
            queries.access_suggestion(actor, made.pk)
    with refused("request.not_found"):
        queries.access_suggestion(goods, made.pk + 1)

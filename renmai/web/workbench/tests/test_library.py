"""The library's page, the link that comes of it, and what to tell a single customer."""

import pytest
from django.urls import reverse

from renmai.accounts.actions import give_consent, withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.accounts.tests.factories import Statements
from renmai.catalogue.models import Product
from renmai.content.models import Post
from renmai.journeys.tests.posts import official, topic
from renmai.kernel import clock
from renmai.matching import selections
from renmai.matching.library.moments import moment_of
from renmai.matching.selections import Entry, Why
from renmai.sharing.models import Mute, Share
from renmai.web.workbench.tests.world import Desk, agreed, bound, desk, goods, picked
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
LIBRARY = "/agent/library/"


def listed(mine: Desk, *posts: Post, part: int = 0, audience: str = "library", why: tuple[Why, ...] = ()) -> None:
    """A list of hers that shows these posts."""
    entries = [Entry(post.pk, why) for post in posts]
    selections.keep(audience, mine.user.pk, entries, strategy="library", part=part, people=4)


def written(*products: Product, title: str = "桃子怎么挑") -> Post:
    return official(*products, title=title)


def told(mine: Desk, who: User) -> str:
    return mine.client.get(reverse("workbench:customer", args=[who.pk])).content.decode()


def test_the_page_shows_posts_with_reasons_and_one_tap_makes_the_link() -> None:
    mine = desk()
    cooking, product = topic("好好做饭"), goods(motif="peach")
    post = written(product)
    listed(mine, post, why=(Why("topic", cooking.pk, 2), Why("read", 9, 30), Why("new", 0, 7)))
    page = mine.client.get(LIBRARY).content.decode()
    for said in (
        "桃子怎么挑",
        "2 of your customers have read about",
        "Read 30 times, its goods opened 9 times",
        "New within 7 days",
    ):
        assert said in page
    assert reverse("storefront:topic", args=[cooking.slug]) in page
    assert "我家孩子每天早上吃一个，放了三天还是脆的。" in page
    answer = mine.client.post(reverse("workbench:library_share", args=[post.number]))
    link = Share.objects.get()
    assert answer.headers["Location"] == reverse("workbench:share_detail", args=[link.code])
    assert (link.shop, link.page) == (mine.shop, reverse("storefront:post", args=[post.number]))
    detail = mine.client.get(answer.headers["Location"]).content.decode()
    assert "桃子怎么挑\n我家孩子每天早上吃一个，放了三天还是脆的。</textarea>" in detail
    assert "Nothing new to tell" in mine.client.get(LIBRARY).content.decode()


def test_a_group_this_hour_and_a_source_each_have_their_own_list() -> None:
    mine = desk()
    product = goods()
    posts = {name: written(product, title=name) for name in ("everybody", "of fruit", "at this hour")}
    member = written(product, title="by a member")
    Post.objects.filter(pk=member.pk).update(source="member")
    listed(mine, posts["everybody"], member)
    listed(mine, posts["of fruit"], part=product.category_id)
    listed(mine, posts["at this hour"], part=moment_of(clock.now()).band + 1, audience="moment")

    def shown(query: str) -> set[str]:
        page = mine.client.get(LIBRARY + query).content.decode()
        return {title for title in ("everybody", "of fruit", "at this hour", "by a member") if f">{title}<" in page}

    assert shown("") == {"everybody", "by a member"}
    assert shown("?source=member") == {"by a member"}
    assert shown(f"?group={product.category_id}") == {"of fruit"}
    assert shown("?now=1") == {"at this hour"}
    assert shown("?source=agent") == set()
    assert "Nothing of this source now" in mine.client.get(f"{LIBRARY}?source=agent").content.decode()


def test_before_the_first_list_she_is_told_what_to_do_and_both_ways_lead_there() -> None:
    mine = desk()
    assert "Your library is being made" in mine.client.get(LIBRARY).content.decode()
    for address in ("/agent/", "/agent/share/"):
        assert f'href="{LIBRARY}"' in mine.client.get(address).content.decode()


def test_a_customer_is_told_about_while_she_lets_her_agent_know_and_the_gate_is_open(moving_clock: MovingClock) -> None:
    moving_clock.travel(moving_clock.now.replace(hour=4))
    mine = desk()
    who = agreed(bound(mine))
    product = picked(mine, 100_000)
    post = written(product)
    listed(mine, post, part=who.pk, audience="tell", why=(Why("taste", product.category_id, 1),))
    selections.keep_parts(
        "customer", mine.user.pk, {who.pk: ([Entry(product.pk, (Why("taste", product.category_id, 1),))], 1)}, strategy="personal"
    )
    assert "What to tell her" not in told(mine, who)
    for purpose in (Purpose.BROWSING, Purpose.AGENT_ALERTS):
        give_consent(who, purpose)
    page = told(mine, who)
    assert "She takes to" in page
    assert "桃子怎么挑" in page
    assert f'name="product" value="{product.pk}"' in page
    moving_clock.advance(hours=12)
    assert "Nothing that would suit her" in told(mine, who), "not at night"
    moving_clock.advance(hours=12)
    Mute.objects.create(receiver=who, sharer=mine.user)
    assert "Nothing that would suit her" in told(mine, who), "not to who muted her"
    Mute.objects.all().delete()
    withdraw_consent(who, Purpose.BROWSING)
    assert "What to tell her" not in told(mine, who)


@pytest.mark.parametrize("number", [2, 10])
def test_the_page_sends_the_same_statements_for_two_posts_and_for_ten(statements: Statements, number: int) -> None:
    mine = desk()
    posts = [written(goods()) for _each in range(number)]
    listed(mine, *posts, why=(Why("topic", topic().pk, 2), Why("read", 9, 30)))
    mine.client.get(LIBRARY)  # what is kept for seconds, such as settings, is read now
    with statements(16):
        assert mine.client.get(LIBRARY).content.decode().count("<article") == number

"""Links and what came of them."""

import io
from http import HTTPStatus

import pytest
from django.urls import reverse
from PIL import Image

from renmai.accounts.tests.factories import make_member
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.sharing.models import Share
from renmai.trust.actions import say
from renmai.web.workbench.chains import MAX_SHOWN, Branch
from renmai.web.workbench.tests.world import Desk, bound, desk, goods, link_to, picked, visit

pytestmark = pytest.mark.django_db
NEW = reverse("workbench:share_new")


@pytest.fixture
def mine() -> Desk:
    return desk()


def detail(link: Share) -> str:
    return reverse("workbench:share_detail", args=[link.code])


def names(branch: Branch) -> list[object]:
    return [branch.name, *[names(child) for child in branch.branches]]


def test_a_product_is_shared_and_the_same_thing_again_is_the_same_link(mine: Desk) -> None:
    product = picked(mine)
    addresses = {mine.client.post(NEW, {"product": str(product.pk)}).headers["Location"] for _twice in range(2)}
    link = Share.objects.get()
    assert addresses == {detail(link)}
    assert (link.kind, link.product, link.shop, link.sharer, link.parent) == ("product", product, mine.shop, mine.user, None)


def test_the_whole_shop_is_shared(mine: Desk) -> None:
    mine.client.post(NEW)
    link = Share.objects.get()
    assert (link.kind, link.product, link.shop) == ("shop", None, mine.shop)


@pytest.mark.parametrize(("product", "status"), [("x", 400), ("-1", 400), ("１", 400), ("9" * 30, 400), ("999999", 404)])
def test_only_goods_of_the_shop_are_shared(mine: Desk, product: str, status: int) -> None:
    assert mine.client.post(NEW, {"product": product}).status_code == status
    assert mine.client.post(NEW, {"product": str(goods().pk)}).status_code == HTTPStatus.NOT_FOUND
    assert not Share.objects.exists()


def test_a_link_can_be_copied_scanned_and_printed(mine: Desk, settings: object) -> None:
    settings.RENMAI_BASE_URL = "https://shop.example"  # type: ignore[attr-defined]
    link = link_to(mine, picked(mine))
    page = mine.client.get(detail(link)).content.decode()
    address = f"https://shop.example/s/{link.code}"
    assert f'data-copy="{address}"' in page
    assert f'data-share="{address}"' in page
    assert 'class="qr"' in page
    assert reverse("workbench:poster", args=[link.code]) in page


@pytest.mark.parametrize("whole_shop", [False, True])
def test_the_poster_is_a_picture_of_the_right_size(mine: Desk, *, whole_shop: bool) -> None:
    product = picked(mine)
    link = link_to(mine, None if whole_shop else product)
    answer = mine.client.get(reverse("workbench:poster", args=[link.code]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (HTTPStatus.OK, "image/png")
    assert answer.headers["Cache-Control"].startswith("private")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == (1080, 1440)


def test_a_poster_is_made_for_her_own_links_only(mine: Desk) -> None:
    link = link_to(mine, picked(mine), sharer=make_member())
    assert mine.client.get(detail(link)).status_code == HTTPStatus.OK
    assert mine.client.get(reverse("workbench:poster", args=[link.code])).status_code == HTTPStatus.NOT_FOUND


def test_visits_and_orders_are_counted_without_her_own(mine: Desk) -> None:
    link = link_to(mine, picked(mine))
    customer = make_member()
    for who in (None, customer, customer, mine.user):
        visit(link, who)
    order = Order.objects.create(
        number="R-1",
        buyer=customer,
        goods_fen=9000,
        payable_fen=9000,
        refunded_fen=1000,
        idempotency_key="1",
        pay_before=clock.now(),
        paid_at=clock.now(),
        shop_id=mine.shop.pk,
        share_id=link.pk,
    )
    story = mine.client.get(detail(link)).context["story"]
    assert (story.visits, story.visitors, story.not_counted, story.orders, story.paid_fen) == (3, 3, 1, 1, 8000)
    assert story.latest_orders == (order,)
    ((row, _sharer, _campaign),) = mine.client.get(reverse("workbench:shares")).context["rows"]
    assert (row.visits, row.visitors, row.orders, row.paid_fen) == (3, 3, 1, 8000)


def test_the_chain_shows_who_came_through_whom_with_names_as_far_as_they_may_be_seen(mine: Desk) -> None:
    link = link_to(mine, picked(mine))
    known, friend = bound(mine, make_member("王芳")), make_member("李雷雷")
    visit(link, known)
    passed_on = link_to(mine, link.product, sharer=known, through=link)
    visit(passed_on, friend)
    visit(passed_on)
    chain = mine.client.get(detail(link)).context["chain"]
    assert (chain.size, chain.depth, [each.people for each in chain.generations], chain.hidden) == (4, 2, [1, 2], 0)
    assert chain.virality == "1.50"
    assert names(chain.root) == ["王小明", ["王芳", ["李**"], ["A guest"]]]
    page = mine.client.get(detail(link)).content.decode()
    assert "李雷雷" not in page
    assert "1.50" in page


def test_of_a_chain_that_others_began_she_sees_what_is_below_her(mine: Desk) -> None:
    theirs = desk()
    product = picked(theirs)
    root = link_to(theirs, product)
    visit(root, make_member("陌生人"))
    visit(root, mine.user)
    own = link_to(mine, picked(mine), through=root)
    visit(own, make_member("我的客"))
    chain = mine.client.get(detail(own)).context["chain"]
    assert names(chain.root) == ["王小明", ["我**"]]
    assert (chain.size, chain.depth) == (2, 1)


def test_a_crowd_is_counted_and_drawn_in_part(mine: Desk) -> None:
    link = link_to(mine, picked(mine))
    for _number in range(MAX_SHOWN + 4):
        visit(link)
    chain = mine.client.get(detail(link)).context["chain"]
    assert (chain.size, chain.hidden) == (MAX_SHOWN + 5, 5)


def test_names_are_text_not_markup(mine: Desk) -> None:
    link = link_to(mine, picked(mine))
    visit(link, bound(mine, make_member("<b>x</b>")))
    page = mine.client.get(detail(link)).content.decode()
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_a_link_that_is_none_is_not_found(mine: Desk) -> None:
    assert mine.client.get(reverse("workbench:share_detail", args=["NOSUCHCODE"])).status_code == HTTPStatus.NOT_FOUND


def test_a_link_to_what_is_not_on_sale_any_more_still_shows_its_story(mine: Desk) -> None:
    product = picked(mine)
    link = link_to(mine, product)
    product.status = "delisted"
    product.save()
    page = mine.client.get(detail(link)).content.decode()
    assert "Not on sale now" in page


def test_before_she_shares_she_reads_how_others_received_it(mine: Desk) -> None:
    product = picked(mine)
    link = link_to(mine, product)
    assert "too few have said so far" in mine.client.get(detail(link)).content.decode()
    for number in range(3):
        theirs = desk()
        other = link_to(theirs, product)
        for word in ("useful", "useful", "mute" if number else "not_useful"):
            say(make_member(), other, word)
    page = mine.client.get(detail(link)).content.decode()
    assert "Received with mixed feelings" in page
    assert "Of 9 people: useful 6, not useful 1, muted 2" in page
    assert "received" not in mine.client.get(detail(link_to(mine))).content.decode()

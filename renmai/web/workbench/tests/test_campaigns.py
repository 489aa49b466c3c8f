"""Campaigns that an agent passes on: which she sees, what she earns, what came of her own links."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

import pytest
from django.urls import reverse
from PIL import Image

from renmai.accounts.tests.factories import Statements, make_member
from renmai.campaigns.models import Campaign, CampaignProduct
from renmai.campaigns.plays import Card
from renmai.campaigns.queries.running import forget_running
from renmai.campaigns.tests.fakes import KEY, FakePlay, installed, running_campaign
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.sharing.models import Share
from renmai.web.workbench.tests.world import Desk, desk, goods, picked, visit

pytestmark = pytest.mark.django_db
LIST = reverse("workbench:campaigns")


@dataclass
class Paged(FakePlay):
    """A play whose campaigns have a page and a price."""

    price_fen: int | None = 5000
    asked: list[int] = field(default_factory=list)

    def page(self, campaign: Campaign) -> str:
        return f"/?campaign={campaign.pk}"

    def card(self, campaign: Campaign, path: str) -> Card:
        return Card(campaign.title, self.price_fen, "for two")

    def cards(self, campaigns: Sequence[Campaign]) -> Mapping[int, Card]:
        self.asked.append(len(campaigns))
        return super().cards(campaigns)


@pytest.fixture(autouse=True)
def play() -> Iterator[Paged]:
    made = Paged()
    with installed(made):
        yield made


@pytest.fixture
def mine() -> Desk:
    return desk()


def about(product: Product | None = None, **fields: object) -> Campaign:
    campaign = running_campaign(KEY, terms={"off_fen": 100}, **fields)
    if product is not None:
        CampaignProduct.objects.create(campaign=campaign, product=product)
    forget_running()
    return campaign


def share_of(mine: Desk, campaign: Campaign) -> Share:
    answer = mine.client.post(reverse("workbench:campaign_share", args=[campaign.pk]))
    link = Share.objects.get(campaign_id=campaign.pk, sharer=mine.user)
    assert answer.headers["Location"] == reverse("workbench:share_detail", args=[link.code])
    return link


def test_what_suits_her_shop_comes_first_and_what_is_off_the_shelf_not_at_all(mine: Desk) -> None:
    may_choose, everything, hers = about(goods()), about(), about(picked(mine))
    gone = goods()
    about(gone)
    Product.objects.filter(pk=gone.pk).update(status="delisted")
    about(goods(), status="paused")
    rows = mine.client.get(LIST).context["rows"]
    assert [row.campaign.pk for row in rows] == [hers.pk, everything.pk, may_choose.pk]


def test_she_reads_what_she_earns_of_what_the_campaign_lets_people_pay(mine: Desk) -> None:
    about(picked(mine, 10_000))
    (row,) = mine.client.get(LIST).context["rows"]
    assert row.earn_fen == 5000 * row.product.rate_basis_points // 10_000 > 0
    page = mine.client.get(LIST).content.decode()
    assert "Earns you" in page
    assert "¥50.00" not in page.split("Earns you")[1].split("</p>")[0]


def test_one_about_everything_says_the_usual_commission(mine: Desk) -> None:
    about()
    assert "each product's usual commission" in mine.client.get(LIST).content.decode()


def test_she_is_told_where_it_may_not_go(mine: Desk) -> None:
    about(channels=["web", "poster"])
    assert "Please not in WeChat" in mine.client.get(LIST).content.decode()


def test_her_own_link_leads_to_the_campaigns_page_and_counts(mine: Desk) -> None:
    product = picked(mine)
    campaign = about(product)
    link = share_of(mine, campaign)
    assert (link.kind, link.page, link.product, link.shop) == ("page", f"/?campaign={campaign.pk}", product, mine.shop)
    assert share_of(mine, campaign) == link
    customer = make_member()
    visit(link, customer)
    visit(link)
    visit(link, mine.user)
    Order.objects.create(
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
    (row,) = mine.client.get(LIST).context["rows"]
    assert (row.figure.visits, row.figure.visitors, row.figure.orders, row.figure.paid_fen) == (2, 2, 1, 8000)
    detail = mine.client.get(reverse("workbench:share_detail", args=[link.code]))
    assert (detail.context["title"], detail.context["story"].orders) == (campaign.title, 1)
    assert campaign.title in mine.client.get(reverse("workbench:shares")).content.decode()


def test_its_poster_says_the_campaigns_price(mine: Desk) -> None:
    link = share_of(mine, about(picked(mine)))
    answer = mine.client.get(reverse("workbench:poster", args=[link.code]))
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == (1080, 1440)


def test_what_does_not_run_or_has_no_page_is_not_shared(mine: Desk, play: FakePlay) -> None:
    paused = about(status="paused")
    for campaign_id in (paused.pk, 999_999):
        answer = mine.client.post(reverse("workbench:campaign_share", args=[campaign_id]))
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert not Share.objects.exists()


def test_without_any_the_page_says_what_to_do(mine: Desk) -> None:
    page = mine.client.get(LIST).content.decode()
    assert "No campaign runs for your shop now" in page
    assert reverse("workbench:share_new") in page


def test_a_play_is_asked_once_for_all_its_cards(mine: Desk, play: Paged) -> None:
    for _number in range(5):
        about(picked(mine))
    assert mine.client.get(LIST).content.decode().count("for two") == 5
    assert play.asked == [5]


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_sends_the_same_statements_for_one_and_for_twenty(mine: Desk, statements: Statements, rows: int) -> None:
    for _number in range(rows):
        visit(share_of(mine, about(picked(mine))))
    mine.client.get(LIST)
    with statements(13):
        mine.client.get(LIST)

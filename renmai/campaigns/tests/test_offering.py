"""Offers with one price: what they say, where they lead, when they end."""

from datetime import UTC, datetime

from renmai.campaigns.models import Campaign
from renmai.campaigns.offering import priced_offers
from renmai.campaigns.shown import Offer
from renmai.campaigns.tests.fakes import KEY, FakePlay

MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


class Paged(FakePlay):
    """Has a page for each of its campaigns."""

    icon = "clock"

    def page(self, campaign: Campaign) -> str:
        return f"/fake/{campaign.pk}/"


def test_each_campaign_has_its_words_its_price_its_page_and_its_end() -> None:
    campaigns = [Campaign(pk=3, title_zh="三", ends_at=MAY), Campaign(pk=5, title_zh="五", ends_at=JUNE)]
    assert priced_offers(Paged(), campaigns, say=lambda campaign: (f"only {campaign.title_zh}", campaign.pk * 100)) == [
        Offer(play=KEY, campaign_id=3, label="only 三", price_fen=300, url="/fake/3/", icon="clock", ends_at=MAY),
        Offer(play=KEY, campaign_id=5, label="only 五", price_fen=500, url="/fake/5/", icon="clock", ends_at=JUNE),
    ]


def test_without_campaigns_nothing_is_offered() -> None:
    assert priced_offers(Paged(), [], say=lambda campaign: (campaign.title_zh, 1)) == []

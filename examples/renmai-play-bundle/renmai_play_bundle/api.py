"""The play for programs: among what one chooses, and for how much. It is ordered with ``plays`` = [bundle, campaign]."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.api.answers import Listed, Out, Paged, whole
from renmai.api.callers import ANYONE
from renmai.campaigns.queries import open_campaigns
from renmai_play_bundle.terms import goods_of, terms_of

router = Router(tags=["Plays"], auth=ANYONE)


class BundleOut(Out):
    """Any ``pieces`` of ``sku_ids`` for ``price_fen``."""

    campaign_id: int
    title: str
    sku_ids: list[int]
    pieces: int
    price_fen: int


@router.get("/offers", response=Paged[BundleOut])
def list_bundles(request: HttpRequest) -> Listed[Any]:
    """What is offered now."""
    shown = []
    for campaign in open_campaigns():
        if campaign.play == "bundle":
            terms = terms_of(campaign.terms)
            shown.append(
                {
                    "campaign_id": campaign.pk,
                    "title": campaign.title,
                    "sku_ids": [sku.pk for sku in goods_of(terms)],
                    "pieces": terms.pieces,
                    "price_fen": terms.price_fen,
                }
            )
    return whole(shown)

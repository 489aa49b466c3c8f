"""What plays that name one price per campaign say on a product's page."""

from collections.abc import Callable, Iterable

from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Play
from renmai.campaigns.shown import Offer


def priced_offers(play: Play, campaigns: Iterable[Campaign], *, say: Callable[[Campaign], tuple[str, int]]) -> list[Offer]:
    """Return an offer for each of ``campaigns``, which leads to the play's own page of it and ends with it.

    ``say`` returns the label, in the active language, and the price in fen.
    """
    found = []
    for campaign in campaigns:
        label, price_fen = say(campaign)
        found.append(
            Offer(
                play=play.key,
                campaign_id=campaign.pk,
                label=label,
                price_fen=price_fen,
                url=play.page(campaign),
                icon=play.icon,
                ends_at=campaign.ends_at,
            )
        )
    return found

"""Following the stream: each event with a product adds to the interests of whoever caused it."""

from collections.abc import Sequence

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.insight.portraits.actions.refreshing import mark
from renmai.insight.portraits.conditions import agreeing
from renmai.insight.portraits.facets import BROWSED, Source, traits_of
from renmai.insight.portraits.fading import days_of
from renmai.insight.portraits.gathering import gather, happenings_of, without
from renmai.insight.portraits.models import Correction, Portrait
from renmai.insight.portraits.writing import merge, rows_of
from renmai.insight.stream.records import StreamEvent

TIES = frozenset({"share_opened", "share_created"})
"""Events after which facts of somebody have to be counted again."""


def on_events(events: Sequence[StreamEvent]) -> None:
    """Add a batch of the stream to the portraits, in the transaction in which the reader moves on. Seven statements for any number.

    Whoever does not agree to it at this moment is left out, whatever the event says.
    """
    known = [event for event in events if event.user_id is not None]
    tied = {event.user_id for event in known if event.name in TIES and event.user_id is not None}
    if tied:
        mark(User.objects.filter(pk__in=tied).values_list("pk", flat=True))
    browsed = [event for event in known if event.product_id is not None and event.name in BROWSED]
    if not browsed:
        return
    users = {event.user_id for event in browsed}
    agreed = set(agreeing(Purpose.BROWSING).filter(user__in=users).values_list("user", flat=True))
    rows = [
        (event.user_id, event.product_id, event.name, days_of(event.at))
        for event in browsed
        if event.user_id in agreed and event.product_id is not None
    ]
    if not rows:
        return
    traits = traits_of(product_id for _user, product_id, _name, _days in rows)
    corrected = set(Correction.objects.filter(user__in=agreed).values_list("user", "facet", "value"))
    parts = gather(happenings_of(rows), traits, source=Source.BROWSING)
    merge(rows_of((without(part, corrected) for part in parts), source=Source.BROWSING), source=Source.BROWSING)
    mark(agreed - set(Portrait.objects.filter(user__in=agreed).values_list("user", flat=True)))

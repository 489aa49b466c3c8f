"""Noting that something was pushed: it spends pressure, and what follows may be learnt from."""

from django.db import transaction

from renmai.kernel import clock
from renmai.trust import facts
from renmai.trust.actions.recording import record
from renmai.trust.models import Sending
from renmai.trust.queries.gating import Asked, Offer


def note_sending(asked: Asked, offer: Offer, *, product_id: int | None = None, is_exploring: bool = False) -> Sending:
    """Note that ``sharer`` pushed something to ``receiver``, with what ``queries.ask`` knew of the tie just before. Once for each push."""
    with transaction.atomic():
        sent = Sending.objects.create(
            sharer_id=asked.sharer_id,
            receiver_id=asked.receiver_id,
            product_id=product_id,
            pressure=asked.pressure,
            belief=asked.belief.mean,
            relevance=offer.relevance,
            is_exploring=is_exploring,
            at=clock.now(),
        )
        record([facts.of_sending(sent)])
    return sent

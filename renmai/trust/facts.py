"""What happened in the rooms below, said as trust: who earned or spent it with whom, when, and by which evidence.

One place answers for both: the reactions, which ask about one event, and the audit, which asks about everything that ever happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from renmai.ordering.models import AfterSale, Order, Review
from renmai.sharing.models import Attribution, Visit
from renmai.trust.models import Feedback, Sending
from renmai.trust.weights import GOOD_RATING, Kind

CHUNK = 1000
SAID: dict[str, str] = {
    Feedback.Word.USEFUL: Kind.USEFUL,
    Feedback.Word.NOT_USEFUL: Kind.NOT_USEFUL,
    Feedback.Word.MUTE: Kind.MUTE,
    Feedback.Word.COMPLAINT: Kind.COMPLAINT,
}


@dataclass(frozen=True)
class Fact:
    """One thing that happened on a tie. ``evidence`` names what it is made of; ``flow_fen`` is what was paid and kept."""

    kind: str
    evidence: str
    sharer_id: int
    receiver_id: int
    at: datetime
    flow_fen: int = 0


def of_order(order_id: int) -> Fact | None:
    """Return what a kept order earned: of whoever gave the link, else of the agent she was bound to; None when nobody brought her."""
    decision = _decisions().filter(order_id=order_id).first()
    return _kept(decision, is_repeat=None) if decision else None


def of_review(review_id: int) -> Fact | None:
    """Return what a good review earned; None for another one, or when nobody brought the buyer."""
    review = Review.objects.filter(pk=review_id, rating__gte=GOOD_RATING).select_related("order_line").first()
    if review is None:
        return None
    sharer = _sharer(_decision(review.order_line.order_id))
    if sharer is None or sharer == review.author_id:
        return None
    return Fact(Kind.REVIEW, f"review:{review.pk}", sharer, review.author_id, review.at)


def of_claim(after_sale_id: int) -> Fact | None:
    """Return what a claim cost that ended well for the buyer because the goods were bad; None for any other."""
    claim = _bad_goods().filter(pk=after_sale_id).select_related("order").first()
    if claim is None or claim.finished_at is None:
        return None
    sharer = _sharer(_decision(claim.order_id))
    if sharer is None or sharer == claim.order.buyer_id:
        return None
    return Fact(Kind.QUALITY_RETURN, f"claim:{claim.pk}", sharer, claim.order.buyer_id, claim.finished_at)


def of_feedback(said: Feedback) -> Fact:
    """Return what a word of the receiver earned or cost."""
    return Fact(SAID[said.word], f"feedback:{said.pk}", said.sharer_id, said.receiver_id, said.at)


def of_sending(sent: Sending) -> Fact:
    """Return what a push spent."""
    return Fact(Kind.SENT, f"sending:{sent.pk}", sent.sharer_id, sent.receiver_id, sent.at)


def of_visits(visits: QuerySet[Visit]) -> list[Fact]:
    """Return what openings of links spent: one for each link, receiver and day of the shop, however often she opened it that day."""
    rows = visits.filter(is_valid=True, user__isnull=False).order_by("pk")
    shop_days = ZoneInfo(settings.TIME_ZONE)
    found: dict[str, Fact] = {}
    for share_id, sharer_id, receiver_id, at in rows.values_list("share_id", "share__sharer_id", "user_id", "at"):
        if receiver_id != sharer_id:
            evidence = f"visit:{share_id}:{receiver_id}:{at.astimezone(shop_days):%Y%m%d}"
            found.setdefault(evidence, Fact(Kind.OPENED, evidence, sharer_id, receiver_id, at))
    return list(found.values())


def all_lasting() -> Iterator[Fact]:
    """Yield everything that orders, reviews, claims, feedback and sendings say, for the audit. Taken-back feedback is left out."""
    kept: set[tuple[int, int]] = set()
    for decision in _decisions().order_by("order__settled_at", "order_id").iterator(CHUNK):
        pair = (_sharer(decision) or 0, decision.order.buyer_id)
        fact = _kept(decision, is_repeat=pair in kept)
        if fact is not None:
            kept.add(pair)
            yield fact
    for review_id in Review.objects.filter(rating__gte=GOOD_RATING).values_list("pk", flat=True).iterator(CHUNK):
        yield from _known(of_review(review_id))
    for claim_id in _bad_goods().values_list("pk", flat=True).iterator(CHUNK):
        yield from _known(of_claim(claim_id))
    for sent in Sending.objects.iterator(CHUNK):
        yield of_sending(sent)


def _known(fact: Fact | None) -> list[Fact]:
    return [fact] if fact is not None else []


def _decisions() -> QuerySet[Attribution]:
    settled = Attribution.objects.filter(order__status=Order.Status.SETTLED)
    return settled.select_related("order", "share", "shop")


def _decision(order_id: int) -> Attribution | None:
    return Attribution.objects.filter(order_id=order_id).select_related("share", "shop").first()


def _sharer(decision: Attribution | None) -> int | None:
    if decision is None or decision.shop is None:
        return None
    return decision.share.sharer_id if decision.share is not None else decision.shop.owner_id


def _kept(decision: Attribution, *, is_repeat: bool | None) -> Fact | None:
    """Return what a settled order earned; ``is_repeat`` None: look whether she kept something of the same sharer before."""
    order, sharer = decision.order, _sharer(decision)
    net_fen = order.payable_fen - order.refunded_fen
    if sharer is None or sharer == order.buyer_id or order.settled_at is None or net_fen <= 0:
        return None
    if is_repeat is None:
        is_repeat = _kept_before(order, sharer)
    kind = Kind.REPEAT if is_repeat else Kind.KEPT
    return Fact(kind, f"order:{order.pk}", sharer, order.buyer_id, order.settled_at, flow_fen=net_fen)


def _kept_before(order: Order, sharer_id: int) -> bool:
    before = Q(order__settled_at__lt=order.settled_at) | Q(order__settled_at=order.settled_at, order__lt=order.pk)
    kept = (
        each
        for each in _decisions().filter(before, order__buyer=order.buyer_id)
        if each.order.payable_fen > each.order.refunded_fen
    )
    return any(_sharer(each) == sharer_id for each in kept)


def _bad_goods() -> QuerySet[AfterSale]:
    return AfterSale.objects.filter(status=AfterSale.Status.DONE, is_quality_issue=True)

"""What must hold between shops, links and orders."""

from collections.abc import Iterator

from django.db.models import F

from renmai.kernel.audits import Violation
from renmai.ordering.models import Order
from renmai.sharing.models import Attribution, Share

CHUNK = 1000


def violations() -> Iterator[Violation]:
    """Yield what is wrong: an order of the shop without its decision, one that contradicts it, a broken chain."""
    undecided = Order.objects.filter(source="shop", attribution__isnull=True)
    for number in undecided.values_list("number", flat=True).iterator(CHUNK):
        yield Violation("attribution", number, "no attribution decision")
    contradicted = Attribution.objects.exclude(order__shop_id=F("shop_id")).exclude(
        shop__isnull=True, order__shop_id__isnull=True
    )
    for number in contradicted.values_list("order__number", flat=True).iterator(CHUNK):
        yield Violation("attribution", number, "the order's shop is not the one that was decided")
    own = Attribution.objects.filter(shop__owner=F("order__buyer"))
    for number in own.values_list("order__number", flat=True).iterator(CHUNK):
        yield Violation("attribution", number, "an own purchase is attributed")
    for code in Share.objects.filter(parent__isnull=False).exclude(depth=F("parent__depth") + 1).values_list("code", flat=True):
        yield Violation("cascade", code, "depth is not its parent's plus one")

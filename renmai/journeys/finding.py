"""By which way somebody came to what she ordered: search, content or social. Decided once, from what the shop itself saw.

For each line, the first of these that says something about the time before it was chosen (put into the cart, or ordered at once), within
``attribution.window_days``:

1. ``look``: the last look at the product of which it is known how she came to it, by her or by a browser of hers. Coming back to what she
   knew (favourites, the cart, a bookmark) is no way: the one before it holds. The post in which she opened it is noted along.
2. ``link``: somebody else's link that she opened, to a shop, a page, or this product.
3. ``play``: the campaign that set its price says how it meets people.
4. ``said``: the page or program that ordered says so.

Being bound to an agent is no way: who looks for something herself and buys it has searched, whoever earns on it. The order's own way is
that of most of its goods, in money.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from renmai.campaigns.models import Participation
from renmai.campaigns.plays import Layer, plays
from renmai.content.queries import Touch, touches_of
from renmai.insight.queries import Look, looks_of
from renmai.ordering.actions.finding import Found, note_found
from renmai.ordering.models import Order, OrderLine
from renmai.policy.queries import integer
from renmai.sharing.queries import Opening, openings_of

By = OrderLine.FoundBy


def find(order_id: int) -> bool:
    """Decide the ways of an order's lines and its own, and write them down; False when that was done before, or it was imported."""
    order = Order.objects.get(pk=order_id)
    lines = list(OrderLine.objects.filter(order=order).order_by("pk"))
    if order.funnel == Order.Funnel.IMPORTED or any(line.found_by for line in lines):
        return False
    since = order.placed_at - timedelta(days=integer("attribution.window_days"))
    products = sorted({line.product_id_at_order for line in lines})
    looks = looks_of(order.buyer_id, products, since=since, until=order.placed_at)
    touches = touches_of(order.buyer_id, products, since=since, until=order.placed_at) if looks else []
    found = {line.pk: _by_look(line, looks, touches, until=line.chosen_at or order.placed_at) for line in lines}
    if not all(found.values()):
        openings = openings_of(order.buyer_id, since=since, until=order.placed_at)
        campaign = _way_of_campaign(order)
        for line in lines:
            known = found[line.pk] or _by_link(line, openings, until=line.chosen_at or order.placed_at)
            found[line.pk] = known or (Found(line, campaign, By.PLAY) if campaign else Found(line, order.funnel, By.SAID))
    note_found(order, [each for each in found.values() if each is not None])
    return True


def _by_look(line: OrderLine, looks: Sequence[Look], touches: Sequence[Touch], *, until: datetime) -> Found | None:
    """Return the way of the last look, and the post she opened it from since she last came by another way. Both lists are newest first."""
    hers = [look for look in looks if look.product_id == line.product_id_at_order and look.at <= until]
    if not hers:
        return None
    last = hers[0]
    before = next((look.at for look in hers if look.funnel != last.funnel), None)
    for touch in touches:
        is_since = touch.at <= until and (before is None or touch.at > before)
        if touch.product_id == line.product_id_at_order and is_since:
            return Found(line, last.funnel, By.LOOK, touch.at, touch.post_id)
    return Found(line, last.funnel, By.LOOK, last.at)


def _by_link(line: OrderLine, openings: Sequence[Opening], *, until: datetime) -> Found | None:
    about = (None, line.product_id_at_order)
    last = next((each for each in openings if each.product_id in about and each.at <= until), None)
    return Found(line, Order.Funnel.SOCIAL, By.LINK, last.at) if last else None


def _way_of_campaign(order: Order) -> str:
    """Return how the campaign that set the price of the goods meets people; "" without any."""
    if not order.is_in_campaign:
        return ""
    named = Participation.objects.filter(order=order).order_by("pk").values_list("play", flat=True)
    found = (plays()[key] for key in named if key in plays())
    return next((each.funnel for each in found if each.layer is Layer.PRICE), "")

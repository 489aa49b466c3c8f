"""Passing on a post of the library: a link of the agent's own that leads to the post, in her shop."""

from renmai.accounts.models import User
from renmai.catalogue import queries as catalogue
from renmai.content import queries as content
from renmai.matching.library.queries import path_of
from renmai.matching.policies import require_seller
from renmai.sharing import actions as sharing
from renmai.sharing.actions import Landing
from renmai.sharing.models import Share


def pass_on(agent: User, number: str) -> Share:
    """Return the agent's link to the published post of this number; its author stays named there, and orders go to the agent's shop.

    Raises ``request.forbidden`` for somebody without a shop, ``request.not_found``, ``content.withdrawn``, and as ``sharing.actions.share``.
    """
    shop = require_seller(agent)
    post = content.post_of_number(number, viewer_id=agent.pk)
    goods = [row.product_id for row in sorted(post.goods.all(), key=lambda row: row.position)]
    card = next((card for card in catalogue.cards(goods) if not card.is_sold_out), None)
    product = catalogue.access_product(None, card.id) if card else None
    return sharing.share(agent, kind=Share.Kind.PAGE, shop=shop, product=product, landing=Landing(None, path_of(post)))

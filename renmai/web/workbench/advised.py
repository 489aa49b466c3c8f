"""Recommended goods as the agent sees them: what each would earn, why it is there, and her requirements in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.accounts.models import User
from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import CategoryNode
from renmai.matching import queries, reasons
from renmai.matching.queries import Advice
from renmai.matching.reasons import Said
from renmai.matching.selections import Entry, Kept
from renmai.matching.wishes import Wishes, in_band
from renmai.trust.queries import Offer, Reception, gates, kept_share, receptions
from renmai.trust.queries.telling import RELEVANCE
from renmai.web.ui.formats import money_text
from renmai.web.workbench import goods
from renmai.web.workbench.goods import Goods

SHOWN = 20


@dataclass(frozen=True)
class Ground:
    """One reason with the page that it opens, if any."""

    text: str
    url: str


@dataclass(frozen=True)
class Advised:
    """One recommended product with its reasons."""

    product: Goods
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Chip:
    """One list among those that were made for her."""

    label: str
    url: str
    part: int


def goods_of(entries: Sequence[Entry], wishes: Wishes) -> list[Advised]:
    """Return the first goods of a list with their reasons, in six statements. What has left her price band since is left out."""
    found = catalogue.cards([entry.product_id for entry in entries])
    cards = [card for card in found if in_band(wishes, lowest_fen=card.lowest_price_fen, highest_fen=card.highest_price_fen)][
        :SHOWN
    ]
    told = reasons.said([entry for entry in entries if entry.product_id in {card.id for card in cards}], to_agent=True)
    offered = goods.offered(cards, chosen=frozenset())
    return [Advised(product, tuple(map(ground, told[product.id]))) for product in offered if not product.is_sold_out]


@dataclass(frozen=True)
class ToShare:
    """One product of her shop that is worth sharing today, the reason, and the names of the customers whom it suits above all."""

    product: Goods
    ground: Ground | None
    names: tuple[str, ...]
    model: str
    reception: Reception


def to_share(agent: User, *, limit: int) -> list[ToShare]:
    """Return what she may share today and with whom, in sixteen statements at most; one when there is nothing.

    A customer is named only while the gate of trust lets a share through to her: she agreed to offers, did not mute, is not tired, and
    it is day. Why somebody is missing is never told.
    """
    advice = queries.share_today(agent, limit=limit)
    if not advice:
        return []
    told = reasons.said([each.entry for each in advice], to_agent=True)
    by_id = {
        product.id: product
        for product in goods.offered(catalogue.cards([each.product_id for each in advice]), chosen=frozenset())
    }
    reached = _reached(agent, advice, by_id)
    people = User.objects.in_bulk({person for _product, person in reached})
    received = receptions(list(by_id))
    found = []
    for each in advice:
        product = by_id.get(each.product_id)
        if product is not None and not product.is_sold_out:
            names = tuple(people[person].display_name for person in each.customer_ids if (product.id, person) in reached)
            said = told[each.product_id]
            found.append(ToShare(product, ground(said[0]) if said else None, names, each.strategy, received[product.id]))
    return found


def _reached(agent: User, advice: Sequence[Advice], by_id: Mapping[int, Goods]) -> frozenset[tuple[int, int]]:
    """Return the pairs of product and customer that the gate of trust lets through at this moment. Seven statements, none for none."""
    asked = [(each.product_id, person) for each in advice if each.product_id in by_id for person in each.customer_ids]
    margins = {product_id: round(product.price_fen * kept_share()) for product_id, product in by_id.items()}
    verdicts = gates(agent, [(person, Offer(RELEVANCE, margins[product_id])) for product_id, person in asked])
    return frozenset(pair for pair, verdict in zip(asked, verdicts, strict=True) if verdict.allowed)


def for_one(agent: User, customer_id: int) -> list[ToShare]:
    """Return what of her shop suits one customer who lets her know, the best first. Eight statements, one when nothing is known."""
    found = queries.for_customer(agent, customer_id)
    if found is None or not found.entries:
        return []
    told = reasons.said(found.entries, to_agent=True, about_one=True)
    by_id = {product.id: product for product in goods.several([entry.product_id for entry in found.entries])}
    received = receptions(list(by_id))
    return [
        ToShare(
            by_id[entry.product_id],
            next(map(ground, told[entry.product_id]), None),
            (),
            found.strategy,
            received[entry.product_id],
        )
        for entry in found.entries
        if entry.product_id in by_id and not by_id[entry.product_id].is_sold_out
    ]


def let_through(agent: User, customer_id: int, *, prices_fen: Sequence[int]) -> list[bool]:
    """Whether the gate of trust lets something of each of these prices through to a customer at this moment. Seven statements, none for none."""
    share = kept_share()
    offers = [(customer_id, Offer(RELEVANCE, round(price_fen * share))) for price_fen in prices_fen]
    return [verdict.allowed for verdict in gates(agent, offers)]


def group_chips(groups: Sequence[Kept], path: str) -> list[Chip]:
    """Return one chip for all of her customers and one for each group; none without groups."""
    if not groups:
        return []
    names = {node.id: node.name for node in _tops()}
    found = [Chip(_("All my customers"), path, 0)]
    for group in groups:
        label = ngettext("%(name)s, %(count)s customer", "%(name)s, %(count)s customers", group.people)
        found.append(
            Chip(label % {"name": names.get(group.part, "–"), "count": group.people}, f"{path}?group={group.part}", group.part)
        )
    return found


def in_words(wishes: Wishes) -> list[str]:
    """Return an agent's requirements as short words; none when she asks for nothing."""
    names = {node.id: node.name for top in _tops() for node in (top, *top.children)} if wishes.categories else {}
    found = [names[key] for key in sorted(wishes.categories) if key in names]
    found += sorted(wishes.brands)
    if wishes.minimum_fen is not None:
        found.append(_("from %(price)s") % {"price": money_text(wishes.minimum_fen)})
    if wishes.maximum_fen is not None:
        found.append(_("up to %(price)s") % {"price": money_text(wishes.maximum_fen)})
    if wishes.commission_points:
        found.append(_("commission of at least %(share)s") % {"share": f"{wishes.commission_points / 100:g}%"})
    if wishes.return_points is not None:
        found.append(_("at most %(share)s returned") % {"share": f"{wishes.return_points / 100:g}%"})
    for count, words in (
        (len(wishes.suppliers), ngettext("%(count)s supplier", "%(count)s suppliers", len(wishes.suppliers))),
        (len(wishes.ship_from), ngettext("from %(count)s province", "from %(count)s provinces", len(wishes.ship_from))),
    ):
        if count:
            found.append(words % {"count": count})
    return found


def ground(said: Said) -> Ground:
    """Return a reason with the address of what it speaks of."""
    if said.opens == "topic":
        return Ground(said.text, reverse("storefront:topic", args=[said.slug]))
    if said.opens == "product":
        return Ground(said.text, reverse("storefront:product", args=[said.about]))
    return Ground(said.text, reverse("storefront:category", args=[said.slug]) if said.opens == "category" else "")


def _tops() -> tuple[CategoryNode, ...]:
    return catalogue.categories_tree(is_counted=False)

"""Making the lists: for agents and groups of their customers, for members, for everybody, and what goes with a product.

Loaded late, by whoever makes lists: it brings NumPy and SciPy with it. Everything is read once for a whole batch of people.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import sparse

from renmai.accounts.consents import Purpose
from renmai.kernel import clock
from renmai.matching import feedback, neighbours, queries, reading, scoring, selections, strategies
from renmai.matching.fitted import serving
from renmai.matching.fitted.serving import Serving
from renmai.matching.grounds import Grounds, reasons
from renmai.matching.models import Requirements, Selection, Verdict
from renmai.matching.reading import Acts
from renmai.matching.scoring import Crowd
from renmai.matching.selections import GROUP_LEAST, Entry, Why
from renmai.matching.shelf import Flags, Floats, Ints, Shelf
from renmai.matching.showing import SAFE, TOGETHER
from renmai.matching.strategies import Occasion, Strategy
from renmai.matching.wishes import ANYTHING, Wishes, allowed
from renmai.sharing.models import ShopItem

LONG, SHORT, WITH = 40, 20, 12
WITH_MOST: Final = 5000
GROUPS_MOST: Final = 6
KNOWN_MOST: Final = 50
PEOPLE_EACH: Final = 3
CUSTOMERS_MOST: Final = 300
TOLD_MOST: Final = 100
FOR_ONE: Final = 4
"""For so many of her newest customers who let her know there is a list of their own, so long."""

LATELY: Final = 0.7
"""Bought less than a month ago (the weight that an order has then): she does not need it again yet."""

Audience = Selection.Audience


@dataclass(frozen=True, kw_only=True)
class Stock:
    """What every list of a batch is made from: the shelf, what is bought with what, the month, and the model that serves, if one does.

    ``is_unwelcome`` are goods against which the words of those they were shared with speak strongly enough by themselves. That does not
    demote them, for a word costs one tap; but nobody is advised to share them.
    """

    shelf: Shelf
    likeness: sparse.csr_array
    month: int
    is_unwelcome: Flags
    model: Serving | None = None


@dataclass(frozen=True)
class Seller:
    """An agent with her shop."""

    user_id: int
    shop_id: int


@dataclass(frozen=True, kw_only=True)
class Party:
    """Some of an agent's customers, perhaps one: who they are, what they did, and what that makes of them."""

    people: tuple[int, ...]
    acts: Acts
    crowd: Crowd


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What was read of an agent and her customers: all of them, each group by its category, and each who lets her know (by her id)."""

    seller: Seller
    acts: Acts
    crowd: Crowd
    wishes: Wishes
    is_in_shop: Flags
    bound: tuple[int, ...]
    groups: Mapping[int, Party]
    told: Mapping[int, Party]


def stocktaking() -> Stock:
    """Read the shelf, everybody's orders of a year, and the model that serves."""
    shelf, now = reading.read_shelf(), clock.now()
    orders = reading.all_bought(shelf, since=now - reading.REMEMBERED, until=now)
    counts = reading.since_lifted(shelf)
    return Stock(
        shelf=shelf,
        likeness=neighbours.bought_together(orders, len(shelf)),
        month=now.month,
        is_unwelcome=feedback.too_bad(feedback.of_words(counts.heard, counts.unwelcome, among=shelf)),
        model=serving.ready(shelf),
    )


def crowd_of(stock: Stock, acts: Acts, *, opened: Floats | None = None) -> Crowd:
    """Return the crowd of these acts: whoever bought a lot does not speak for all."""
    size = len(stock.shelf)
    interest = acts.interest(size)
    orders = acts.of(acts.is_order == 1)
    return Crowd(
        interest=interest,
        bought=np.bincount(orders.place, minlength=size).astype(np.float64),
        opened=np.zeros(size) if opened is None else opened,
        together=neighbours.suits(stock.likeness, interest),
        modelled=None if stock.model is None else stock.model.asked(acts).suits(),
    )


def for_crowd(stock: Stock, acts: Acts, *, wishes: Wishes = ANYTHING, limit: int = SHORT) -> tuple[Entry, ...]:
    """Return the list for any group of people by what they did: buyers of a group buy, a segment, a family."""
    return _entries(stock, acts, crowd_of(stock, acts), candidates=allowed(stock.shelf, wishes), limit=limit)


def make_for_agents(stock: Stock, sellers: Sequence[Seller], *, strategy_of: Mapping[int, str]) -> tuple[Gathered, ...]:
    """Make and keep the lists of goods of these agents: new ones, what to share today and with whom, one for each group and for each customer
    who lets her know. Returns what was read for it, so that other lists of theirs are made of the same.
    """
    shops = [seller.shop_id for seller in sellers]
    customers = reading.customers_of(shops)
    orders = reading.bought(stock.shelf, shops=shops)
    everybody = sorted({person for people in customers.values() for person in people[:CUSTOMERS_MOST]})
    looks = reading.looked_at(stock.shelf, everybody, Purpose.BROWSING, Purpose.AGENT_ALERTS)
    opened = reading.openings(stock.shelf, shops)
    users = [seller.user_id for seller in sellers]
    wanted = wishes_of(users)
    answers = _answers(users, Verdict.Side.AGENT)
    chosen, telling = _in_shops(shops), reading.telling(everybody)
    hidden = _answers(telling, Verdict.Side.CUSTOMER)
    found = []
    for seller in sellers:
        own = reading.together(
            orders.of(orders.shop == seller.shop_id), looks.of(np.isin(looks.person, customers[seller.shop_id]))
        )
        liked, refused = answers.get((seller.user_id, "accepted"), []), answers.get((seller.user_id, "rejected"), [])
        crowd = replace(
            crowd_of(stock, own, opened=opened[seller.shop_id]),
            liked=stock.shelf.places(liked),
            refused=stock.shelf.places(refused),
        )
        wishes = wanted.get(seller.user_id, ANYTHING)
        bound = tuple(customers[seller.shop_id])
        told = [person for person in bound if person in telling][:TOLD_MOST]
        gathered = Gathered(
            seller=seller,
            acts=own,
            crowd=crowd,
            wishes=replace(wishes, excluded=wishes.excluded | set(refused)),
            is_in_shop=np.isin(stock.shelf.ids, sorted(chosen[seller.shop_id])),
            bound=bound,
            groups={part: _party(stock, own, members) for part, members in groups(stock.shelf, own).items()},
            told={person: _party(stock, own, [person]) for person in told if (own.person == person).any()},
        )
        _make_for_agent(stock, gathered, strategy=strategy_of[seller.user_id])
        _make_for_each(stock, gathered, hidden={key: set(hidden.get((key, "rejected"), [])) for key in gathered.told})
        found.append(gathered)
    return tuple(found)


def _party(stock: Stock, acts: Acts, members: Sequence[int]) -> Party:
    own = acts.of(np.isin(acts.person, members))
    return Party(people=tuple(members), acts=own, crowd=crowd_of(stock, own))


def _make_for_agent(stock: Stock, gathered: Gathered, *, strategy: str) -> None:
    shelf, acts, user_id = stock.shelf, gathered.acts, gathered.seller.user_id
    fits = allowed(shelf, gathered.wishes)
    people = len(np.unique(acts.person))
    candidates = fits & ~gathered.is_in_shop
    new = _entries(stock, acts, gathered.crowd, candidates=candidates, limit=LONG, strategy=strategies.STRATEGIES[strategy])
    selections.keep(Audience.AGENT, user_id, new, strategy=strategy, people=people)
    hers = _sharable(stock, gathered)
    welcome = fits & ~stock.is_unwelcome
    today = _entries(stock, acts, gathered.crowd, candidates=hers if hers.any() else welcome, limit=SHORT)
    named = _with_people(stock, acts.of(np.isin(acts.person, gathered.bound)), today)
    selections.keep(Audience.SHARE, user_id, named, strategy=selections.DEFAULT_STRATEGY, people=people)
    lists = {
        part: (_entries(stock, group.acts, group.crowd, candidates=fits, limit=SHORT), len(group.people))
        for part, group in gathered.groups.items()
    }
    selections.keep_parts(Audience.GROUP, user_id, lists, strategy=selections.DEFAULT_STRATEGY)
    Selection.objects.filter(audience=Audience.GROUP, subject_id=user_id).exclude(part__in=list(lists)).delete()


def _make_for_each(stock: Stock, gathered: Gathered, *, hidden: Mapping[int, Collection[int]]) -> None:
    """Make and keep, for each customer who lets her agent know, what of the shop suits that one; not what she has lately or wants not to see."""
    shelf, user_id = stock.shelf, gathered.seller.user_id
    hers, lists = _sharable(stock, gathered), {}
    for customer, one in gathered.told.items():
        candidates = hers & ~np.isin(shelf.ids, sorted(hidden[customer]))
        candidates[one.acts.place[(one.acts.is_order == 1) & (one.acts.weight > LATELY)]] = False
        lists[customer] = (_entries(stock, one.acts, one.crowd, candidates=candidates, limit=FOR_ONE), 1)
    selections.keep_parts(Audience.CUSTOMER, user_id, lists, strategy=selections.DEFAULT_STRATEGY)
    Selection.objects.filter(audience=Audience.CUSTOMER, subject_id=user_id).exclude(part__in=list(lists)).delete()


def _sharable(stock: Stock, gathered: Gathered) -> Flags:
    """Return what is in her shop and can be shared: whatever she requires of new goods, as long as it can be bought and is of use to people."""
    return allowed(stock.shelf, ANYTHING) & gathered.is_in_shop & ~stock.is_unwelcome


def make_for_members(stock: Stock, members: Collection[int], *, strategy_of: Mapping[int, str]) -> None:
    """Make and keep the personal lists of these members. Who agreed to that is the caller's to know; looks only count with consent."""
    acts = reading.together(
        reading.bought(stock.shelf, buyers=members),
        reading.looked_at(stock.shelf, members, Purpose.BROWSING, Purpose.RECOMMENDATIONS),
    )
    hidden = _answers(members, Verdict.Side.CUSTOMER)
    heard = reading.without_denied(stock.shelf, acts)
    for member in members:
        own = acts.of(acts.person == member)
        candidates = allowed(stock.shelf, Wishes(excluded=frozenset(hidden.get((member, "rejected"), []))))
        lately = own.place[(own.is_order == 1) & (own.weight > LATELY)]
        candidates[lately] = False
        name, own = strategy_of[member], heard.of(heard.person == member)
        entries = _entries(
            stock, own, crowd_of(stock, own), candidates=candidates, limit=LONG, strategy=strategies.STRATEGIES[name]
        )
        selections.keep(Audience.MEMBER, member, entries, strategy=name, people=1)


def make_for_segments(stock: Stock, people_of: Mapping[int, Collection[int]]) -> None:
    """Make the lists of these segments anew, each from what those of its people did who agree to that; none from fewer than ``GROUP_LEAST``."""
    for segment_id, people in people_of.items():
        acts = reading.together(
            reading.bought(stock.shelf, buyers=people),
            reading.looked_at(stock.shelf, people, Purpose.BROWSING, Purpose.RECOMMENDATIONS),
        )
        entries = for_crowd(stock, acts, limit=LONG) if len(people) >= GROUP_LEAST else ()
        selections.renew(Audience.SEGMENT, segment_id, entries, strategy=selections.DEFAULT_STRATEGY, people=len(people))


def make_for_everybody(stock: Stock) -> None:
    """Make and keep what is the same for everybody: what is popular, and the safe picks."""
    shelf = stock.shelf
    nobody = scoring.nobody(shelf)
    none = _no_acts()
    candidates = allowed(shelf, ANYTHING)
    entries = _entries(stock, none, nobody, candidates=candidates, limit=LONG, strategy=strategies.popular)
    selections.keep(Audience.EVERYBODY, 0, entries, strategy="popular")
    is_safe = candidates & feedback.safe(shelf.judged, shelf.returned)
    order = scoring.best(scoring.factors(shelf, nobody)["popular"], is_safe, limit=1000)
    picks = [
        Entry(int(shelf.ids[at]), (Why("quality", int(shelf.returned[at]), int(shelf.judged[at])),)) for at in order.tolist()
    ]
    selections.keep(Audience.SAFE, 0, picks, strategy=SAFE)


def make_goes_with(stock: Stock) -> int:
    """Make and keep what goes with each of the ``WITH_MOST`` best-selling goods: what was bought with it, then what is like it.

    Returns for how many goods there is something. The rest of a long shelf is hardly ever looked at, and would take the worker minutes.
    """
    shelf, candidates, made = stock.shelf, allowed(stock.shelf, ANYTHING), 0
    rows = []
    sells = scoring.factors(shelf, scoring.nobody(shelf))["popular"]
    for place in scoring.best(sells, np.ones(len(shelf), dtype=np.bool_), limit=WITH_MOST).tolist():
        with_it = [at for at in neighbours.nearest(stock.likeness, place, limit=2 * WITH).tolist() if candidates[at]][:WITH]
        entries = [Entry(int(shelf.ids[at]), (Why("together", int(shelf.ids[place])),)) for at in with_it]
        if len(entries) < WITH:
            alike = shelf.vectors @ shelf.vectors[place]
            open_ones = candidates & ~np.isin(np.arange(len(shelf)), [place, *with_it]) & (alike > 0.5)
            more = scoring.best(alike, open_ones, limit=WITH - len(entries))
            entries += [Entry(int(shelf.ids[at]), (Why("likeness", int(shelf.ids[place])),)) for at in more.tolist()]
        rows.append((int(shelf.ids[place]), entries))
        made += bool(entries)
    selections.keep_many(Audience.PRODUCT, rows, strategy=TOGETHER)
    return made


def groups(shelf: Shelf, acts: Acts) -> dict[int, list[int]]:
    """Return the groups of a crowd: under each category (the upper ones) the people whose interest lies there most, if they are enough."""
    if not len(acts.person):
        return {}
    people, row = np.unique(acts.person, return_inverse=True)
    tops, column = np.unique(shelf.top[acts.place], return_inverse=True)
    mass = np.zeros((len(people), len(tops)))
    np.add.at(mass, (row, column), acts.weight)
    favourite = mass.argmax(axis=1)
    found = {int(top): people[favourite == at].tolist() for at, top in enumerate(tops)}
    large = sorted((part for part in found if len(found[part]) >= GROUP_LEAST), key=lambda part: -len(found[part]))
    return {part: found[part] for part in large[:GROUPS_MOST]}


def wishes_of(user_ids: Collection[int]) -> dict[int, Wishes]:
    """Return what these agents require; who requires nothing is left out."""
    return {row.user_id: queries.as_wishes(row) for row in Requirements.objects.filter(user_id__in=list(user_ids))}


def _entries(
    stock: Stock, acts: Acts, crowd: Crowd, *, candidates: Flags, limit: int, strategy: Strategy = strategies.personal
) -> tuple[Entry, ...]:
    occasion = Occasion(month=stock.month, candidates=candidates, limit=limit)
    chosen = strategy(stock.shelf, crowd, occasion)
    grounds = grounds_of(stock, acts, crowd, chosen.added)
    return tuple(Entry(int(stock.shelf.ids[at]), reasons(grounds, at)) for at in chosen.places.tolist())


def grounds_of(stock: Stock, acts: Acts, crowd: Crowd, added: Mapping[str, Floats]) -> Grounds:
    """Return what reasons for goods are drawn from, for a crowd of these acts to which each factor ``added`` so much."""
    return Grounds(
        shelf=stock.shelf,
        crowd=crowd,
        added=added,
        known=_known(acts, len(stock.shelf)),
        people_in=_people_in(stock.shelf, acts),
        likeness=stock.likeness,
        because=None if stock.model is None else stock.model.asked(acts).because,
    )


def _known(acts: Acts, size: int) -> Ints:
    mass = np.bincount(acts.place, weights=acts.weight, minlength=size)
    order = np.argsort(-mass, kind="stable")[:KNOWN_MOST]
    found: Ints = order[mass[order] > 0]
    return found


def _people_in(shelf: Shelf, acts: Acts) -> dict[int, int]:
    found: dict[int, int] = {}
    for column in (shelf.category, shelf.top):
        pairs = np.unique(np.stack([column[acts.place], acts.person]), axis=1)
        categories, counts = np.unique(pairs[0], return_counts=True)
        found |= dict(zip(categories.tolist(), counts.tolist(), strict=True))
    return found


def _with_people(stock: Stock, acts: Acts, entries: Sequence[Entry]) -> list[Entry]:
    """Name, for each entry, the customers whom it suits best and who have not bought it within a month."""
    people = np.unique(acts.person)
    if not len(people):
        return list(entries)
    places = stock.shelf.places([entry.product_id for entry in entries])
    suited = np.zeros((len(people), len(places)))
    for row, person in enumerate(people.tolist()):
        own = acts.of(acts.person == person)
        crowd = crowd_of(stock, own)
        parts = scoring.factors(stock.shelf, crowd)
        added = scoring.contributions(
            {name: parts[name] for name in _PERSONAL if name in parts}, np.ones(len(stock.shelf), dtype=np.bool_)
        )
        suited[row] = scoring.total(added, len(stock.shelf))[places]
        suited[row][np.isin(places, own.place[(own.is_order == 1) & (own.weight > LATELY)])] = -np.inf
    found = []
    for column, entry in enumerate(entries):
        order = np.argsort(-suited[:, column], kind="stable")[:PEOPLE_EACH]
        found.append(replace(entry, people=tuple(int(people[at]) for at in order if suited[at, column] > 0)))
    return found


_PERSONAL: Final = ("taste", "brand", "likeness", "series", "habits", "together", "model")
"""The factors in which one customer differs from another, as far as there is anything to say."""


def _answers(users: Collection[int], side: str) -> dict[tuple[int, str], list[int]]:
    found: dict[tuple[int, str], list[int]] = {}
    rows = Verdict.objects.filter(user_id__in=list(users), side=side)
    for user_id, answer, product_id in rows.values_list("user_id", "answer", "product_id"):
        found.setdefault((user_id, answer), []).append(product_id)
    return found


def _in_shops(shop_ids: Collection[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {shop_id: set() for shop_id in shop_ids}
    for shop_id, product_id in ShopItem.objects.filter(shop_id__in=list(shop_ids)).values_list("shop_id", "product_id"):
        found[shop_id].add(product_id)
    return {shop_id: frozenset(products) for shop_id, products in found.items()}


def _no_acts() -> Acts:
    none = np.zeros(0, dtype=np.int64)
    return Acts(person=none, shop=none, place=none, weight=np.zeros(0), is_order=none)

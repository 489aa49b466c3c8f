"""Reads of the library: lists as they were made ahead, with the posts as they stand now. Never loads a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from renmai.accounts.models import User
from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import ProductCard
from renmai.content.models import Post
from renmai.content.queries.feeds import visible_to
from renmai.content.queries.posts import PATH
from renmai.kernel import clock
from renmai.matching.library.moments import moment_of
from renmai.matching.models import Demotion, Selection
from renmai.matching.selections import Entry, Kept, kept
from renmai.sharing.models import Share

PAGE_SIZE: Final = 10
TOLD: Final = 3
Audience = Selection.Audience


@dataclass(frozen=True)
class Offered:
    """One post that may be passed on: why (the strongest first), and those of its goods that can be bought."""

    post: Post
    entry: Entry
    cards: tuple[ProductCard, ...]


@dataclass(frozen=True)
class Lists:
    """What the library holds for an agent now: for all her customers, for this part of the day, and for each group, the largest first.

    ``own`` and ``today`` are None before they were first made.
    """

    own: Kept | None
    today: Kept | None
    groups: tuple[Kept, ...]


@dataclass(frozen=True)
class Page:
    """One page of a list, numbered from 1."""

    items: tuple[Offered, ...]
    number: int
    has_next: bool


def lists_of(agent: User) -> Lists:
    """Return the lists of an agent. One statement."""
    band = moment_of(clock.now()).band + 1
    wanted = Q(audience=Audience.LIBRARY) | Q(audience=Audience.MOMENT, part=band)
    rows = [kept(row) for row in Selection.objects.filter(wanted, subject_id=agent.pk).order_by("-people", "part")]
    library = [row for row in rows if row.audience == Audience.LIBRARY]
    return Lists(
        own=next((row for row in library if not row.part), None),
        today=next((row for row in rows if row.audience == Audience.MOMENT), None),
        groups=tuple(row for row in library if row.part),
    )


def offered(agent: User, entries: Sequence[Entry], *, source: str = "", page: int = 1) -> Page:
    """Return one page of a list of posts for many, as they stand now. Ten statements at most, none for an empty list.

    Left out is what has been withdrawn, or is by somebody the agent muted; what she has a link to; and what shows a demoted product, or nothing
    any more that can be bought.
    """
    if not entries:
        return Page((), 1, has_next=False)
    known = dict(visible_to(agent.pk).filter(pk__in=[entry.product_id for entry in entries]).values_list("pk", "source"))
    told = [entry for entry in entries if known.get(entry.product_id, "") in ({source} if source else set(known.values()))]
    links = Share.objects.filter(sharer=agent, kind=Share.Kind.PAGE, page__startswith=PATH).values_list("page", flat=True)
    told = _standing(told, passed_on=frozenset(links)) if told else []
    number = max(page, 1)
    first = (number - 1) * PAGE_SIZE
    shown = told[first : first + PAGE_SIZE]
    return Page(_read(shown), number, has_next=len(told) > first + PAGE_SIZE) if shown else Page((), number, has_next=False)


def to_tell(agent: User, customer_id: int) -> tuple[Offered, ...]:
    """Return the posts that suit one customer of hers, at most ``TOLD``, as they stand now. One statement when nothing is known, else nine.

    Left out is what she herself opened, and whom she muted. Whether she lets her agent know, is still hers, and may be told anything now is for
    the caller to ask: it changes by the hour.
    """
    row = Selection.objects.filter(audience=Audience.TELL, subject_id=agent.pk, part=customer_id).first()
    entries = kept(row).entries if row is not None else ()
    if not entries:
        return ()
    both = visible_to(agent.pk).filter(pk__in=visible_to(customer_id).values("pk"))
    known = set(both.filter(pk__in=[entry.product_id for entry in entries]).values_list("pk", flat=True))
    standing = _standing([entry for entry in entries if entry.product_id in known], passed_on=frozenset())
    return _read(standing)[:TOLD]


def path_of(post: Post) -> str:
    """Return the path of a post's page."""
    return f"{PATH}{post.number}/"


def _standing(entries: Sequence[Entry], *, passed_on: frozenset[str]) -> list[Entry]:
    """Leave out what shows a demoted product, and posts with these paths. One statement, one more where there are any."""
    posts = Post.objects.filter(pk__in=[entry.product_id for entry in entries])
    demoted = Demotion.objects.filter(status=Demotion.Status.ACTIVE).values("product")
    gone = set(posts.filter(goods__product__in=demoted).values_list("pk", flat=True))
    if passed_on:
        gone |= {pk for pk, number in posts.values_list("pk", "number") if f"{PATH}{number}/" in passed_on}
    return [entry for entry in entries if entry.product_id not in gone]


def _read(entries: Sequence[Entry]) -> tuple[Offered, ...]:
    """Read posts with their goods. Six statements."""
    wanted = Post.objects.filter(pk__in=[entry.product_id for entry in entries])
    rows = wanted.select_related("author").prefetch_related("goods", "pictures")
    posts = {post.pk: post for post in rows}
    goods = {pk: [row.product_id for row in sorted(post.goods.all(), key=lambda row: row.position)] for pk, post in posts.items()}
    cards = {card.id: card for card in catalogue.cards(sorted({product for each in goods.values() for product in each}))}
    found = []
    for entry in entries:
        post = posts[entry.product_id]
        buyable = [cards[product] for product in goods[post.pk] if product in cards and not cards[product].is_sold_out]
        if buyable or not goods[post.pk]:
            found.append(Offered(post, entry, tuple(buyable)))
    return tuple(found)

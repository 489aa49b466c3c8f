"""What the shop knows of its posts and their readers, read into columns. A fixed number of statements, however many there are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from django.db.models import Count
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from scipy import sparse

from renmai.accounts.consents import Purpose
from renmai.content import queries as content
from renmai.content.models import PostProduct, PostTopic, PostVisit
from renmai.content.queries.posts import PATH
from renmai.kernel import clock
from renmai.matching.library.moments import BANDS, DAYS, SATURDAY, band_of
from renmai.matching.library.posts import Posts, Readers
from renmai.matching.reading import REMEMBERED, agrees_to
from renmai.matching.shelf import Ints, Shelf
from renmai.sharing.models import Mute, Share

MOST: Final = 2000
"""So many of the newest posts are weighed."""

TELLING: Final = (Purpose.BROWSING, Purpose.AGENT_ALERTS)
"""What a customer must have agreed to before her agent's lists know what she read."""


def read_posts(shelf: Shelf) -> Posts:
    """Return the newest published posts with what came of them. Six statements."""
    now = clock.now()
    rows = content.published(most=MOST)
    ids = np.array([row.pk for row in rows], dtype=np.int64)
    figures = content.figures_of(ids.tolist())
    pairs = PostProduct.objects.filter(post__in=ids.tolist()).order_by("post", "position").values_list("post", "product")
    topics = (
        PostTopic.objects.filter(post__in=ids.tolist(), topic__is_open=True).order_by("post", "pk").values_list("post", "topic")
    )
    of_topics = list(topics)
    topic_ids = np.unique(np.array([topic for _post, topic in of_topics], dtype=np.int64))
    goods, has_goods = _marks(ids, list(pairs), shelf.ids)
    by_band, by_day = _by_moment(ids, since=now - REMEMBERED)
    return Posts(
        ids=ids,
        numbers=np.array([row.number for row in rows], dtype=np.str_),
        source=np.array([row.source for row in rows], dtype=np.str_),
        author=np.array([row.author_id for row in rows], dtype=np.int64),
        age_days=np.array([(now - (row.published_at or now)).total_seconds() / 86_400 for row in rows], dtype=np.float64),
        goods=goods,
        has_goods=has_goods,
        topics=_marks(ids, of_topics, topic_ids)[0],
        topic_ids=topic_ids,
        looks=np.array([figures[post].looks for post in ids.tolist()], dtype=np.int64),
        opened=np.array([figures[post].opened for post in ids.tolist()], dtype=np.int64),
        by_band=by_band,
        by_day=by_day,
    )


@dataclass(frozen=True, kw_only=True)
class Read:
    """Who had which post: entries of a person and a place among the posts, each once. ``is_look``: she opened it, else she muted its author."""

    person: Ints
    place: Ints
    is_look: Ints


def read_by(posts: Posts, people: Collection[int]) -> Read:
    """Return what these people had: the posts they opened, of those who let their agent know, and those of authors they muted. Two statements."""
    looks = PostVisit.objects.filter(user__in=list(people), post__in=posts.ids.tolist())
    for purpose in TELLING:
        looks = looks.filter(agrees_to(purpose, "user_id"))
    at = {post: place for place, post in enumerate(posts.ids.tolist())}
    opened = {(user or 0, at[post]) for user, post in looks.order_by().values_list("user", "post").distinct()}
    by_author = defaultdict(list)
    for place, author in enumerate(posts.author.tolist()):
        if posts.source[place] != "official":
            by_author[author].append(place)
    mutes = Mute.objects.filter(receiver__in=list(people), sharer__in=list(by_author)).values_list("receiver", "sharer")
    muted = {(person, place) for person, author in mutes for place in by_author[author]} - opened
    found = [(person, place, 1) for person, place in sorted(opened)] + [(person, place, 0) for person, place in sorted(muted)]
    columns = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Read(person=columns[:, 0], place=columns[:, 1], is_look=columns[:, 2])


def readers_among(posts: Posts, read: Read, people: Collection[int]) -> Readers:
    """Return what a crowd of these people read, everybody counting alike however much she reads."""
    hers = np.isin(read.person, np.array(sorted(people), dtype=np.int64))
    person, place, is_look = read.person[hers], read.place[hers], read.is_look[hers] == 1
    had = np.bincount(place, minlength=len(posts)) / max(len(people), 1)
    topics, by_topic = np.zeros(len(posts.topic_ids)), np.zeros(len(posts.topic_ids), dtype=np.int64)
    for reader in np.unique(person[is_look]).tolist():
        counts = np.asarray(posts.topics[place[is_look & (person == reader)]].sum(axis=0)).ravel()
        topics += counts / np.sqrt(max(float(counts.sum()), 1.0))
        by_topic += counts > 0
    return Readers(topics=topics, topic_people=by_topic, had=had, people=len(np.unique(person[is_look])))


def passed_on(posts: Posts, user_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return, for each of these people, the places of the posts to which she has a link already. One statement."""
    at = {f"{PATH}{number}/": place for place, number in enumerate(posts.numbers.tolist())}
    found: dict[int, set[int]] = {user_id: set() for user_id in user_ids}
    links = Share.objects.filter(sharer__in=list(user_ids), kind=Share.Kind.PAGE, page__startswith=PATH)
    for user_id, page in links.values_list("sharer", "page"):
        if page in at:
            found[user_id].add(at[page])
    return {user_id: frozenset(places) for user_id, places in found.items()}


def _marks(ids: Ints, pairs: list[tuple[int, int]], columns: Ints) -> tuple[sparse.csr_array, np.ndarray]:
    """Return which row has which column as a matrix of ones, and which rows have any pair at all, known to the columns or not."""
    row_of = {key: row for row, key in enumerate(ids.tolist())}
    column_of = {key: column for column, key in enumerate(columns.tolist())}
    known = [(row_of[one], column_of[other]) for one, other in pairs if other in column_of]
    at = np.array(known, dtype=np.int64).reshape(-1, 2)
    matrix = sparse.csr_array((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(ids), len(columns)))
    has_any = np.zeros(len(ids), dtype=np.bool_)
    has_any[[row_of[one] for one, _other in pairs]] = True
    return matrix, has_any


def _by_moment(ids: Ints, *, since: datetime) -> tuple[np.ndarray, np.ndarray]:
    """Return the looks of a year at each post by part of the day, and by kind of day. One statement."""
    bands, days = np.zeros((len(ids), BANDS)), np.zeros((len(ids), DAYS))
    at = {post: place for place, post in enumerate(ids.tolist())}
    looks = PostVisit.objects.filter(post__in=list(at), at__gte=since).order_by()
    when = looks.annotate(hour=ExtractHour("at"), weekday=ExtractIsoWeekDay("at")).values("post", "hour", "weekday")
    for post, hour, weekday, count in when.annotate(n=Count("pk")).values_list("post", "hour", "weekday", "n"):
        bands[at[post], band_of(hour)] += count
        days[at[post], int(weekday >= SATURDAY)] += count
    return bands, days

"""Making the library's lists ahead: for all of an agent's customers, for each group of them, for each part of the day, and for single ones.

Loaded late, by whoever makes lists: it brings NumPy and SciPy with it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from renmai.kernel import clock
from renmai.matching import making, scoring, selections
from renmai.matching.grounds import LEAST, Grounds, reasons
from renmai.matching.library import weighing
from renmai.matching.library.moments import Moment, moment_of
from renmai.matching.library.posts import Posts, Readers
from renmai.matching.library.reading import Read, passed_on, read_by, read_posts, readers_among
from renmai.matching.making import Gathered, Stock
from renmai.matching.models import Selection
from renmai.matching.reading import Acts
from renmai.matching.selections import MOST_REASONS, Entry, Why
from renmai.matching.shelf import Flags, Floats
from renmai.matching.wishes import ANYTHING, allowed

EACH_SOURCE: Final = 20
"""So many posts of each source stand on a list, so that none of the three is empty while it has anything."""

FOR_ONE: Final = 6
STRATEGY: Final = "library"
NEW_DAYS: Final = 7.0
ENOUGH_LOOKS: Final = 20
LEAST_PART: Final = 0.25
"""Of a part of the day it is only said that it is the time of a post when a quarter of all looks come then."""

ABOVE: Final = 1.15
"""A rate so many times the library's own is worth naming."""

Audience = Selection.Audience


@dataclass(frozen=True, kw_only=True)
class _Crowd:
    """One crowd with what it read, the goods that count for it, and the posts that may be told it."""

    grounds: Grounds
    fits: Floats
    readers: Readers
    buyable: Flags
    candidates: Flags


def make_for_agents(stock: Stock, gathered: Sequence[Gathered]) -> None:
    """Make and keep the lists of these agents. Nine statements for what is read, and those that keep each list."""
    posts = read_posts(stock.shelf)
    if not len(posts):
        _forget(gathered, kept={})
        return
    everybody = sorted({person for each in gathered for person in each.bound})
    read = read_by(posts, everybody)
    shared = passed_on(posts, [each.seller.user_id for each in gathered])
    kept = {each.seller.user_id: _make_for_agent(stock, posts, each, read, shared[each.seller.user_id]) for each in gathered}
    _forget(gathered, kept=kept)


def _make_for_agent(stock: Stock, posts: Posts, gathered: Gathered, read: Read, shared: Collection[int]) -> dict[str, list[int]]:
    """Make the lists of one agent; return the parts that each audience has now."""
    user_id = gathered.seller.user_id
    buyable = allowed(stock.shelf, gathered.wishes) | (allowed(stock.shelf, ANYTHING) & gathered.is_in_shop)
    is_open = _may_be_told(stock, posts, buyable)
    is_new = is_open & ~np.isin(np.arange(len(posts)), sorted(shared))

    def crowd(own: Acts, of: scoring.Crowd, people: Collection[int], among: Flags = is_new) -> _Crowd:
        return _crowd(stock, own, of, readers=readers_among(posts, read, people), buyable=buyable, is_open=among)

    everybody = crowd(gathered.acts, gathered.crowd, gathered.bound)
    people = len(np.unique(gathered.acts.person))
    lists = {0: (_ranked(stock, posts, everybody, limit=EACH_SOURCE), people)}
    for part, group in gathered.groups.items():
        own = crowd(group.acts, group.crowd, group.people)
        lists[part] = (_ranked(stock, posts, own, limit=EACH_SOURCE), len(group.people))
    today = {
        moment.band + 1: (_ranked(stock, posts, everybody, limit=EACH_SOURCE, moment=moment), people)
        for moment in _coming(clock.now())
    }
    told = {
        customer: (_ranked(stock, posts, crowd(one.acts, one.crowd, one.people, is_open), limit=FOR_ONE)[:FOR_ONE], 1)
        for customer, one in gathered.told.items()
    }
    selections.keep_parts(Audience.LIBRARY, user_id, lists, strategy=STRATEGY)
    selections.keep_parts(Audience.MOMENT, user_id, today, strategy=STRATEGY)
    selections.keep_parts(Audience.TELL, user_id, told, strategy=STRATEGY)
    return {Audience.LIBRARY: [*lists], Audience.MOMENT: [*today], Audience.TELL: [*told]}


def _forget(gathered: Sequence[Gathered], *, kept: Mapping[int, Mapping[str, list[int]]]) -> None:
    """Delete the lists of groups that are no more, and of customers who tell nothing any more."""
    for each in gathered:
        parts = kept.get(each.seller.user_id, {})
        for audience in selections.OF_POSTS:
            rows = Selection.objects.filter(audience=audience, subject_id=each.seller.user_id)
            rows.exclude(part__in=parts.get(audience, [])).delete()


def _crowd(stock: Stock, acts: Acts, crowd: scoring.Crowd, *, readers: Readers, buyable: Flags, is_open: Flags) -> _Crowd:
    added = scoring.contributions(scoring.factors(stock.shelf, crowd), buyable)
    return _Crowd(
        grounds=making.grounds_of(stock, acts, crowd, added),
        fits=scoring.total(added, len(stock.shelf)),
        readers=readers,
        buyable=buyable,
        candidates=is_open & (readers.had < weighing.HAD_MOST),
    )


def _may_be_told(stock: Stock, posts: Posts, buyable: Flags) -> Flags:
    """Return which posts may be on any list of hers: something in them can be bought, and nothing is demoted."""
    can_buy = np.asarray(posts.goods @ buyable.astype(np.float64)) > 0
    demoted = np.asarray(posts.goods @ stock.shelf.is_demoted.astype(np.float64)) > 0
    found: Flags = (can_buy | ~posts.has_goods) & ~demoted
    return found


def _ranked(stock: Stock, posts: Posts, crowd: _Crowd, *, limit: int, moment: Moment | None = None) -> list[Entry]:
    """Return the best posts for a crowd, best first, at most ``limit`` of each source, with their reasons."""
    parts = weighing.factors(stock.shelf, posts, crowd.readers, fits=crowd.fits, buyable=crowd.buyable, moment=moment)
    scores, added = weighing.weighed(parts, crowd.candidates)
    found: list[int] = []
    for source in np.unique(posts.source):
        found += scoring.best(scores, crowd.candidates & (posts.source == source), limit=limit).tolist()
    found.sort(key=lambda place: (-scores[place], place))
    # Of what sells in this season it is said only where it truly sells more now, not just less little than other goods.
    told = {name: np.where(parts[name] > 0, each, 0.0) if name == "season" else each for name, each in added.items()}
    return [Entry(int(posts.ids[place]), _why(posts, crowd, told, place, moment)) for place in found]


def _why(posts: Posts, crowd: _Crowd, added: Mapping[str, Floats], place: int, moment: Moment | None) -> tuple[Why, ...]:
    """Return the reasons for a post, the strongest first: each only if its fact is true."""
    found: list[Why] = []
    for name in sorted(added, key=lambda factor: -float(added[factor][place])):
        if added[name][place] > LEAST:
            found += _said(posts, crowd, name, place, moment)
    return tuple(dict.fromkeys(found))[:MOST_REASONS]


def _said(posts: Posts, crowd: _Crowd, factor: str, place: int, moment: Moment | None) -> tuple[Why, ...]:
    if factor == "goods":
        at = weighing.best_good(posts, place, fits=crowd.fits, buyable=crowd.buyable)
        return () if at is None else reasons(crowd.grounds, at)[:1]
    if factor == "topic":
        topics = posts.topics[[place]].indices
        best = max(topics.tolist(), key=lambda at: int(crowd.readers.topic_people[at]), default=None)
        if best is None or not crowd.readers.topic_people[best]:
            return ()
        return (Why("topic", int(posts.topic_ids[best]), int(crowd.readers.topic_people[best])),)
    if factor == "read":
        looks, opened = int(posts.looks[place]), int(posts.opened[place])
        usual = float(posts.opened.sum()) / max(float(posts.looks.sum()), 1.0)
        return (Why("read", opened, looks),) if looks >= ENOUGH_LOOKS and opened > ABOVE * usual * looks else ()
    if factor == "fresh":
        return (Why("new", 0, int(NEW_DAYS)),) if posts.age_days[place] < NEW_DAYS - 1.0 else ()
    if factor == "moment" and moment is not None:
        return _of_moment(posts, place, moment)
    return (Why("season"),) if factor == "season" else ()


def _of_moment(posts: Posts, place: int, moment: Moment) -> tuple[Why, ...]:
    """Say which part of the looks at this post, or else at posts of its topic, came at this time, if that is more than usual."""
    own = posts.by_band[place]
    of_topic = np.asarray(posts.topics[:, posts.topics[[place]].indices].sum(axis=1)).ravel() > 0
    usual = float(posts.by_band[:, moment.band].sum()) / max(float(posts.by_band.sum()), 1.0)
    for code, counts in (("hour", own), ("hours", posts.by_band[of_topic].sum(axis=0))):
        looks = float(counts.sum())
        share = counts[moment.band] / max(looks, 1.0)
        if looks >= ENOUGH_LOOKS and share > max(ABOVE * usual, LEAST_PART):
            return (Why(code, moment.band, round(100.0 * share)),)
    return ()


def _coming(now: datetime) -> list[Moment]:
    """Return the part of the day that it is, and the following ones as they come next."""
    first = moment_of(now)
    found = {first.band: first}
    for hours in range(1, 25):
        moment = moment_of(now + timedelta(hours=hours))
        found.setdefault(moment.band, moment)
    return list(found.values())

"""What people search for and what comes of it, as one expression over the table of events: written once, run by any engine.

A look at goods found by searching belongs to the last search of the same person (a member, or a browser of which nobody is known) before it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from renmai.insight.value.steps import SLACK

LEAST_PEOPLE: Final = 5
"""Fewer people's search is not told word by word: it may be a name or a number that somebody typed about herself. As many as must have spoken
of something shared before it is told how it was received."""

MOST_LISTED: Final = 1_000
WITHIN: Final = timedelta(minutes=30)
"""A look later than this after a search is not its doing."""


@dataclass(frozen=True)
class Counted:
    """One search, or all of them (``query`` ""): how often, by how many people; how often it found nothing or only something loosely like it.

    ``known`` are the times of whom it is known what she did next, ``opened`` those of them after which she looked at something found.
    """

    query: str
    times: int
    people: int
    known: int
    empty: int
    loosened: int
    opened: int


def counted(events: Any, *, on: Any) -> list[Counted]:
    """Return all searches together, then those of ``LEAST_PEOPLE`` people at least, the most frequent first, at most ``MOST_LISTED``."""
    made = _made(events)
    opened = _opened(made, events)
    whole = on.to_pyarrow(made.aggregate(**_figures(made))).to_pylist()[0]
    of_whole = on.to_pyarrow(opened.aggregate(opened=opened.count())).to_pylist()[0]["opened"]
    each = made.group_by("text").aggregate(**_figures(made))
    each = each.filter(each.people >= LEAST_PEOPLE, each.text != "")
    rows = on.to_pyarrow(each.order_by(each.times.desc(), each.text).limit(MOST_LISTED)).to_pylist()
    listed = opened.group_by("text").aggregate(opened=opened.count())
    of_each = {row["text"]: row["opened"] for row in on.to_pyarrow(listed.semi_join(each, "text")).to_pylist()}
    return [_row("", whole, of_whole), *(_row(row["text"], row, of_each.get(row["text"], 0)) for row in rows)]


def _row(query: str, found: dict[str, Any], opened: int) -> Counted:
    return Counted(
        query=query,
        times=found["times"],
        people=found["people"],
        known=found["known"],
        empty=found["empty"] or 0,
        loosened=found["loosened"] or 0,
        opened=opened,
    )


def _made(events: Any) -> Any:
    """Return the searches: by whom (null: nobody known), their words in one form, what they found."""
    some = events.filter(events.name == "searched")
    return some.select(
        who=_who(some),
        text=some.query.strip().lower(),
        found=some.found,
        loosened=some.loosened,
        since=some.at,
        search=some.event_id,
    )


def _who(events: Any) -> Any:
    import ibis

    return ibis.coalesce("m" + events.user_id.cast("string"), "b" + events.visitor_id)


def _figures(made: Any) -> dict[str, Any]:
    return {
        "times": made.count(),
        "people": made.who.nunique(),
        "known": made.who.count(),
        "empty": (made.found == 0).cast("int64").sum(),
        "loosened": (made.loosened == 1).cast("int64").sum(),
    }


def _opened(made: Any, events: Any) -> Any:
    """Return the searches after which something found was looked at."""
    import ibis

    seen = events.filter(events.name == "product_viewed", events.funnel == "search")
    looks = seen.select(who=_who(seen), look=seen.event_id, at=seen.at)
    before = looks.inner_join(made.filter(made.who.notnull()), "who")
    back, slack = (ibis.interval(seconds=int(each.total_seconds())) for each in (WITHIN, SLACK))
    before = before.filter(before.since <= before.at + slack, before.since >= before.at - back)
    last = before.group_by("look", "who").aggregate(since=before.since.max()).select("who", "since").distinct()
    return made.semi_join(last, ["who", "since"])

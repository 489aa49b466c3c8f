"""Tags: words for people, each of them a few conditions that anybody can read. Nobody gives a tag by hand."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.insight.portraits.conditions import Condition, members, met
from renmai.insight.portraits.models import Segment

ALL, ANY = Segment.Match.ALL, Segment.Match.ANY


@dataclass(frozen=True)
class Tag:
    """A word for people and what it means."""

    code: str
    label: "str | Promise"
    says: "str | Promise"
    match: str
    conditions: tuple[Condition, ...]


def _likes(*categories: str, level: str = "clear") -> Condition:
    return Condition("category", level, categories)


TAGS: tuple[Tag, ...] = (
    Tag("mother", _("Mum"), _("A clear part of what she looks at or buys is for small children."), ALL, (_likes("baby"),)),
    Tag(
        "office",
        _("Office woman"),
        _("Make-up, skincare, clothes or bags, looked at in lunch breaks and in the evening."),
        ALL,
        (
            _likes("makeup", "skincare", "clothing", "shoes-bags", level="strong"),
            Condition("hour", "strong", ("midday", "evening")),
        ),
    ),
    Tag("tea", _("Tea lover"), _("Tea above all."), ALL, (_likes("tea", level="strong"),)),
    Tag(
        "home",
        _("Home maker"),
        _("A clear part of what she looks at or buys is for home and kitchen."),
        ALL,
        (_likes("home", "kitchen"),),
    ),
    Tag(
        "food",
        _("Gourmet"),
        _("Fresh food, snacks and pantry above all."),
        ALL,
        (_likes("fresh", "snacks", "pantry", level="strong"),),
    ),
    Tag("thrifty", _("Thrifty"), _("Above all goods under ¥50."), ALL, (Condition("price", "strong", ("under-20", "20-50")),)),
    Tag(
        "quality",
        _("Pays for quality"),
        _("Above all goods from ¥200 up."),
        ALL,
        (Condition("price", "strong", ("200-500", "500-up")),),
    ),
    Tag(
        "night",
        _("Night owl"),
        _("Here above all after ten in the evening."),
        ALL,
        (Condition("hour", "strong", ("late", "night")),),
    ),
    Tag(
        "new",
        pgettext_lazy("tag", "New"),
        _("Her first order is at most 30 days old."),
        ALL,
        (Condition("days_since_first", "at_most", ("30",)),),
    ),
    Tag(
        "loyal",
        pgettext_lazy("tag", "Loyal"),
        _("Three orders or more, the last at most 60 days ago."),
        ALL,
        (Condition("orders", "at_least", ("3",)), Condition("days_since_order", "at_most", ("60",))),
    ),
    Tag(
        "leaving",
        _("Slipping away"),
        _("Bought at least twice, and nothing for 90 days."),
        ALL,
        (Condition("orders", "at_least", ("2",)), Condition("days_since_order", "at_least", ("90",))),
    ),
    Tag(
        "looking",
        _("Only looking"),
        _("Twenty touches or more, and no order yet."),
        ALL,
        (Condition("touches", "at_least", ("20",)), Condition("orders", "at_most", ("0",))),
    ),
    Tag(
        "connector",
        _("Connector"),
        _("At least three people came through her links first."),
        ALL,
        (Condition("brought", "at_least", ("3",)),),
    ),
)
TAGS_BY_CODE = {tag.code: tag for tag in TAGS}


def tags_of(user_ids: Collection[int]) -> dict[int, tuple[Tag, ...]]:
    """Return the tags of each of these people, in the order of the table. One statement, for at most a page of people."""
    columns = {
        f"tag_{tag.code}": ExpressionWrapper(met(tag.conditions, tag.match, among=user_ids), output_field=BooleanField())
        for tag in TAGS
    }
    rows = members(user_ids).annotate(**columns).values_list("user", *columns)
    return {row[0]: tuple(tag for tag, has in zip(TAGS, row[1:], strict=True) if has) for row in rows}

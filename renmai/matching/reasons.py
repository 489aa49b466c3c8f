"""Reasons in words: each a sentence that is true and, where it speaks of a thing, opens it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.catalogue.models import Category, Product
from renmai.content.models import Topic
from renmai.insight.portraits.facets import HOURS
from renmai.matching.selections import Entry, Why

Thing = Literal["product", "category", "topic", ""]
OF_PRODUCTS: Final = frozenset({"brand", "likeness", "series", "together"})
OF_CATEGORIES: Final = frozenset({"taste", "selling"})
OF_TOPICS: Final = frozenset({"topic"})


@dataclass(frozen=True)
class Said:
    """One reason in words, with what it opens: a product, a category or a topic by its id and, but for products, its slug."""

    text: str
    opens: Thing = ""
    about: int = 0
    slug: str = ""


@dataclass(frozen=True)
class _Names:
    products: dict[int, str]
    categories: dict[int, tuple[str, str]]
    topics: dict[int, tuple[str, str]]


@dataclass(frozen=True)
class _Hearer:
    """Who is told: an agent about her customers, or about ``one`` of them; else the customer herself."""

    is_agent: bool
    one: bool


def said(entries: Sequence[Entry], *, to_agent: bool, about_one: bool = False) -> dict[int, tuple[Said, ...]]:
    """Return the reasons of these entries in the active language, by product (or post). ``to_agent``: told to an agent about her customers, or
    with ``about_one`` about one of them; else to the customer herself. Two statements, one more where topics are named; a reason whose thing
    is gone is left out.
    """
    hearer = _Hearer(to_agent, about_one)
    names = _names(why for entry in entries for why in entry.why)
    found = {}
    for entry in entries:
        sentences = (_sentence(why, names, hearer) for why in entry.why)
        found[entry.product_id] = tuple(sentence for sentence in sentences if sentence is not None)
    return found


def _names(reasons: Iterable[Why]) -> _Names:
    wanted = list(reasons)
    products = {why.about for why in wanted if why.code in OF_PRODUCTS}
    categories = {why.about for why in wanted if why.code in OF_CATEGORIES}
    topics = {why.about for why in wanted if why.code in OF_TOPICS}
    listed = Product.objects.filter(pk__in=products, status=Product.Status.LISTED).only("title_zh", "title_en")
    return _Names(
        products={product.pk: product.title for product in listed},
        categories={row.pk: (row.name, row.slug) for row in Category.objects.filter(pk__in=categories)},
        topics={row.pk: (row.name, row.slug) for row in Topic.objects.filter(pk__in=topics)} if topics else {},
    )


def _sentence(why: Why, names: _Names, hearer: _Hearer) -> Said | None:
    if why.code in OF_PRODUCTS:
        title = names.products.get(why.about)
        return None if title is None else Said(_of_product(why.code, hearer) % {"title": title}, "product", why.about)
    if why.code in OF_CATEGORIES | OF_TOPICS:
        thing: Thing = "category" if why.code in OF_CATEGORIES else "topic"
        found = (names.categories if thing == "category" else names.topics).get(why.about)
        if found is None:
            return None
        name, slug = found
        return Said(_of_kind(why, hearer) % {"name": name, "count": why.number}, thing, why.about, slug)
    text = _of_post(why) or _of_itself(why, hearer)
    return Said(text) if text else None


def _of_product(code: str, hearer: _Hearer) -> str:
    if code == "brand":
        return _("Same brand as “%(title)s”")
    if code == "together":
        return _("Often bought together with “%(title)s”")
    if code == "series":
        return _("Of the same kind as “%(title)s”")
    if not hearer.is_agent:
        return _("Like “%(title)s”")
    if hearer.one:
        return _("Looks and reads like “%(title)s”, which she likes")
    return _("Looks and reads like “%(title)s”, which your customers like")


def _of_kind(why: Why, hearer: _Hearer) -> str:
    if why.code == "selling":
        return ngettext("You have sold %(count)s order of %(name)s", "You have sold %(count)s orders of %(name)s", why.number)
    if why.code == "topic":
        if hearer.one:
            return _("She has read about %(name)s")
        return ngettext(
            "%(count)s of your customers has read about %(name)s",
            "%(count)s of your customers have read about %(name)s",
            why.number,
        )
    if not hearer.is_agent:
        return _("You have bought or looked at %(name)s")
    if hearer.one:
        return _("She takes to %(name)s")
    return ngettext("%(count)s of your customers takes to %(name)s", "%(count)s of your customers take to %(name)s", why.number)


def _of_post(why: Why) -> str:
    """Return what is told of a post alone; empty for what is told of goods."""
    if why.code == "read":
        return _("Read %(looks)s times, its goods opened %(count)s times") % {"looks": why.number, "count": why.about}
    if why.code == "new":
        return ngettext("New within %(count)s day", "New within %(count)s days", why.number) % {"count": why.number}
    if why.code in {"hour", "hours"}:
        text = (
            _("%(share)s of looks at it come %(when)s")
            if why.code == "hour"
            else _("%(share)s of looks at this topic come %(when)s")
        )
        return text % {"share": f"{why.number}%", "when": HOURS[why.about][2]}
    return ""


def _of_itself(why: Why, hearer: _Hearer) -> str:
    if why.code == "habits":
        yuan = f"¥{why.number / 100:g}"
        if not hearer.is_agent:
            return _("At a price you usually pay, around %(price)s") % {"price": yuan}
        if hearer.one:
            return _("At a price she usually pays, around %(price)s") % {"price": yuan}
        return _("At a price your customers usually pay, around %(price)s") % {"price": yuan}
    if why.code == "quality":
        return ngettext("%(returned)s of %(count)s order came back", "%(returned)s of %(count)s orders came back", why.number) % {
            "returned": why.about,
            "count": why.number,
        }
    if why.code == "welcome":
        return ngettext(
            "Of use to %(useful)s of %(count)s person it was shared with",
            "Of use to %(useful)s of %(count)s people it was shared with",
            why.number,
        ) % {"useful": why.about, "count": why.number}
    if why.code == "popular":
        return ngettext("%(count)s sold in the last 30 days", "%(count)s sold in the last 30 days", why.number) % {
            "count": why.number
        }
    if why.code == "supply":
        return _("Its supplier ships on time: %(share)s of parcels left late") % {"share": f"{why.number / 100:g}%"}
    if why.code == "tail":
        return ngettext("%(count)s piece in the warehouse", "%(count)s pieces in the warehouse", why.number) % {
            "count": why.number
        }
    return {"season": _("Sells at this time of the year"), "fixed": _("On the shop's own list")}.get(why.code, "")

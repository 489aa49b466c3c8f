"""Reasons in words: each a sentence that is true and, where it speaks of a thing, opens it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.catalogue.models import Category, Product
from renmai.matching.selections import Entry, Why

Thing = Literal["product", "category", ""]
OF_PRODUCTS: Final = frozenset({"brand", "likeness", "series", "together"})
OF_CATEGORIES: Final = frozenset({"taste", "selling"})


@dataclass(frozen=True)
class Said:
    """One reason in words, with what it opens: a product or a category by its id and, for categories, its slug."""

    text: str
    opens: Thing = ""
    about: int = 0
    slug: str = ""


@dataclass(frozen=True)
class _Names:
    products: dict[int, str]
    categories: dict[int, tuple[str, str]]


def said(entries: Sequence[Entry], *, to_agent: bool) -> dict[int, tuple[Said, ...]]:
    """Return the reasons of these entries in the active language, by product. ``to_agent``: told to an agent about her customers,
    else to the customer herself. Two statements; a reason whose thing is gone is left out.
    """
    names = _names(why for entry in entries for why in entry.why)
    found = {}
    for entry in entries:
        sentences = (_sentence(why, names, to_agent=to_agent) for why in entry.why)
        found[entry.product_id] = tuple(sentence for sentence in sentences if sentence is not None)
    return found


def _names(reasons: Iterable[Why]) -> _Names:
    wanted = list(reasons)
    products = {why.about for why in wanted if why.code in OF_PRODUCTS}
    categories = {why.about for why in wanted if why.code in OF_CATEGORIES}
    listed = Product.objects.filter(pk__in=products, status=Product.Status.LISTED).only("title_zh", "title_en")
    return _Names(
        products={product.pk: product.title for product in listed},
        categories={row.pk: (row.name, row.slug) for row in Category.objects.filter(pk__in=categories)},
    )


def _sentence(why: Why, names: _Names, *, to_agent: bool) -> Said | None:
    if why.code in OF_PRODUCTS:
        title = names.products.get(why.about)
        return None if title is None else Said(_of_product(why.code, to_agent=to_agent) % {"title": title}, "product", why.about)
    if why.code in OF_CATEGORIES:
        category = names.categories.get(why.about)
        if category is None:
            return None
        name, slug = category
        return Said(_of_category(why, to_agent=to_agent) % {"name": name, "count": why.number}, "category", why.about, slug)
    text = _of_itself(why, to_agent=to_agent)
    return Said(text) if text else None


def _of_product(code: str, *, to_agent: bool) -> str:
    if code == "brand":
        return _("Same brand as “%(title)s”")
    if code == "together":
        return _("Often bought together with “%(title)s”")
    if code == "series":
        return _("Of the same kind as “%(title)s”")
    return _("Looks and reads like “%(title)s”, which your customers like") if to_agent else _("Like “%(title)s”")


def _of_category(why: Why, *, to_agent: bool) -> str:
    if why.code == "selling":
        return ngettext("You have sold %(count)s order of %(name)s", "You have sold %(count)s orders of %(name)s", why.number)
    if to_agent:
        return ngettext(
            "%(count)s of your customers takes to %(name)s", "%(count)s of your customers take to %(name)s", why.number
        )
    return _("You have bought or looked at %(name)s")


def _of_itself(why: Why, *, to_agent: bool) -> str:
    if why.code == "habits":
        yuan = f"¥{why.number / 100:g}"
        text = (
            _("At a price your customers usually pay, around %(price)s")
            if to_agent
            else _("At a price you usually pay, around %(price)s")
        )
        return text % {"price": yuan}
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

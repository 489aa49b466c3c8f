"""What stands on a coupon, and what that comes to for given goods."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _

from renmai.campaigns.plays import Line
from renmai.campaigns.stacking import spread
from renmai.catalogue.models import Category, Product, in_language
from renmai.kernel import money
from renmai.kernel.errors import DomainError
from renmai.kernel.money import BASIS_POINTS, spell

FIXED, PERCENT = "fixed", "percent"
SHOP, PRODUCTS, CATEGORY = "shop", "products", "category"
PAGE, WORD, REWARD = "page", "word", "reward"
NAME_SECONDS = 60


@dataclass(frozen=True)
class Conditions:
    """The terms of one coupon. ``off_fen`` counts for the kind ``fixed``, ``percent_basis_points`` up to ``cap_fen`` for ``percent``."""

    kind: str
    off_fen: int
    percent_basis_points: int
    cap_fen: int
    threshold_fen: int
    scope: str
    product_ids: frozenset[int]
    category: str

    @property
    def most_fen(self) -> int:
        """The most that it can take off."""
        return self.off_fen if self.kind == FIXED else self.cap_fen

    def off(self, lines: Sequence[Line], covered: Collection[int]) -> dict[int, int]:
        """Return what it takes off each SKU; ``covered`` are the products it holds for.

        Shared among the lines by their amounts, to the fen, and never more than a line costs. Raises ``coupon.other_goods``,
        ``coupon.threshold``.
        """
        mine = [line for line in lines if line.product_id in covered and line.amount_fen > 0]
        worth_fen = sum(line.amount_fen for line in mine)
        if not mine:
            raise DomainError("coupon.other_goods")
        if worth_fen < self.threshold_fen:
            raise DomainError("coupon.threshold", missing=spell(self.threshold_fen - worth_fen))
        off_fen = self.off_fen
        if self.kind == PERCENT:
            off_fen = min(money.share_of(worth_fen, basis_points=self.percent_basis_points), self.cap_fen)
        return spread(min(off_fen, worth_fen), mine)

    @property
    def label_zh(self) -> str:
        """What it gives, in the words of a price's breakdown."""
        if self.kind == PERCENT:
            return f"优惠券 {_tenths(self.percent_basis_points)}折"
        return (
            f"优惠券 满{_yuan(self.threshold_fen)}减{_yuan(self.off_fen)}"
            if self.threshold_fen
            else f"优惠券 减{_yuan(self.off_fen)}"
        )

    @property
    def label_en(self) -> str:
        """The same in English."""
        if self.kind == PERCENT:
            return f"Coupon {self.percent_basis_points / 100:g} % off"
        return f"Coupon {spell(self.off_fen)} off"

    @property
    def headline(self) -> str:
        """What it gives, in the active language."""
        if self.kind == PERCENT:
            # Chinese names what is paid, English what is taken off: no sentence with one number translates into the other.
            return in_language(f"{_tenths(self.percent_basis_points)}折", f"{self.percent_basis_points / 100:g} % off")
        return _("%(amount)s off") % {"amount": f"¥{_yuan(self.off_fen)}"}

    @property
    def small_print(self) -> tuple[str, ...]:
        """Everything that limits it, as plain to read as what it gives."""
        said = [_("From %(amount)s") % {"amount": f"¥{_yuan(self.threshold_fen)}"} if self.threshold_fen else _("Any order")]
        if self.kind == PERCENT:
            said.append(_("At most %(amount)s") % {"amount": f"¥{_yuan(self.cap_fen)}"})
        if self.scope == SHOP:
            said.append(_("Everything in the shop"))
        elif self.scope == CATEGORY:
            said.append(_("Only %(name)s") % {"name": _category_name(self.category)})
        else:
            said.append(_("Only certain products"))
        return tuple(said)


def conditions_of(terms: Mapping[str, Any], *, worth_fen: int | None = None) -> Conditions:
    """Read a campaign's terms; a reward's coupon is worth ``worth_fen`` instead of what the terms say."""
    return Conditions(
        kind=FIXED if worth_fen else terms["kind"],
        off_fen=worth_fen or terms["off_fen"],
        percent_basis_points=terms["percent_basis_points"],
        cap_fen=terms["cap_fen"],
        threshold_fen=terms["threshold_fen"],
        scope=terms["scope"],
        product_ids=numbers_in(terms["products"]) if terms["scope"] == PRODUCTS else frozenset(),
        category=terms["category"],
    )


def covered_by(all_conditions: Collection[Conditions], product_ids: Collection[int]) -> Mapping[Conditions, frozenset[int]]:
    """Return for each of the conditions the products it holds for. One statement when one of them is about a category, none otherwise.

    A category covers its subcategories.
    """
    slugs = {each.category for each in all_conditions if each.scope == CATEGORY}
    within: dict[str, set[int]] = {slug: set() for slug in slugs}
    if slugs:
        rows = Product.objects.filter(pk__in=product_ids)
        rows = rows.filter(Q(category__slug__in=slugs) | Q(category__parent__slug__in=slugs))
        for product_id, slug, parent in rows.values_list("pk", "category__slug", "category__parent__slug"):
            for each in slugs & {slug, parent}:
                within[each].add(product_id)
    return {each: _covered(each, frozenset(product_ids), within) for each in all_conditions}


def numbers_in(text: str) -> frozenset[int]:
    """Return the numbers in an operator's list; what is none is left out, for ``check`` to object to."""
    return frozenset(
        int(part) for part in text.replace("，", ",").replace(" ", ",").split(",") if part.isascii() and part.isdigit()
    )


def _yuan(amount_fen: int) -> str:
    return f"{amount_fen // 100}" if amount_fen % 100 == 0 else f"{amount_fen / 100:.2f}"


def _tenths(off_basis_points: int) -> str:
    """How Chinese shops say a percentage: what is paid in tenths (9.5 折)."""
    return f"{(BASIS_POINTS - off_basis_points) / 1000:g}"


def _covered(conditions: Conditions, product_ids: frozenset[int], within: Mapping[str, set[int]]) -> frozenset[int]:
    if conditions.scope == SHOP:
        return product_ids
    return conditions.product_ids if conditions.scope == PRODUCTS else frozenset(within[conditions.category])


def _category_name(slug: str) -> str:
    """Return a category's name in the active language; a list of coupons asks for the same few again and again."""
    key = f"coupon.category.{slug}"
    names: tuple[str, str] | None = cache.get(key)
    if names is None:
        found = Category.objects.filter(slug=slug).first()
        names = (found.name_zh, found.name_en) if found else (slug, slug)
        cache.set(key, names, NAME_SECONDS)
    return in_language(*names)

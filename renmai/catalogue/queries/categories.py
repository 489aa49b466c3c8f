"""The tree of categories."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from django.db.models import Count, Q

from renmai.catalogue.models import Category, Product
from renmai.catalogue.pages import CategoryNode
from renmai.kernel.compiled import Compiled

_IN_ORDER: Final = Compiled(lambda: Category.objects.order_by("position", "pk"))


def categories_tree(*, is_counted: bool = True) -> tuple[CategoryNode, ...]:
    """Return all categories, two levels, in one statement: each with the number of its products on sale, or without, which is cheap."""
    if not is_counted:
        return _tree(_IN_ORDER.rows(), None)
    listed = Count("products", filter=Q(products__status=Product.Status.LISTED))
    rows = list(Category.objects.annotate(product_count=listed).order_by("position", "pk"))
    return _tree(rows, {category.pk: category.product_count for category in rows})


def _tree(rows: Iterable[Category], counts: dict[int, int] | None) -> tuple[CategoryNode, ...]:
    below: dict[int | None, list[Category]] = defaultdict(list)
    for category in rows:
        below[category.parent_id].append(category)
    return tuple(_node(category, below, counts) for category in below[None])


def _node(category: Category, below: dict[int | None, list[Category]], counts: dict[int, int] | None) -> CategoryNode:
    children = tuple(_node(child, below, counts) for child in below.get(category.pk, []))
    return CategoryNode(
        id=category.pk,
        slug=category.slug,
        name=category.name,
        motif=category.motif,
        product_count=None if counts is None else counts[category.pk] + sum(child.product_count or 0 for child in children),
        children=children,
    )

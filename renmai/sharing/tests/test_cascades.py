"""Cascade trees: exact counts on a known tree, and structural virality against the plain definition."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.sharing.actions import record_visit, share
from renmai.sharing.models import Share
from renmai.sharing.queries import cascade, share_figures
from renmai.sharing.queries.cascades import structural_virality
from renmai.sharing.tests import factories as make


@pytest.mark.django_db
def test_the_tree_says_who_came_through_whom() -> None:
    shop = make.shop()
    root = make.link(shop.owner, of=shop)
    friend, cousin, guest = make.user("Friend"), make.user("Cousin"), make.visitor()
    record_visit(root, make.visitor(friend), user=friend)
    record_visit(root, make.visitor(friend), user=friend)
    passed_on = make.link(friend, of=shop, parent=root)
    record_visit(passed_on, make.visitor(cousin), user=cousin)
    record_visit(passed_on, guest, user=None)
    record_visit(make.link(cousin, of=shop, parent=passed_on), make.visitor(friend), user=friend)
    make.order(cousin, paid=True, shop_id=shop.pk, share_id=passed_on.pk)
    tree = cascade(passed_on)
    assert (tree.root, tree.size, tree.depth, tree.generations) == (root, 4, 2, (1, 1, 2))
    parents = {node.key: node.parent_key for node in tree.nodes}
    assert parents == {
        f"u{shop.owner_id}": "",
        f"u{friend.pk}": f"u{shop.owner_id}",
        f"u{cousin.pk}": f"u{friend.pk}",
        f"v{guest.pk}": f"u{friend.pk}",
    }
    assert {node.key for node in tree.nodes if node.has_ordered} == {f"u{cousin.pk}"}
    assert tree.structural_virality == pytest.approx((1 + 2 + 2 + 1 + 1 + 2) / 6)
    figures = {figure.share: figure for figure in share_figures(shop)}
    assert (figures[root].visits, figures[root].visitors) == (2, 2)
    assert (figures[passed_on].orders, figures[passed_on].paid_fen) == (1, 1000)


@pytest.mark.django_db
def test_the_same_thing_shared_again_is_the_same_link() -> None:
    shop, product = make.shop(), make.product()
    links = {share(shop.owner, kind=Share.Kind.PRODUCT, shop=shop, product=product).pk for _again in range(3)}
    assert len(links) == 1


@given(st.lists(st.integers(min_value=0, max_value=1000), max_size=25))
def test_structural_virality_is_the_mean_distance(choices: list[int]) -> None:
    edges = [("0", "")] + [(str(index + 1), str(choice % (index + 1))) for index, choice in enumerate(choices)]
    parent = dict(edges)

    def ancestors(node: str) -> list[str]:
        path = [node]
        while parent[path[-1]]:
            path.append(parent[path[-1]])
        return path

    def distance(one: str, other: str) -> int:
        up, down = ancestors(one), ancestors(other)
        common = len(set(up) & set(down))
        return len(up) + len(down) - 2 * common

    pairs = [distance(one, other) for one, other in combinations(parent, 2)]
    expected = sum(pairs) / len(pairs) if pairs else 0.0
    assert structural_virality(edges) == pytest.approx(expected)

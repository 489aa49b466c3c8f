"""The cascade tree of a share: who came through whom.

A person is one node however often she came: her first valid visit says through whom. The tree holds people, not clicks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db.models import Q

from renmai.accounts.models import User
from renmai.ordering.models import Order
from renmai.sharing.models import Share, Visit

Node = TypeVar("Node", str, int)
MAX_NODES = 5_000
"""A page shows no more; the tree says when it was cut."""


@dataclass(frozen=True)
class CascadeNode:
    """One person of the tree. ``key`` is ``u<user id>`` or ``v<visitor id>``; ``name`` is empty for a guest."""

    key: str
    parent_key: str
    name: str
    avatar_seed: str
    depth: int
    visited_at: datetime | None
    has_ordered: bool


@dataclass(frozen=True)
class CascadeTree:
    """A share's tree: people (the sharer included), greatest depth, people per generation, and structural virality.

    Structural virality is the mean distance between two people of the tree (Goel, Anderson, Hofman, Watts 2015): 2 at most for a
    broadcast, growing with the length of the chains; 0 for a tree of one.
    """

    root: Share
    size: int
    depth: int
    generations: tuple[int, ...]
    structural_virality: float
    is_cut: bool
    nodes: tuple[CascadeNode, ...]


def cascade(link: Share) -> CascadeTree:
    """Return the tree of the chain that ``link`` belongs to, from its first share on. Three statements."""
    root_id = link.root_share or link.pk
    root = link if link.pk == root_id else Share.objects.select_related("sharer").get(pk=root_id)
    in_chain = Q(share__root_share=root_id) | Q(share_id=root_id)
    visits = list(
        Visit.objects.filter(in_chain, is_valid=True)
        .select_related("user", "visitor__user", "share")
        .order_by("at", "pk")[: MAX_NODES + 1]
    )
    return _tree(root, _grow(root, visits[:MAX_NODES], buyers=_buyers(root_id)), is_cut=len(visits) > MAX_NODES)


def branch(tree: CascadeTree, person: User) -> CascadeTree:
    """Return the part of ``tree`` below one person, herself as its root: what an agent may see of a chain that others began.

    The whole tree when she began it; only herself when nobody came through her.
    """
    top = f"u{person.pk}"
    if tree.nodes[0].key == top:
        return tree
    kept = {top: _root_node(person, has_ordered=False)}
    for node in tree.nodes:
        if node.key == top:
            kept[top] = replace(node, parent_key="", depth=0)
        elif node.parent_key in kept:
            kept[node.key] = replace(node, depth=kept[node.parent_key].depth + 1)
    return _tree(tree.root, list(kept.values()), is_cut=tree.is_cut)


def structural_virality(edges: Sequence[tuple[Node, Node]]) -> float:
    """Return the mean distance between two nodes of a tree given as (node, parent) in top-down order; the root's parent is "" or 0.

    Linear: an edge lies on size × (n − size) of the shortest paths, ``size`` being the nodes below it.
    """
    count = len(edges)
    if count < 2:
        return 0.0
    below: dict[Node, int] = defaultdict(lambda: 1)
    paths = 0
    for node, parent in reversed(edges):
        if parent:
            below[parent] += below[node]
            paths += below[node] * (count - below[node])
    return 2 * paths / (count * (count - 1))


def _buyers(root_id: int) -> frozenset[int]:
    chain = Share.objects.filter(Q(root_share=root_id) | Q(pk=root_id)).values("pk")
    return frozenset(Order.objects.filter(share_id__in=chain, paid_at__isnull=False).values_list("buyer_id", flat=True))


def _tree(root: Share, nodes: list[CascadeNode], *, is_cut: bool) -> CascadeTree:
    depths = [node.depth for node in nodes]
    return CascadeTree(
        root=root,
        size=len(nodes),
        depth=max(depths),
        generations=tuple(depths.count(level) for level in range(max(depths) + 1)),
        structural_virality=structural_virality([(node.key, node.parent_key) for node in nodes]),
        is_cut=is_cut,
        nodes=tuple(nodes),
    )


def _root_node(person: User, *, has_ordered: bool) -> CascadeNode:
    return CascadeNode(
        key=f"u{person.pk}",
        parent_key="",
        name=person.display_name,
        avatar_seed=person.avatar_seed,
        depth=0,
        visited_at=None,
        has_ordered=has_ordered,
    )


def _grow(root: Share, visits: Iterable[Visit], *, buyers: frozenset[int]) -> list[CascadeNode]:
    top = f"u{root.sharer_id}"
    nodes = {top: _root_node(root.sharer, has_ordered=root.sharer_id in buyers)}
    for visit in visits:
        person = visit.user or visit.visitor.user
        key = f"u{person.pk}" if person else f"v{visit.visitor_id}"
        parent = nodes.get(f"u{visit.share.sharer_id}") or nodes[top]
        if key not in nodes:
            nodes[key] = CascadeNode(
                key=key,
                parent_key=parent.key,
                name=person.display_name if person else "",
                avatar_seed=person.avatar_seed if person else visit.visitor_id.hex[:10],
                depth=parent.depth + 1,
                visited_at=visit.at,
                has_ordered=person is not None and person.pk in buyers,
            )
    return list(nodes.values())

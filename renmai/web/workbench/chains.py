"""The cascade of a link as a list that is drawn as a tree: top down, each line with its level."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from renmai.insight import queries as insight
from renmai.sharing.models import Shop
from renmai.sharing.queries import CascadeNode, CascadeTree
from renmai.web.workbench.names import shown_name

MAX_SHOWN = 80
MAX_LEVEL = 8
"""Deeper people are counted, not drawn: a phone is narrow."""


@dataclass(frozen=True)
class Branch:
    """One person of the tree with those who came through her. ``below`` counts them, further down included."""

    name: str
    avatar_seed: str
    below: int
    visited_at: datetime | None
    has_ordered: bool
    is_self: bool
    branches: tuple["Branch", ...]


@dataclass(frozen=True)
class Generation:
    """How many people are so far from the beginning."""

    number: int
    people: int


@dataclass(frozen=True)
class Chain:
    """A tree ready to be drawn. ``hidden`` people are counted but not drawn; ``virality`` has two decimals."""

    size: int
    depth: int
    generations: tuple[Generation, ...]
    widest: int
    virality: str
    root: Branch
    hidden: int
    is_cut: bool


def chain_of(tree: CascadeTree, shop: Shop) -> Chain:
    """Return ``tree`` as the agent of ``shop`` may see it. One statement: who of them is bound to her."""
    known = insight.bound_ids(shop.pk, [_user_id(node) for node in tree.nodes]) | {shop.owner_id}
    below = _sizes(tree)
    drawn = _chosen(tree, below)
    return Chain(
        size=tree.size,
        depth=tree.depth,
        generations=tuple(Generation(number, people) for number, people in enumerate(tree.generations) if number),
        widest=max(tree.generations[1:], default=0),
        virality=f"{tree.structural_virality:.2f}",
        root=_grown(drawn, below, known=known, owner_id=shop.owner_id),
        hidden=tree.size - len(drawn),
        is_cut=tree.is_cut,
    )


def _chosen(tree: CascadeTree, below: dict[str, int]) -> list[CascadeNode]:
    """Return the people to draw, top down: whoever brought most people first, as many as fit."""
    children: dict[str, list[CascadeNode]] = defaultdict(list)
    for node in tree.nodes:
        children[node.parent_key].append(node)
    found: list[CascadeNode] = []
    waiting = [tree.nodes[0]]
    while waiting and len(found) < MAX_SHOWN:
        node = waiting.pop()
        found.append(node)
        if node.depth < MAX_LEVEL:
            first = sorted(children[node.key], key=lambda child: (-below[child.key], not child.has_ordered))
            waiting.extend(reversed(first))
    return found


def _grown(nodes: list[CascadeNode], below: dict[str, int], *, known: frozenset[int], owner_id: int) -> Branch:
    """Return the root with everybody under it. Read from the end, every node finds its own branches made already."""
    made: dict[str, list[Branch]] = defaultdict(list)
    for node in reversed(nodes):
        user_id = _user_id(node)
        made[node.parent_key].append(
            Branch(
                name=shown_name(node.name, is_known=user_id in known),
                avatar_seed=node.avatar_seed,
                below=below[node.key],
                visited_at=node.visited_at,
                has_ordered=node.has_ordered,
                is_self=user_id == owner_id,
                branches=tuple(reversed(made[node.key])),
            )
        )
    return made[nodes[0].parent_key][0]


def _sizes(tree: CascadeTree) -> dict[str, int]:
    below: dict[str, int] = defaultdict(int)
    for node in reversed(tree.nodes):
        if node.parent_key:
            below[node.parent_key] += below[node.key] + 1
    return below


def _user_id(node: CascadeNode) -> int:
    return int(node.key[1:]) if node.key.startswith("u") else 0

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
"""Deeper people are drawn at this level; the tree's depth is told beside it."""


@dataclass(frozen=True)
class Branch:
    """One person of the tree: ``level`` 0 is who began. ``below`` people came through her, further down included."""

    name: str
    avatar_seed: str
    level: int
    below: int
    visited_at: datetime | None
    has_ordered: bool
    is_self: bool


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
    branches: tuple[Branch, ...]
    hidden: int
    is_cut: bool


def chain_of(tree: CascadeTree, shop: Shop) -> Chain:
    """Return ``tree`` as the agent of ``shop`` may see it. One statement: who of them is bound to her."""
    known = insight.bound_ids(shop.pk, [_user_id(node) for node in tree.nodes]) | {shop.owner_id}
    branches = _drawn(tree, known=known, owner_id=shop.owner_id)
    return Chain(
        size=tree.size,
        depth=tree.depth,
        generations=tuple(Generation(number, people) for number, people in enumerate(tree.generations) if number),
        widest=max(tree.generations[1:], default=0),
        virality=f"{tree.structural_virality:.2f}",
        branches=branches,
        hidden=tree.size - len(branches),
        is_cut=tree.is_cut,
    )


def _drawn(tree: CascadeTree, *, known: frozenset[int], owner_id: int) -> tuple[Branch, ...]:
    children: dict[str, list[CascadeNode]] = defaultdict(list)
    for node in tree.nodes:
        children[node.parent_key].append(node)
    below = _sizes(tree)
    found: list[Branch] = []
    waiting = list(reversed(children[""]))
    while waiting and len(found) < MAX_SHOWN:
        node = waiting.pop()
        user_id = _user_id(node)
        found.append(
            Branch(
                name=shown_name(node.name, is_known=user_id in known),
                avatar_seed=node.avatar_seed,
                level=min(node.depth, MAX_LEVEL),
                below=below[node.key],
                visited_at=node.visited_at,
                has_ordered=node.has_ordered,
                is_self=user_id == owner_id,
            )
        )
        # Whoever brought most people comes first; the stack is read from its end.
        waiting.extend(sorted(children[node.key], key=lambda child: (below[child.key], child.has_ordered)))
    return tuple(found)


def _sizes(tree: CascadeTree) -> dict[str, int]:
    below: dict[str, int] = defaultdict(int)
    for node in reversed(tree.nodes):
        if node.parent_key:
            below[node.parent_key] += below[node.key] + 1
    return below


def _user_id(node: CascadeNode) -> int:
    return int(node.key[1:]) if node.key.startswith("u") else 0

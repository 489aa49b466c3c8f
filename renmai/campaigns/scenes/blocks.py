"""Blocks of a scene: what kinds there are, what each holds, and what must be true of them before customers see them.

A block is kept as ``{"kind": …, …}``. A draft may be unfinished; ``complete`` says what is missing before it can be published.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import Resolver404, resolve

from renmai.kernel.errors import DomainError

MOST_BLOCKS: Final = 30
MOST_PRODUCTS: Final = 12
LARGEST_ID: Final = 2**63 - 1
PATH_LENGTH: Final = 120
CLOSED: Final = ("/console/", "/api/", "/agent/", "/media/", "/sandbox/", "/i18n/")
"""Addresses that are no page for customers."""


@dataclass(frozen=True)
class Kind:
    """One kind of block. ``texts`` are the lengths of its words, kept in both languages; ``ids``, ``lists`` and ``paths`` what it names."""

    texts: Mapping[str, int]
    ids: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()


KINDS: Final[dict[str, Kind]] = {
    "headline": Kind({"text": 60}),
    "text": Kind({"text": 1000}),
    "picture": Kind({"alt": 100}, ids=("picture_id",), optional=frozenset({"alt"})),
    "products": Kind({"heading": 60}, lists=("product_ids",), optional=frozenset({"heading"})),
    "campaign": Kind({}, ids=("campaign_id",)),
    "countdown": Kind({}, ids=("campaign_id",)),
    "button": Kind({"label": 30}, paths=("path",)),
    "divider": Kind({}),
}
LANGUAGES: Final = ("zh", "en")


def empty(kind: str) -> dict[str, Any]:
    """Return a new block of a kind. Raises ``campaigns.block`` for one that there is not."""
    found = KINDS.get(kind)
    if found is None:
        raise DomainError("campaigns.block")
    texts = {f"{name}_{language}": "" for name in found.texts for language in LANGUAGES}
    return {
        "kind": kind,
        **texts,
        **dict.fromkeys(found.ids),
        **{name: [] for name in found.lists},
        **dict.fromkeys(found.paths, ""),
    }


def checked(raw: Sequence[object]) -> list[dict[str, Any]]:
    """Return the blocks in ``raw`` in their own shape. Raises ``campaigns.block`` at ``blocks.<index>``."""
    if len(raw) > MOST_BLOCKS:
        raise DomainError("campaigns.blocks", most=MOST_BLOCKS)
    return [_checked(index, block) for index, block in enumerate(raw)]


def texts_of(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield what people read of the blocks, each with its place ``<index>.<field>``."""
    for index, block in enumerate(blocks):
        for name in KINDS[block["kind"]].texts:
            for language in LANGUAGES:
                text = block[f"{name}_{language}"]
                if text:
                    yield f"{index}.{name}_{language}", text


def named(blocks: Sequence[Mapping[str, Any]], name: str) -> list[int]:
    """Return the ids that blocks name under ``name``, in order, each once."""
    found: dict[int, None] = {}
    for block in blocks:
        value = block.get(name)
        for one in value if isinstance(value, list) else [value]:
            if one:
                found[one] = None
    return list(found)


def complete(blocks: Sequence[Mapping[str, Any]]) -> None:
    """Raise ``campaigns.scene_empty``, or ``campaigns.block_unfinished`` at the first block that says or leads nowhere yet."""
    if not blocks:
        raise DomainError("campaigns.scene_empty")
    for index, block in enumerate(blocks):
        kind = KINDS[block["kind"]]
        wanted = [f"{name}_zh" for name in kind.texts if name not in kind.optional] + [*kind.ids, *kind.lists, *kind.paths]
        for name in wanted:
            if not block[name]:
                raise DomainError("campaigns.block_unfinished", field=f"{index}.{name}", number=index + 1)
        for name in kind.paths:
            if not is_our_page(block[name]):
                raise DomainError("campaigns.block_path", field=f"{index}.{name}")


def is_our_page(path: str) -> bool:
    """Whether a path leads to a page for customers on this site, and nowhere else."""
    if not path.startswith("/") or path.startswith(("//", *CLOSED)) or "\\" in path or not path.isprintable():
        return False
    try:
        resolve(path.partition("?")[0].partition("#")[0])
    except Resolver404:
        return False
    return True


def _checked(index: int, block: object) -> dict[str, Any]:
    kind = KINDS.get(str(block.get("kind"))) if isinstance(block, dict) else None
    if kind is None or not isinstance(block, dict):
        raise DomainError("campaigns.block", field=f"blocks.{index}")
    made = empty(block["kind"])
    if not set(block) <= set(made):
        raise DomainError("campaigns.block", field=f"blocks.{index}")
    made |= block
    texts = all(_is_text(made[f"{name}_{lang}"], most) for name, most in kind.texts.items() for lang in LANGUAGES)
    ids = all(made[name] is None or _is_id(made[name]) for name in kind.ids)
    lists = all(_are_ids(made[name]) for name in kind.lists)
    paths = all(_is_text(made[name], PATH_LENGTH) for name in kind.paths)
    if not (texts and ids and lists and paths):
        raise DomainError("campaigns.block", field=f"blocks.{index}")
    return made


def _is_text(value: object, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most and all(char.isprintable() or char == "\n" for char in value)


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST_ID


def _are_ids(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_PRODUCTS and all(_is_id(one) for one in value)

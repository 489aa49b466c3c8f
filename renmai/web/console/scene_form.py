"""The form of a scene: blocks in order, each with its own fields, kept as they were typed until they can be saved.

It works without JavaScript: every button sends the whole form, and what it does (add, up, down, remove) is done here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from renmai.campaigns.scenes import blocks as blocks_of
from renmai.campaigns.scenes.actions import SceneInput
from renmai.campaigns.scenes.models import Scene
from renmai.kernel import ids
from renmai.web.console.amounts import whole

TEXT_LENGTH: Final = 2000
LABELS: Final[Mapping[str, "str | Promise"]] = {
    "headline": _("Headline"),
    "text": _("Text"),
    "picture": _("Picture"),
    "products": _("Goods"),
    "campaign": _("Offer of a campaign"),
    "countdown": _("Countdown"),
    "button": _("Button"),
    "divider": _("Line between"),
}
TEXT_LABELS: Final[Mapping[tuple[str, str], "str | Promise"]] = {
    ("text", "zh"): _("Words, Chinese"),
    ("text", "en"): _("Words, English"),
    ("alt", "zh"): _("What it shows, Chinese"),
    ("alt", "en"): _("What it shows, English"),
    ("heading", "zh"): _("Heading, Chinese"),
    ("heading", "en"): _("Heading, English"),
    ("label", "zh"): _("On the button, Chinese"),
    ("label", "en"): _("On the button, English"),
}
ICONS: Final[Mapping[str, str]] = {
    "headline": "tag",
    "text": "log",
    "picture": "image",
    "products": "box",
    "campaign": "gift",
    "countdown": "clock",
    "button": "link",
    "divider": "minus",
}


@dataclass(frozen=True)
class BlockDraft:
    """One block in the form: where it stands and what was typed."""

    index: int
    block: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """Its kind."""
        return str(self.block["kind"])

    @property
    def label(self) -> "str | Promise":
        """What its kind is called."""
        return LABELS[self.kind]

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return ICONS[self.kind]

    @property
    def prefix(self) -> str:
        """What the names of its fields begin with."""
        return f"b{self.index}_"


@dataclass(frozen=True)
class SceneDraft:
    """The whole form. ``problems`` stand beside their fields: ``slug``, ``title_zh``, ``<index>.<field>``; under "" above all."""

    slug: str = ""
    title_zh: str = ""
    title_en: str = ""
    blocks: tuple[dict[str, Any], ...] = ()
    seen: int = 0
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def drafts(self) -> list[BlockDraft]:
        """The blocks with their places."""
        return [BlockDraft(index, block) for index, block in enumerate(self.blocks)]

    def given(self) -> SceneInput:
        """Return what the room takes."""
        return SceneInput(slug=self.slug, title_zh=self.title_zh, title_en=self.title_en, blocks=self.blocks)


def of_scene(scene: Scene) -> SceneDraft:
    """Return the form of a scene as it stands."""
    return SceneDraft(scene.slug, scene.title_zh, scene.title_en, tuple(scene.blocks), scene.revision)


def typed(data: QueryDict) -> SceneDraft:
    """Return the form as it was sent; kinds that there are not are left out."""
    kinds = [kind for kind in data.getlist("block")[: blocks_of.MOST_BLOCKS] if kind in blocks_of.KINDS]
    return SceneDraft(
        slug=_text(data, "slug").strip().lower(),
        title_zh=_text(data, "title_zh"),
        title_en=_text(data, "title_en"),
        blocks=tuple(_block(data, index, kind) for index, kind in enumerate(kinds)),
        seen=whole(data.get("seen", ""), maximum=2**31 - 1) or 0,
    )


def acted(draft: SceneDraft, act: str) -> SceneDraft:
    """Return the form after a button was pressed: ``add:<kind>``, ``up:<index>``, ``down:<index>``, ``remove:<index>``; others change nothing."""
    verb, _colon, what = act.partition(":")
    blocks = list(draft.blocks)
    if verb == "add" and what in blocks_of.KINDS and len(blocks) < blocks_of.MOST_BLOCKS:
        blocks.append(blocks_of.empty(what))
    index = whole(what, maximum=blocks_of.MOST_BLOCKS)
    if index is not None and index < len(blocks):
        if verb == "remove":
            del blocks[index]
        elif verb in {"up", "down"}:
            other = min(max(0, index + (1 if verb == "down" else -1)), len(blocks) - 1)
            blocks[index], blocks[other] = blocks[other], blocks[index]
    return replace(draft, blocks=tuple(blocks))


def place_after(draft: SceneDraft, act: str) -> str:
    """Return the mark in the page where the eye should be after a button was pressed."""
    verb, _colon, what = act.partition(":")
    if verb == "add":
        return f"#block-{len(draft.blocks) - 1}"
    index = whole(what, maximum=blocks_of.MOST_BLOCKS)
    if index is None or not draft.blocks:
        return ""
    moved = index + {"up": -1, "down": 1}.get(verb, 0)
    return f"#block-{min(max(0, moved), len(draft.blocks) - 1)}"


def proposed_slug(title_en: str) -> str:
    """Return a word for the address, made of the English title, or one that nobody has yet."""
    return slugify(title_en)[:40].strip("-") or f"scene-{ids.token()[:6].lower()}"


def _block(data: QueryDict, index: int, kind: str) -> dict[str, Any]:
    prefix, made, shape = f"b{index}_", blocks_of.empty(kind), blocks_of.KINDS[kind]
    for name in made:
        if name != "kind" and name not in shape.ids and name not in shape.lists:
            made[name] = _text(data, prefix + name).replace("\r\n", "\n").strip()
    for name in shape.ids:
        made[name] = whole(data.get(prefix + name, ""), minimum=1, maximum=blocks_of.LARGEST_ID)
    for name in shape.lists:
        made[name] = _numbers(data.getlist(prefix + name))
    return made


def _text(data: QueryDict, name: str) -> str:
    return data.get(name, "").replace("\x00", "")[:TEXT_LENGTH]


def _numbers(texts: Sequence[str]) -> list[int]:
    found = [whole(text, minimum=1, maximum=blocks_of.LARGEST_ID) for text in texts]
    return list(dict.fromkeys(number for number in found if number is not None))[: blocks_of.MOST_PRODUCTS]

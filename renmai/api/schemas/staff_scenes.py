"""What programs see and say of scenes."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from renmai.api.answers import Out
from renmai.api.parsing import In
from renmai.campaigns.actions.composing import TITLE_LENGTH
from renmai.campaigns.scenes.actions import SLUG_LENGTH
from renmai.campaigns.scenes.blocks import MOST_BLOCKS

Blocks = Annotated[
    list[dict[str, Any]],
    Field(
        max_length=MOST_BLOCKS,
        description="Each has a `kind`: headline, text, picture, products, campaign, countdown, button, divider; and its fields, "
        "words in both languages (`text_zh`, `text_en`).",
    ),
]


class SceneIn(In):
    """A landing page as it is written."""

    slug: Annotated[str, Field(max_length=SLUG_LENGTH)]
    title_zh: Annotated[str, Field(max_length=TITLE_LENGTH)]
    title_en: Annotated[str, Field(max_length=TITLE_LENGTH)] = ""
    blocks: Blocks = Field(default_factory=list)


class SceneChangeIn(SceneIn):
    """The whole page anew. ``seen`` is the revision that was read: somebody else's words are not written over."""

    seen: Annotated[int, Field(ge=1, le=2**31 - 1)]


class SceneOut(Out):
    """A landing page: its working copy, and which version customers see."""

    id: int
    slug: str
    title_zh: str
    title_en: str
    status: str
    blocks: list[dict[str, Any]]
    revision: int
    version: int
    published_at: datetime | None


class SceneFiguresOut(Out):
    """What came of a scene: visits (one per browser and day), and paid orders within a day of opening it. Amounts in fen."""

    visits: int
    visitors: int
    orders: int
    net_fen: int


class SceneRowOut(Out):
    """A landing page in the list, with what came of it."""

    scene: SceneOut
    figures: SceneFiguresOut


class ScenePictureOut(Out):
    """A picture that blocks can name by its id."""

    id: int
    path: str
    width: int
    height: int


class PublishedSceneOut(Out):
    """A landing page as customers see it."""

    slug: str = Field(alias="scene.slug")
    title_zh: str
    title_en: str
    blocks: list[dict[str, Any]]
    published_at: datetime

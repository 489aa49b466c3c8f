"""Composing and publishing scenes, and noting who came."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime

from renmai.accounts.actions import log_act
from renmai.accounts.models import User, Visitor
from renmai.accounts.policies import Permission, allows
from renmai.campaigns.actions.composing import TITLE_LENGTH, refuse
from renmai.campaigns.actions.running import REASON_LENGTH, REASON_MINIMUM
from renmai.campaigns.models import Campaign
from renmai.campaigns.policies import require_manager
from renmai.campaigns.scenes import blocks as blocks_of
from renmai.campaigns.scenes.models import Scene, ScenePicture, SceneVersion, SceneVisit
from renmai.catalogue.actions.pictures import encode_picture, keep_picture
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.policy.linting import Copy, Finding, lint, worst
from renmai.policy.rules import Outcome

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
SLUG_LENGTH: Final = 60
Written = TypeVar("Written")


@dataclass(frozen=True, kw_only=True)
class SceneInput:
    """What an operator writes: the title, the word in its address, the blocks in order."""

    slug: str
    title_zh: str
    title_en: str = ""
    blocks: Sequence[object] = ()


def compose_scene(actor: User, given: SceneInput) -> Scene:
    """Begin a scene. Raises ``request.forbidden``, ``campaigns.slug``, ``campaigns.slug_taken`` and what ``blocks.checked`` refuses."""
    require_manager(actor)
    columns = _checked(given)
    with transaction.atomic():
        scene = _unless_taken(lambda: Scene.objects.create(**columns, created_by=actor, changed_by=actor))
        log_act(actor, "scene.composed", object_type="scene", object_id=scene.slug)
    return scene


def change_scene(actor: User, scene: Scene, given: SceneInput, *, seen: int) -> Scene:
    """Save the working copy; customers go on seeing what is published. Raises ``request.conflict`` when somebody saved since ``seen``."""
    require_manager(actor)
    columns = _checked(given)
    if scene.version and given.slug != scene.slug:
        raise DomainError("campaigns.slug_fixed", field="slug")
    with transaction.atomic():
        rows = Scene.objects.filter(pk=scene.pk, revision=seen)
        if not _unless_taken(lambda: rows.update(**columns, changed_by=actor, revision=F("revision") + 1)):
            raise DomainError("request.conflict")
        log_act(actor, "scene.changed", object_type="scene", object_id=given.slug)
    return Scene.objects.get(pk=scene.pk)


def publish_scene(actor: User, scene: Scene) -> Scene:
    """Let customers see the working copy from now on.

    What a rule forbids in its words is refused; what it wants looked at needs somebody who may give campaigns their second look and who
    did not write it. Raises ``campaigns.refused_by_policy``, ``campaigns.same_person``, ``campaigns.block_unfinished``, ``campaigns.state``.
    """
    require_manager(actor)
    blocks_of.complete(scene.blocks)
    _exists(scene)
    found = findings_of_scene(scene)
    refuse(found, also_review=not allows(actor, Permission.CAMPAIGNS_APPROVE))
    if worst(found) is Outcome.REVIEW and actor.pk == scene.changed_by_id:
        raise DomainError("campaigns.same_person")
    now, number = clock.now(), scene.version + 1
    with transaction.atomic():
        row = Scene.objects.filter(pk=scene.pk, revision=scene.revision, version=scene.version, status=scene.status)
        if not row.update(status=Scene.Status.PUBLISHED, version=number, published_at=now):
            raise DomainError("campaigns.state")
        SceneVersion.objects.create(
            scene=scene,
            number=number,
            title_zh=scene.title_zh,
            title_en=scene.title_en,
            blocks=scene.blocks,
            published_by=actor,
            published_at=now,
        )
        log_act(actor, "scene.published", object_type="scene", object_id=scene.slug, detail={"version": number})
    return Scene.objects.get(pk=scene.pk)


def withdraw_scene(actor: User, scene: Scene, *, reason: str) -> Scene:
    """Let nobody open it any more, for a reason. Raises ``campaigns.reason``, ``campaigns.state``."""
    require_manager(actor)
    said = " ".join(reason.split())[:REASON_LENGTH]
    if len(said) < REASON_MINIMUM:
        raise DomainError("campaigns.reason", field="reason", minimum=REASON_MINIMUM)
    with transaction.atomic():
        if not Scene.objects.filter(pk=scene.pk, status=Scene.Status.PUBLISHED).update(status=Scene.Status.WITHDRAWN):
            raise DomainError("campaigns.state")
        log_act(actor, "scene.withdrawn", object_type="scene", object_id=scene.slug, detail={"reason": said})
    return Scene.objects.get(pk=scene.pk)


def add_scene_picture(actor: User, data: bytes) -> ScenePicture:
    """Keep a picture for scenes, written anew. Raises what ``catalogue`` refuses of pictures."""
    require_manager(actor)
    encoded = encode_picture(data)
    with transaction.atomic():
        stored = keep_picture(encoded)
        picture = ScenePicture.objects.create(
            path=stored.path, small_path=stored.small_path, width=stored.width, height=stored.height, added_by=actor
        )
        log_act(actor, "scene.picture_added", object_type="scene_picture", object_id=str(picture.pk))
    return picture


def record_scene_visit(scene: Scene, visitor: Visitor) -> bool:
    """Note that a browser opened a scene; False when it had today already. One statement."""
    now = clock.now()
    return bool(insert_missing([SceneVisit(scene=scene, visitor=visitor, day=localtime(now).date(), at=now)]))


def findings_of_scene(scene: Scene) -> tuple[Finding, ...]:
    """Return what the linter objects to in the words of the working copy, wherever it may be shared."""
    return lint(Copy(texts=tuple(text for _place, text in texts_of_scene(scene))))


def texts_of_scene(scene: Scene) -> tuple[tuple[str, str], ...]:
    """Return what people read of the working copy, each text with its place (``title_zh``, ``<index>.<field>``)."""
    titles = (("title_zh", scene.title_zh), ("title_en", scene.title_en))
    return (*((place, text) for place, text in titles if text), *blocks_of.texts_of(scene.blocks))


def _checked(given: SceneInput) -> dict[str, object]:
    if not SLUG.fullmatch(given.slug) or len(given.slug) > SLUG_LENGTH:
        raise DomainError("campaigns.slug", field="slug")
    title_zh, title_en = given.title_zh.strip(), given.title_en.strip()
    if not 1 <= len(title_zh) <= TITLE_LENGTH or len(title_en) > TITLE_LENGTH:
        raise DomainError("campaigns.title", field="title_zh")
    return {"slug": given.slug, "title_zh": title_zh, "title_en": title_en, "blocks": blocks_of.checked(given.blocks)}


def _unless_taken(write: Callable[[], Written]) -> Written:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        raise DomainError("campaigns.slug_taken", field="slug") from None


def _exists(scene: Scene) -> None:
    """Refuse blocks that name what is not there: pictures, goods that are not on sale, campaigns that never ran."""
    rows = (
        ("picture_id", ScenePicture.objects.all()),
        ("product_ids", Product.objects.filter(status=Product.Status.LISTED)),
        ("campaign_id", Campaign.objects.filter(launched_at__isnull=False)),
    )
    for name, known in rows:
        wanted = blocks_of.named(scene.blocks, name)
        there = set(known.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
        for index, block in enumerate(scene.blocks):
            if set(blocks_of.named([block], name)) - there:
                raise DomainError("campaigns.block_gone", field=f"{index}.{name}", number=index + 1)

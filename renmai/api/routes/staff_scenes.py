"""Scenes: landing pages from blocks, written and published by the staff, read by everybody."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged
from renmai.api.callers import ANYONE, Staff, person
from renmai.api.parsing import Id, PageNumber, Plain, pictures_of
from renmai.api.schemas.staff_campaigns import WhyIn
from renmai.api.schemas.staff_goods import PicturesIn
from renmai.api.schemas.staff_scenes import (
    PublishedSceneOut,
    SceneChangeIn,
    SceneIn,
    SceneOut,
    ScenePictureOut,
    SceneRowOut,
)
from renmai.campaigns.scenes import actions, queries
from renmai.campaigns.scenes.actions import SceneInput
from renmai.campaigns.scenes.models import Scene, ScenePicture, SceneVersion
from renmai.campaigns.scenes.queries import SceneRow

SEE, MANAGE = Staff(Permission.CAMPAIGNS_VIEW), Staff(Permission.CAMPAIGNS_MANAGE)
Slug = Annotated[Plain, Field(max_length=60)]
router = Router(tags=["Staff: campaigns"], auth=MANAGE)


@router.get("/scenes/{slug}", response=PublishedSceneOut, auth=ANYONE, tags=["Catalogue"])
def get_published_scene(request: HttpRequest, slug: Slug) -> SceneVersion:
    """A landing page as customers see it. Orders that come from it say so in their source."""
    return queries.scene_of_slug(slug)


@router.get("/staff/scenes", response=Paged[SceneRowOut], auth=SEE)
def list_scenes(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """Landing pages with visits and sales. Newest first."""
    found = queries.scenes_of(person(request), page=page)
    rows = list(found.object_list)
    figures = queries.figures_of_scenes([row.pk for row in rows])
    return Listed([SceneRow(row, figures[row.pk]) for row in rows], found.number, found.has_next())


@router.post("/staff/scenes", response={201: SceneOut})
def compose_scene(request: HttpRequest, given: SceneIn) -> Scene:
    """Begin a landing page. Customers see it once it is published."""
    return actions.compose_scene(person(request), SceneInput(**given.model_dump()))


@router.post("/staff/scenes/pictures", response={201: ScenePictureOut})
def add_scene_picture(request: HttpRequest, given: PicturesIn) -> ScenePicture:
    """Add a picture for blocks to name. It is decoded and written anew."""
    (upload,) = pictures_of([given.picture])
    return actions.add_scene_picture(person(request), upload)


@router.get("/staff/scenes/{scene_id}", response=SceneOut, auth=SEE)
def get_scene(request: HttpRequest, scene_id: Id) -> Scene:
    """The working copy of a landing page."""
    return queries.access_scene(person(request), scene_id)


@router.put("/staff/scenes/{scene_id}", response=SceneOut)
def change_scene(request: HttpRequest, scene_id: Id, given: SceneChangeIn) -> Scene:
    """Save the working copy. Customers go on seeing what is published."""
    row = queries.access_scene(person(request), scene_id)
    return actions.change_scene(person(request), row, SceneInput(**given.model_dump(exclude={"seen"})), seen=given.seen)


@router.post("/staff/scenes/{scene_id}/publish", response=SceneOut)
def publish_scene(request: HttpRequest, scene_id: Id) -> Scene:
    """Let customers see the working copy. What a rule forbids in its words is refused with the rule and its source."""
    return actions.publish_scene(person(request), queries.access_scene(person(request), scene_id))


@router.post("/staff/scenes/{scene_id}/withdraw", response=SceneOut)
def withdraw_scene(request: HttpRequest, scene_id: Id, given: WhyIn) -> Scene:
    """Let nobody open it any more."""
    return actions.withdraw_scene(person(request), queries.access_scene(person(request), scene_id), reason=given.reason)

"""Scenes for customers, for the staff, and what came of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Sum

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.policies import require_viewer
from renmai.campaigns.scenes.models import Scene, ScenePicture, SceneVersion, SceneVisit
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.audit import PAID
from renmai.ordering.models import Order

PAGE_SIZE = 20
MOST_VERSIONS = 50
MOST_CAMPAIGNS = 100
PATH = "/scene/"
"""Where the pages of scenes stand."""


@dataclass(frozen=True)
class SceneFigures:
    """What came of a scene.

    ``visits``: one per browser and day. ``orders``: paid ones whose buyer's browser had opened the scene last, at most a day before.
    ``net_fen``: what was paid for them less what went back.
    """

    visits: int = 0
    visitors: int = 0
    orders: int = 0
    net_fen: int = 0


@dataclass(frozen=True)
class SceneRow:
    """A scene of the list with what came of it."""

    scene: Scene
    figures: SceneFigures


def access_scene(actor: User, scene_id: int) -> Scene:
    """Return a scene for somebody of the staff. Raises ``request.forbidden``, ``request.not_found``."""
    require_viewer(actor)
    found = Scene.objects.select_related("created_by", "changed_by").filter(pk=scene_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def scene_of_slug(slug: str) -> SceneVersion:
    """Return the published version of a scene by the word in its address. Raises ``request.not_found``."""
    published = SceneVersion.objects.select_related("scene").filter(scene__slug=slug, scene__status=Scene.Status.PUBLISHED)
    found = published.filter(number=F("scene__version")).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def titles_by_path(paths: Collection[str]) -> dict[str, str]:
    """Return what published scenes are called by the paths of their pages; no statement where no path is a scene's."""
    slugs = {path.removeprefix(PATH).strip("/"): path for path in paths if path.startswith(PATH)}
    if not slugs:
        return {}
    rows = SceneVersion.objects.filter(scene__slug__in=slugs, number=F("scene__version")).select_related("scene")
    return {slugs[row.scene.slug]: row.title for row in rows}


def scenes_of(actor: User, *, page: int = 1) -> "Page[Scene]":
    """Return the staff's list, the newest first. Raises ``request.forbidden``."""
    require_viewer(actor)
    return Paginator(Scene.objects.order_by("-created_at", "-pk"), PAGE_SIZE).get_page(page)


def figures_of_scenes(scene_ids: Collection[int]) -> dict[int, SceneFigures]:
    """Return what came of these scenes, in two statements."""
    visits = SceneVisit.objects.filter(scene_id__in=scene_ids).order_by().values_list("scene_id")
    came = {scene_id: rest for scene_id, *rest in visits.annotate(Count("pk"), Count("visitor_id", distinct=True))}
    sources = {f"scene-{scene_id}": scene_id for scene_id in scene_ids}
    orders = Order.objects.filter(source__in=list(sources), status__in=PAID).order_by().values_list("source")
    sums = orders.annotate(paid=Count("pk"), net=Sum(F("payable_fen") - F("refunded_fen")))
    bought = {sources[source]: rest for source, *rest in sums}
    return {scene_id: SceneFigures(*came.get(scene_id, (0, 0)), *bought.get(scene_id, (0, 0))) for scene_id in scene_ids}


def versions_of_scene(scene_id: int) -> list[SceneVersion]:
    """Return the published versions of a scene, the newest first."""
    rows = SceneVersion.objects.filter(scene_id=scene_id).select_related("published_by")
    return list(rows.order_by("-number")[:MOST_VERSIONS])


def pictures_by_id(picture_ids: Sequence[int]) -> dict[int, ScenePicture]:
    """Return pictures of scenes by their id. No statement for no ids."""
    return {row.pk: row for row in ScenePicture.objects.filter(pk__in=picture_ids)} if picture_ids else {}


def campaigns_for_scenes() -> list[Campaign]:
    """Return the campaigns that a scene can show: launched and not over, the newest first."""
    rows = Campaign.objects.filter(status__in=[Campaign.Status.LAUNCHED, Campaign.Status.PAUSED], ends_at__gt=clock.now())
    return list(rows.order_by("-pk")[:MOST_CAMPAIGNS])

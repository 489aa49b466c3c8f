"""Scenes: landing pages that the operator composed."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from renmai.campaigns.scenes.actions import record_scene_visit
from renmai.campaigns.scenes.blocks import named
from renmai.campaigns.scenes.queries import scene_of_slug
from renmai.catalogue import queries as catalogue
from renmai.web.storefront.brought import way_through
from renmai.web.storefront.navigation import show
from renmai.web.storefront.presence import is_looking
from renmai.web.storefront.views.share_own import pass_on_scene
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import enter_scene, visitor_of
from renmai.web.ui.scenes import views_of


@require_safe
def scene(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published scene. Orders of this browser count as having come from it for a day."""
    version = scene_of_slug(slug)
    if is_looking(request):
        record_scene_visit(version.scene, visitor_of(request))
        enter_scene(request, version.scene_id)
    context = {"scene": version, "blocks": views_of(version.blocks, way_through(request)), "back_url": reverse("storefront:home")}
    return show(request, "storefront/shelf/scene.html", context)


@require_safe
@signed_in
def scene_share(request: HttpRequest, slug: str) -> HttpResponse:
    """Give this member her own link for a scene, with its QR code and, when goods stand in it, a poster."""
    version = scene_of_slug(slug)
    cards = catalogue.cards(named(version.blocks, "product_ids"))
    return pass_on_scene(request, version, product_id=cards[0].id if cards else None)

"""Drawn pictures, kept for ever by browsers, and the living style page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from renmai.web.ui import pictures
from renmai.web.ui import style_page as samples
from renmai.web.ui.drawing.portraits import draw_portrait
from renmai.web.ui.drawing.products import draw_product, draw_tile
from renmai.web.ui.drawing.scenes import ILLUSTRATIONS, draw_illustration

FOR_EVER = "public, max-age=31536000, immutable"
MAX_SEED_LENGTH = 40


def _forever(content: str | bytes, content_type: str) -> HttpResponse:
    return HttpResponse(content, content_type=content_type, headers={"Cache-Control": FOR_EVER})


@require_safe
def product_svg(request: HttpRequest, motif: str, seed: int) -> HttpResponse:
    """Answer with a product drawing."""
    return _forever(draw_product(motif, seed), "image/svg+xml")


@require_safe
def product_webp(request: HttpRequest, motif: str, seed: int, width: int) -> HttpResponse:
    """Answer with a product drawing as WebP."""
    return _forever(pictures.product_webp(motif, seed, width), "image/webp")


@require_safe
def avatar(request: HttpRequest, seed: str) -> HttpResponse:
    """Answer with the face of ``seed``."""
    if len(seed) > MAX_SEED_LENGTH:
        raise Http404
    return _forever(draw_portrait(seed), "image/svg+xml")


@require_safe
def tile(request: HttpRequest, motif: str) -> HttpResponse:
    """Answer with a category's tile."""
    return _forever(draw_tile(motif), "image/svg+xml")


@require_safe
def illustration(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with an illustration."""
    if name not in ILLUSTRATIONS:
        raise Http404
    return _forever(draw_illustration(name), "image/svg+xml")


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Show every component, for developers; hidden in production."""
    if not (settings.DEBUG or settings.RENMAI_DEMO):
        raise Http404
    template = "ui/style_console.html" if request.GET.get("on") == "console" else "ui/style_phone.html"
    return render(request, template, samples.context(request))

"""Passing on: every signed-in person has a link, a QR code and a poster of her own for everything she likes."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Card, play
from renmai.campaigns.scenes.models import SceneVersion
from renmai.catalogue import queries as catalogue
from renmai.catalogue.models import Product
from renmai.catalogue.queries import ProductCard
from renmai.content.models import Post
from renmai.insight.experiments.queries import variant
from renmai.insight.portraits.queries import fulfils
from renmai.kernel.errors import DomainError
from renmai.policy import queries as policy
from renmai.sharing import queries as sharing
from renmai.sharing.actions import Landing, share
from renmai.sharing.models import Share, Shop
from renmai.web.storefront.introductions import disclosure
from renmai.web.storefront.presence import shop_here
from renmai.web.storefront.tiles import KNOWN, tile
from renmai.web.ui.formats import money_text
from renmai.web.ui.guards import signed_in
from renmai.web.ui.pages_shared import titles_by_path
from renmai.web.ui.people import member_of
from renmai.web.ui.posters import PosterContent, poster_png

POSTERS_KEPT = 16
POSTER_SECONDS = 600
WORDS_ALONG = 60
"""So much of a post goes into the message beside its link."""


@require_safe
@signed_in
def pass_on(request: HttpRequest, product_id: int) -> HttpResponse:
    """Give this member her own link for a product. An agent's leads to her own shop; anybody else's to the shop she came through."""
    product = catalogue.access_product(None, product_id)
    user = member_of(request)
    link = _link(request, user, product=product)
    card = catalogue.cards([product_id])[0]
    price = money_text(card.lowest_price_fen, card.currency)
    context = _context(link, title=card.title, price=price, words=_words_along(user, link))
    context |= {"tile": tile(card, KNOWN), "back_url": reverse("storefront:product", args=[product_id])}
    return render(request, "storefront/share/own.html", context)


@require_safe
@signed_in
def pass_on_shop(request: HttpRequest, code: str) -> HttpResponse:
    """Give this member her own link for a shop."""
    shop = sharing.shop_by_code(code)
    user = member_of(request)
    link = share(user, kind=Share.Kind.SHOP, shop=shop, came_through=_came_through(user, shop))
    context = _context(link, title=shop.name, price="") | {"back_url": reverse("storefront:shop", args=[code])}
    return render(request, "storefront/share/own.html", context)


def pass_on_page(
    request: HttpRequest, campaign: Campaign, *, path: str, product_id: int | None = None, back_url: str
) -> HttpResponse:
    """Give this member her own link for a campaign's page, with its message and poster: what a play's own view answers with."""
    user = member_of(request)
    product = catalogue.access_product(None, product_id) if product_id else None
    link = _link(request, user, product=product, landing=Landing(campaign.pk, path))
    card = play(campaign.play).card(campaign, path)
    price = money_text(card.price_fen) if card.price_fen is not None else ""
    context = _context(link, title=card.title, price=f"{price} {card.note}".strip())
    context["is_page"] = True
    if product_id:
        context["tile"] = tile(catalogue.cards([product_id])[0], KNOWN)
    return render(request, "storefront/share/own.html", context | {"back_url": back_url})


def pass_on_scene(request: HttpRequest, version: SceneVersion, *, product_id: int | None) -> HttpResponse:
    """Give this member her own link for a scene; its poster shows the first product that stands there."""
    path = reverse("storefront:scene", args=[version.scene.slug])
    product = catalogue.access_product(None, product_id) if product_id else None
    link = _link(request, member_of(request), product=product, landing=Landing(None, path))
    return render(request, "storefront/share/own.html", _context(link, title=version.title, price="") | {"back_url": path})


def pass_on_post(request: HttpRequest, post: Post) -> HttpResponse:
    """Give this member her own link for a post, with its words to send along; its poster shows the first of its goods."""
    path = reverse("storefront:post", args=[post.number])
    cards = [card for card in catalogue.cards([row.product_id for row in post.goods.all()]) if not card.is_sold_out]
    product = catalogue.access_product(None, cards[0].id) if cards else None
    link = _link(request, member_of(request), product=product, landing=Landing(None, path))
    words = Truncator(post.text.replace("\n", " ")).chars(WORDS_ALONG)
    context = _context(link, title=post.title, price="", words=words) | {"is_post": True, "back_url": path}
    return render(request, "storefront/share/own.html", context)


@require_safe
@signed_in
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the poster of one of this member's own links; drawing one costs too much to do it for everybody."""
    link = sharing.share_by_code(code)
    if link.sharer_id != member_of(request).pk:
        raise DomainError("request.not_found")
    headers = {"Cache-Control": f"private, max-age={POSTER_SECONDS}"}
    if "download" in request.GET:
        headers["Content-Disposition"] = f'attachment; filename="renmai-{link.code}.png"'
    return HttpResponse(_drawn(_poster_content(link)), content_type="image/png", headers=headers)


def link_address(link: Share) -> str:
    """Return the whole address that goes into messages and QR codes."""
    return settings.RENMAI_BASE_URL.rstrip("/") + reverse("storefront:share", args=[link.code])


def _link(request: HttpRequest, user: User, *, product: Product | None, landing: Landing | None = None) -> Share:
    own = sharing.shop_of(user)
    kind = Share.Kind.PAGE if landing else Share.Kind.PRODUCT
    if own is not None and own.status == Shop.Status.OPEN:
        came_through = _came_through(user, own)
        return share(user, kind=kind, shop=own, product=product, landing=landing, came_through=came_through)
    came_through = _latest(user)
    shop = came_through.shop if came_through else shop_here(request)
    if shop is not None and shop.status != Shop.Status.OPEN:
        shop, came_through = None, None
    return share(user, kind=kind, shop=shop, product=product, landing=landing, came_through=came_through)


def _latest(user: User) -> Share | None:
    return sharing.latest_share(visitor_id=None, user=user, window_days=policy.integer("attribution.window_days"))


def _came_through(user: User, shop: Shop) -> Share | None:
    """Return the link that brought her to this shop: the chain is kept within a shop, never led from one agent to another."""
    latest = _latest(user)
    return latest if latest is not None and latest.shop_id == shop.pk else None


def _words_along(user: User, link: Share) -> str:
    """Return what the agent says of the product, where her words go along with a link; who has none is not dealt out."""
    item = sharing.pick(link.shop, product_id=link.product_id) if link.shop and link.product_id else None
    if item is None or not item.voice or variant("share.message", user=user, belongs=fulfils) != "voice":
        return ""
    return item.voice


def _context(link: Share, *, title: str, price: str, words: str = "") -> dict[str, Any]:
    shop = link.shop
    address = link_address(link)
    said = _disclosed(link) if shop or link.kind == Share.Kind.PAGE else ""
    text = "\n".join(part for part in (f"{title} {price}".strip(), words, said) if part)
    return {
        "link": link,
        "address": address,
        "title": title,
        "message": f"{text}\n{address}",
        "share_text": text,
        "disclosure": said,
        "is_own_shop": shop is not None and shop.owner_id == link.sharer_id,
        "shop": shop,
        "depth": link.depth,
        "has_poster": link.product_id is not None or shop is not None,
    }


def _poster_content(link: Share) -> PosterContent:
    shop = link.shop
    card = _pictured(link)
    said = _card_of(link)
    item = sharing.pick(shop, product_id=link.product_id) if shop and link.product_id else None
    is_own = shop is not None and shop.owner_id == link.sharer_id
    return PosterContent(
        title=said.title if said else card.title if link.product_id else shop.name if shop else "",
        price_fen=card.lowest_price_fen if said is None or said.price_fen is None else said.price_fen,
        currency=card.currency,
        agent_name=link.sharer.display_name,
        avatar_seed=link.sharer.avatar_seed,
        link=link_address(link),
        disclosure=_disclosed(link),
        motif=card.motif,
        picture_seed=card.picture_seed,
        picture=_stored(card.picture.path) if card.picture else None,
        avatar=_stored(shop.picture_path) if shop and is_own and shop.picture_path else None,
        voice=((item.voice if item else "") or shop.voice) if shop and is_own else "",
        price_note=said.note if said else _price_note(card, link),
    )


def _card_of(link: Share) -> Card | None:
    """Return what the play of a campaign's link, or the scene that it leads to, says of itself."""
    campaign = Campaign.objects.filter(pk=link.campaign_id).first() if link.campaign_id else None
    if campaign is not None:
        return play(campaign.play).card(campaign, link.page)
    title = titles_by_path([link.page]).get(link.page)
    return Card(title, None) if title else None


def _price_note(card: ProductCard, link: Share) -> str:
    if link.product_id is None:
        return _("and more in this shop")
    return _("and up") if card.has_price_range else ""


def _pictured(link: Share) -> ProductCard:
    """Return the product that the poster shows: the one that is shared, or the first of the shop."""
    ids = [link.product_id] if link.product_id else list(sharing.picks_of(link.shop))[:1] if link.shop else []
    cards = catalogue.cards([product_id for product_id in ids if product_id])
    if not cards:
        raise DomainError("request.not_found")
    return cards[0]


def _disclosed(link: Share) -> str:
    """Return who earns what by the link, as the message and the poster say it: the shop's agent, and whoever its play gives something."""
    card = _card_of(link) if link.kind == Share.Kind.PAGE else None
    earns = card.earns if card else ""
    if link.shop is None:
        return earns or _("A recommendation between friends: nobody earns on it.")
    said = disclosure(link.shop, link.product_id)
    if link.shop.owner_id != link.sharer_id:
        words = {"name": link.shop.owner.display_name, "disclosure": said}
        said = _("Leads to the shop of %(name)s. %(disclosure)s") % words
    return f"{said} {earns}".strip()


def _stored(path: str) -> bytes | None:
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return bytes(file.read())


@lru_cache(maxsize=POSTERS_KEPT)
def _drawn(content: PosterContent) -> bytes:
    return poster_png(content)

"""Links: making them, giving them away, and what came of them."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from renmai.alerts.queries import alert_behind
from renmai.campaigns.plays import Card, play
from renmai.campaigns.queries import campaigns_by_id
from renmai.catalogue import queries as catalogue
from renmai.content.queries import PATH, post_of_path
from renmai.insight import queries as insight
from renmai.insight.spread.openings import reach_of
from renmai.kernel.errors import DomainError
from renmai.sharing import actions, queries
from renmai.sharing.models import Share
from renmai.sharing.queries.shops import PAGE_SIZE
from renmai.trust.queries import Reception, kept_share, reception_of_page, receptions, telling
from renmai.web.ui.pages_shared import titles_by_path
from renmai.web.ui.posters import PosterContent, poster_png
from renmai.web.workbench import goods
from renmai.web.workbench import words_to_say as words
from renmai.web.workbench.addresses import share_link
from renmai.web.workbench.chains import chain_of
from renmai.web.workbench.names import shown_name
from renmai.web.workbench.navigation import show
from renmai.web.workbench.numbers import number_of, page_number, page_of
from renmai.web.workbench.posts import words_along
from renmai.web.workbench.seats import Seat, agents_only

PICK_SIZE = 50


@require_safe
@agents_only
def shares(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the links to her shop, the newest first, with what each brought."""
    page = page_of(queries.share_count(seat.shop), number=page_number(request), size=PAGE_SIZE)
    figures = queries.share_figures(seat.shop, page=page.number) if page.paginator.count else []
    known = insight.bound_ids(seat.shop.pk, [row.share.sharer_id for row in figures]) | {seat.user.pk}
    named = campaigns_by_id({row.share.campaign_id for row in figures if row.share.campaign_id})
    titles = titles_by_path({row.share.page for row in figures})
    rows = [
        (
            row,
            shown_name(row.share.sharer.display_name, is_known=row.share.sharer_id in known),
            titles.get(row.share.page) or (named[row.share.campaign_id].title if row.share.campaign_id in named else ""),
        )
        for row in figures
    ]
    return show(request, "workbench/shares.html", {"rows": rows, "page": page, "seat": seat})


@require_http_methods(["GET", "HEAD", "POST"])
@agents_only
def share_new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Choose what to share; the same thing again leads to the same link."""
    if request.method == "POST":
        link = _make(seat, request.POST.get("product", ""))
        return redirect("workbench:share_detail", code=link.code)
    total = queries.item_count(seat.shop)
    page = page_of(total, number=page_number(request), size=PICK_SIZE)
    items = queries.shop_items(seat.shop, page=page.number, page_size=PICK_SIZE)
    context = {
        "goods": goods.of_items(items),
        "page": page,
        "shop": seat.shop,
        "toll": telling.toll_of(seat.shop),
        "pause": queries.pause_of(seat.user.pk),
        "back_url": reverse("workbench:shares"),
    }
    return show(request, "workbench/share_new.html", context)


@require_safe
@agents_only
def share_detail(request: HttpRequest, seat: Seat, code: str) -> HttpResponse:
    """Show one link: to give it away, and the chain that came of it."""
    link = queries.access_share(seat.shop, code)
    story = insight.share_story(link)
    callers = [(caller, shown_name(caller.name, is_known=caller.is_bound)) for caller in story.callers]
    chain = chain_of(queries.branch(queries.cascade(link), link.sharer), seat.shop)
    product = goods.single(link.product_id) if link.product_id else None
    card = _card(link)
    buyers = insight.bound_ids(seat.shop.pk, [order.buyer_id for order in story.latest_orders])
    title = card.title if card else link.product.title if link.product else seat.shop.name
    context = {
        "share": link,
        "shop": seat.shop,
        "url": share_link(link),
        "product": product,
        "card": card,
        "is_post": link.page.startswith(PATH),
        "title": title,
        "is_own": link.sharer_id == seat.user.pk,
        "sharer": shown_name(link.sharer.display_name, is_known=bool(insight.bound_ids(seat.shop.pk, [link.sharer_id]))),
        "story": story,
        "reach": reach_of(link),
        "callers": callers,
        "orders": [
            (order, shown_name(order.buyer.display_name, is_known=order.buyer_id in buyers)) for order in story.latest_orders
        ],
        "chain": chain,
        "disclosure": _disclosure(card),
        **(_to_say(request, link, words.Shown(title, None if card else product, card)) if link.sharer_id == seat.user.pk else {}),
        "suggested": _suggested(seat, product) if link.sharer_id == seat.user.pk else [],
        "back_url": reverse("workbench:shares"),
    }
    return show(request, "workbench/share_detail.html", context)


@require_safe
@agents_only
def poster(request: HttpRequest, seat: Seat, code: str) -> HttpResponse:
    """Answer with the poster of one of her own links."""
    link = queries.access_share(seat.shop, code)
    if link.sharer_id != seat.user.pk:
        raise DomainError("request.not_found")
    picture = poster_png(_poster_content(link, seat))
    name = f"renmai-{link.code}.png"
    headers = {"Cache-Control": "private, max-age=300", "Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(picture, content_type="image/png", headers=headers)


def _to_say(request: HttpRequest, link: Share, shown: words.Shown) -> dict[str, object]:
    """Return what she could say beside her own link; ``alert`` in the address names whom it answers."""
    number = number_of(request, "alert")
    alert = alert_behind(link.sharer, link, number) if number else None
    known = _of_post(link) + words.sayings(shown, words.facts_of(shown.product, evidence=alert.evidence if alert else None))
    return {
        "alert": alert,
        "sayings": known,
        "saying": words.chosen(known, request.GET.get("say", "")),
        "most_words": words.MOST,
        "reception": _reception(link),
        "said_along": words.disclosure(shown),
    }


def _of_post(link: Share) -> list[words.Saying]:
    """Return the words of the post itself that a link leads to; none for every other link. One statement for a link to a post."""
    post = post_of_path(link.page)
    return [words.Saying("post", pgettext("words", "Its first words"), words_along(post))] if post is not None else []


def _reception(link: Share) -> Reception | None:
    """Return how others received what she is about to share; None for her whole shop, of which nobody else has links."""
    if link.kind == Share.Kind.PAGE:
        return reception_of_page(link.page)
    return receptions([link.product_id])[link.product_id] if link.product_id else None


def _suggested(seat: Seat, product: goods.Goods | None) -> list[tuple[queries.BoundCustomer, telling.Trust]]:
    """Return to whom she had best send it, with what each share costs; none while she has no customers."""
    margin_fen = round(product.price_fen * kept_share()) if product else 0
    found = {each.customer_id: each for each in telling.suggested(seat.shop, margin_fen=margin_fen)}
    return [(row, found[row.binding.customer_id]) for row in queries.customers_among(seat.shop, list(found))]


def _make(seat: Seat, product: str) -> Share:
    if not product:
        return actions.share(seat.user, kind=Share.Kind.SHOP, shop=seat.shop)
    if not (product.isascii() and product.isdecimal() and len(product) < 19):
        raise DomainError("request.invalid")
    item = queries.pick(seat.shop, product_id=int(product))
    if item is None:
        raise DomainError("sharing.not_in_shop")
    chosen = catalogue.access_product(None, item.product_id)
    return actions.share(seat.user, kind=Share.Kind.PRODUCT, shop=seat.shop, product=chosen)


def _card(link: Share) -> Card | None:
    """Return what the campaign or the scene of a link says of itself, None for a link to goods or to the shop."""
    campaign = campaigns_by_id([link.campaign_id]).get(link.campaign_id) if link.campaign_id else None
    if campaign is not None:
        return play(campaign.play).card(campaign, link.page)
    title = titles_by_path([link.page]).get(link.page)
    return Card(title, None) if title else None


def _poster_content(link: Share, seat: Seat) -> PosterContent:
    card = _card(link)
    product_id = link.product_id or _first_of(seat)
    item = queries.pick(seat.shop, product_id=link.product_id) if link.product_id else None
    shown = goods.single(product_id) if product_id else None
    price_fen = shown.price_fen if shown and link.product_id else None
    return PosterContent(
        title=card.title if card else shown.title if shown and link.product_id else seat.shop.name,
        price_fen=price_fen if card is None or card.price_fen is None else card.price_fen,
        currency=shown.currency if shown else "CNY",
        agent_name=seat.user.display_name,
        avatar_seed=seat.user.avatar_seed,
        link=share_link(link),
        disclosure=_disclosure(card),
        motif=shown.motif if shown else "",
        picture_seed=shown.picture_seed if shown else 0,
        picture=_bytes(shown.picture_path if shown else ""),
        avatar=_bytes(seat.shop.picture_path),
        voice=(item.voice if item else "") or seat.shop.voice,
        price_note=card.note if card else "" if link.product_id else _goods_note(seat),
    )


def _goods_note(seat: Seat) -> str:
    number = queries.item_count(seat.shop)
    return ngettext("%(number)s product", "%(number)s products", number) % {"number": number}


def _first_of(seat: Seat) -> int | None:
    items = queries.shop_items(seat.shop, page_size=1)
    return items[0].product_id if items else None


def _bytes(path: str) -> bytes | None:
    """Return a stored picture; one that is gone from the folder is drawn instead."""
    file = Path(settings.MEDIA_ROOT) / path
    return file.read_bytes() if path and file.is_file() else None


def _disclosure(card: Card | None) -> str:
    """Say what she earns, and what the campaign itself gives to whoever passes it on."""
    said = _("She earns a commission when you buy through this code and keep the goods. You pay the same price as everybody.")
    return f"{said} {card.earns}".strip() if card else said

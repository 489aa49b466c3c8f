"""Everything a product's page shows, whichever way led there: its own address or somebody's link."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from renmai.accounts import queries as accounts
from renmai.campaigns import queries as campaigns
from renmai.campaigns.plays import Offer
from renmai.catalogue import queries as catalogue
from renmai.catalogue.freight import FreightReason
from renmai.catalogue.queries import FreightLine, ProductPage
from renmai.distribution.policies import pays_commission
from renmai.journeys.looking import look_at
from renmai.ordering import queries as ordering
from renmai.policy import queries as policy
from renmai.sharing import queries as sharing
from renmai.sharing.models import Share
from renmai.web.storefront.choices import Choice, choose
from renmai.web.storefront.introductions import Introduction, Person, feedback_code, introduce, person
from renmai.web.storefront.opinions import Opinion, Voice, newest_opinions, voices
from renmai.web.storefront.presence import is_looking, pieces_in_cart, shop_here
from renmai.web.storefront.tiles import Funnel, sold_text
from renmai.web.ui.formats import money_text
from renmai.web.ui.people import remember_visitor, user_of, visitor_id_of
from renmai.web.ui.pictures import sources


@dataclass(frozen=True)
class Picture:
    """One picture of the gallery: an upload, or the drawing."""

    picture_path: str
    motif: str
    picture_seed: int


@dataclass(frozen=True)
class Promise:
    """Something the shop keeps for every such product."""

    icon: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Goods:
    """What the page says of the product itself, in the language of the answer. ``options`` are the names of what can be chosen."""

    pk: int
    title: str
    subtitle: str
    description: str
    brand: str
    currency: str
    lowest_price_fen: int
    highest_price_fen: int
    rating_count: int
    motif: str
    picture_seed: int
    category_slug: str
    category_name: str
    supplier_name: str
    options: tuple[str, ...]
    is_sold_out: bool


@dataclass(frozen=True)
class Hold:
    """The agent whose protection holds against the link that was opened, and the day until which."""

    agent: str
    until: str


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """Everything a product's page shows, as plain values: the same page again is the same text again (``ui.remembering``)."""

    product: Goods
    pictures: tuple[Picture, ...]
    preview: str
    choice: Choice | None
    introduction: Introduction | None
    sharer: Person | None
    """Who passed it on, when somebody's link led here."""

    code: str
    """The link that she may say something of."""

    is_in_shop: bool
    agents_earn: bool
    voices: tuple[Voice, ...]
    reviews: tuple[Opinion, ...]
    rating_tenths: int | None
    sold_text: str
    freight: str
    promises: tuple[Promise, ...]
    is_favourite: bool
    in_cart: int
    funnel: Funnel
    back_url: str
    held_by: Hold | None = None
    offers: tuple[Offer, ...] = ()
    share_code: str = ""


def exhibit(
    request: HttpRequest, page: ProductPage, *, funnel: Funnel, link: Share | None = None, held_by: Hold | None = None
) -> Exhibit:
    """Return what a product's page shows. A fixed number of statements, however many variants, pictures and reviews there are."""
    product, user = page.product, user_of(request)
    pictures = gallery(page)
    choice = choose(page, request.GET.dict())
    shop = link.shop if link else shop_here(request)
    own, others = sharing.said_of(product.pk, shop=shop, viewer_id=user.pk if user else 0)
    return Exhibit(
        product=goods(page),
        pictures=pictures,
        preview=preview_address(pictures[0]),
        choice=choice,
        introduction=introduce(shop, product.pk, user=user, link=link, item=own) if shop else None,
        sharer=person(link.sharer) if link else None,
        code=feedback_code(link, user),
        is_in_shop=shop is not None,
        agents_earn=pays_commission(),
        voices=voices(others),
        reviews=newest_opinions(ordering.newest_reviews(product.pk)) if product.rating_count else (),
        rating_tenths=rating_tenths(page),
        sold_text=sold_text(product.sold_count) if product.sold_count else "",
        freight=freight_hint(request, page, choice),
        promises=promises(page),
        is_favourite=product.pk in catalogue.favourite_ids(user, [product.pk]),
        in_cart=pieces_in_cart(request),
        funnel=funnel,
        back_url=reverse("storefront:shop", args=[shop.code]) if shop else reverse("storefront:home"),
        held_by=held_by,
        offers=campaigns.offers_on(product.pk, viewer=user),
        share_code=link.code if link else "",
    )


def goods(page: ProductPage) -> Goods:
    """Return what is said of the product itself."""
    product = page.product
    return Goods(
        pk=product.pk,
        title=product.title,
        subtitle=product.subtitle,
        description=product.description,
        brand=product.brand,
        currency=product.currency,
        lowest_price_fen=product.lowest_price_fen,
        highest_price_fen=product.highest_price_fen,
        rating_count=product.rating_count,
        motif=product.motif,
        picture_seed=product.picture_seed,
        category_slug=page.category.slug,
        category_name=page.category.name,
        supplier_name=page.supplier.name,
        options=tuple(option.name for option in page.options),
        is_sold_out=page.free == 0,
    )


def note_view(request: HttpRequest, page: ProductPage, *, funnel: Funnel, post: str = "") -> None:
    """Record that this person looked at the product, and in which post she found it; see ``is_looking``."""
    if is_looking(request):
        visitor_id, user = visitor_id_of(request), user_of(request)
        remember_visitor(request, look_at(page.product.pk, visitor_id=visitor_id, user=user, funnel=funnel, post=post))


def gallery(page: ProductPage) -> tuple[Picture, ...]:
    """Return the uploaded pictures, or the drawing when there are none."""
    product = page.product
    paths = [picture.path for picture in page.pictures] or [""]
    return tuple(Picture(path, product.motif, product.picture_seed) for path in paths)


def preview_address(picture: Picture) -> str:
    """Return the whole address of the picture that other apps show beside a link."""
    source = sources(picture.picture_path, motif=picture.motif, seed=picture.picture_seed, size="full")
    return settings.RENMAI_BASE_URL.rstrip("/") + source.url


def rating_tenths(page: ProductPage) -> int | None:
    """Return the mean rating in tenths of a star, rounded half up; None while nobody has rated it."""
    count = page.product.rating_count
    return (20 * page.product.rating_sum + count) // (2 * count) if count else None


def freight_hint(request: HttpRequest, page: ProductPage, choice: Choice | None) -> str:
    """Return what sending one piece costs, to her own address when she has one."""
    if choice is None:
        return ""
    user = user_of(request)
    address = accounts.default_address(user) if user else None
    line = FreightLine(
        sku_id=choice.sku.id,
        supplier_id=page.supplier.pk,
        freight_template_id=page.product.freight_template_id,
        weight_grams=choice.sku.weight_grams,
        amount_fen=choice.sku.price_fen,
    )
    part = catalogue.freight_fee([line], address.region_id if address else "").parcels[0].parts[0]
    currency = page.product.currency
    if part.reason == FreightReason.NOT_SERVED:
        return _("Not delivered to your address")
    if part.fee_fen == 0:
        return _("Free delivery")
    fee = money_text(part.fee_fen, currency)
    if part.free_over_fen is None:
        return _("Delivery %(fee)s") % {"fee": fee}
    return _("Delivery %(fee)s, free from %(amount)s") % {"fee": fee, "amount": money_text(part.free_over_fen, currency)}


def promises(page: ProductPage) -> tuple[Promise, ...]:
    """Return what is promised with this product: each is a setting or a fact of its supplier, so each is kept by the system."""
    days, hours = policy.integer("after_sale.window_days"), policy.integer("after_sale.answer_hours")
    found = [
        Promise(
            "refund",
            _("%(days)s days to return") % {"days": days},
            _("Counted from the day after you receive it. You get back what you paid for it."),
        ),
        Promise(
            "truck",
            _("Leaves within %(hours)s hours") % {"hours": page.supplier.ship_within_hours},
            _("Packed and sent by %(supplier)s.") % {"supplier": page.supplier.name},
        ),
        Promise(
            "shield",
            _("An answer within %(hours)s hours") % {"hours": hours},
            _("Should something be wrong, ask for a refund, a return or an exchange from your order."),
        ),
    ]
    if page.product.pickup_allowed and policy.switch("pickup.enabled"):
        found.append(Promise("pickup", _("Pick up yourself"), _("Choose pickup at checkout and pay no delivery.")))
    return tuple(found)

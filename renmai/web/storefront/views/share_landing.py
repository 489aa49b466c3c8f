"""What somebody's link opens: the product or the shop, with who stands behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from renmai.catalogue import queries as catalogue
from renmai.catalogue.models import Product
from renmai.journeys.looking import open_link
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.sharing import queries as sharing
from renmai.sharing.models import Share, Shop
from renmai.web.storefront import exhibits
from renmai.web.storefront.brought import address_of
from renmai.web.storefront.exhibits import Hold
from renmai.web.storefront.presence import go_into, is_looking
from renmai.web.storefront.views.shelf_shop import show_shop
from renmai.web.ui import errors
from renmai.web.ui.formats import local
from renmai.web.ui.people import remember_visitor, user_of, visitor_id_of
from renmai.web.ui.remembering import render_shown


@require_safe
def landing(request: HttpRequest, code: str) -> HttpResponse:
    """Record the visit, enter the agent's shop, and show what was shared. A link that has nothing behind it gets a way on."""
    try:
        link = sharing.share_by_code(code)
    except DomainError as error:
        way_on = (reverse("storefront:discover"), _("See what agents recommend"))
        return errors.refusal(request, error, way_on=way_on)
    if link.shop is not None and link.shop.status != Shop.Status.OPEN:
        return _closed(request, link)
    if is_looking(request):
        user_agent = request.headers.get("User-Agent", "")
        visitor = open_link(link, visitor_id=visitor_id_of(request), user=user_of(request), user_agent=user_agent)
        remember_visitor(request, visitor)
        if link.shop is not None:
            go_into(request, link.shop)
    if link.kind == Share.Kind.PAGE:
        return redirect(address_of(link))
    if link.product is None and link.shop is not None:
        return show_shop(request, link.shop, link=link)
    if link.product is None or link.product.status != Product.Status.LISTED:
        return _sold_no_more(request, link)
    return _product(request, link)


def _product(request: HttpRequest, link: Share) -> HttpResponse:
    page = catalogue.product_page(link.product_id or 0, known=link.product)
    shown = exhibits.exhibit(request, page, funnel="social", link=link, held_by=_held_by_another(request, link))
    return render_shown(request, "storefront/shelf/product.html", shown)


def _closed(request: HttpRequest, link: Share) -> HttpResponse:
    listed = link.product is not None and link.product.status == Product.Status.LISTED
    way_on = (
        (reverse("storefront:product", args=[link.product_id]), _("See the product all the same"))
        if listed
        else (reverse("storefront:discover"), _("See what agents recommend"))
    )
    return errors.refusal(request, DomainError("sharing.shop_closed"), way_on=way_on)


def _sold_no_more(request: HttpRequest, link: Share) -> HttpResponse:
    way_on = (
        (reverse("storefront:shop", args=[link.shop.code]), _("See the rest of the shop"))
        if link.shop
        else (reverse("storefront:search"), _("See what is on sale"))
    )
    sentence = _("This product is not on sale any more. Whoever sent you the link could not know.")
    return errors.render_error(request, 410, sentence=sentence, way_on=way_on)


def _held_by_another(request: HttpRequest, link: Share) -> Hold | None:
    """Return who else still protects this member: her purchases count there, and she is told so."""
    user = user_of(request)
    binding = sharing.current_binding(user) if user and link.shop_id else None
    if binding is None or binding.shop_id == link.shop_id or binding.protected_until <= clock.now():
        return None
    return Hold(binding.shop.owner.display_name, local(binding.protected_until).strftime("%Y-%m-%d"))

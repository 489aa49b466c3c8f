"""One product: its page, the choice of a variant, its reviews, and keeping it for later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from renmai.catalogue import queries as catalogue
from renmai.catalogue.actions.favourites import toggle_favourite
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.web.storefront import exhibits
from renmai.web.storefront.choices import choose
from renmai.web.storefront.opinions import opinions
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.tiles import POST, WAY, funnel_named, post_named
from renmai.web.ui import errors
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, safe_next
from renmai.web.ui.remembering import render_shown


@require_safe
def product(request: HttpRequest, product_id: int) -> HttpResponse:
    """Show a product that is on sale; anything else gets a way on."""
    try:
        page = catalogue.product_page(product_id)
    except DomainError as error:
        return not_on_sale(request, error)
    funnel = funnel_named(request.GET.get(WAY, ""))
    exhibits.note_view(request, page, funnel=funnel, post=post_named(request.GET.get(POST, "")))
    return render_shown(request, "storefront/shelf/product.html", exhibits.exhibit(request, page, funnel=funnel))


@require_safe
def choice(request: HttpRequest, product_id: int) -> HttpResponse:
    """Answer with the inside of the sheet in which a variant is chosen: price, stock and the values that go together."""
    page = catalogue.product_page(product_id)
    context = {
        "product": exhibits.goods(page),
        "choice": choose(page, request.GET.dict()),
        "funnel": funnel_named(request.GET.get(WAY, "")),
    }
    return render(request, "storefront/shelf/choice.html", context)


@require_safe
def reviews(request: HttpRequest, product_id: int) -> HttpResponse:
    """List what people said who received the product."""
    page = catalogue.product_page(product_id)
    found = ordering.reviews(product_id, page=page_number(request))
    context = {
        "product": page.product,
        "rating_tenths": exhibits.rating_tenths(page),
        "reviews": opinions(found.items),
        "position": Position(found.number, found.has_next),
        "back_url": reverse("storefront:product", args=[product_id]),
    }
    return render(request, "storefront/shelf/reviews.html", context)


@require_POST
@signed_in
@vary_on_headers("HX-Request")
def favourite(request: HttpRequest, product_id: int) -> HttpResponse:
    """Keep the product for later, or stop keeping it; back to where she was."""
    is_favourite = toggle_favourite(member_of(request), product_id)
    if request.headers.get("HX-Request"):
        context = {"product_id": product_id, "is_favourite": is_favourite}
        return render(request, "storefront/shelf/favourite.html", context)
    messages.success(request, _("Kept in your favourites.") if is_favourite else _("Taken out of your favourites."))
    return HttpResponseRedirect(safe_next(request, reverse("storefront:product", args=[product_id])))


def not_on_sale(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Say that this product cannot be bought, with a way on."""
    return errors.render_error(
        request,
        error.status,
        sentence=_("This product is not on sale, or not any more."),
        code=error.code,
        way_on=(reverse("storefront:search"), _("See what is on sale")),
    )

"""What a customer sees of coupons: those she can claim, and those she has."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.kernel.errors import DomainError
from renmai.plays.coupon import actions, queries
from renmai.plays.coupon.models import Coupon
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.views.share_own import pass_on_page
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, safe_next, user_of

STATES = {"usable": gettext_lazy("Usable"), "used": gettext_lazy("Used"), "expired": gettext_lazy("Over")}


class WordForm(forms.Form):
    """A coupon code, as somebody read or heard it."""

    word = forms.CharField(label=gettext_lazy("Coupon code"), max_length=20, widget=forms.TextInput({"autocomplete": "off"}))


@require_safe
@never_cache
def centre(request: HttpRequest) -> HttpResponse:
    """List what can be claimed now; everybody may look."""
    return _centre(request, WordForm())


@require_POST
@signed_in
def claim_by_word(request: HttpRequest) -> HttpResponse:
    """Claim the coupon that belongs to a coupon code."""
    form = WordForm(request.POST)
    if form.is_valid():
        try:
            coupon = actions.claim_by_word(member_of(request), form.cleaned_data["word"])
        except DomainError as error:
            form.add_error("word", error.sentence)
        else:
            return _claimed(request, coupon)
    return _centre(request, form, status=400)


@require_safe
@never_cache
def campaign(request: HttpRequest, number: str) -> HttpResponse:
    """Show one campaign's coupon to whoever opened its link."""
    found = queries.open_campaign(user_of(request), number)
    return show(request, "coupon/campaign.html", {"offer": found, "back_url": reverse("coupon:centre")})


@require_POST
@signed_in
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Claim one coupon of a campaign, and come back to where the button stood."""
    user = member_of(request)
    offer = queries.open_campaign(user, number)
    try:
        return _claimed(request, actions.claim(user, offer.campaign.pk))
    except DomainError as error:
        messages.error(request, error.sentence)
    return HttpResponseRedirect(safe_next(request, reverse("coupon:campaign", args=[number])))


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """List her coupons of one state."""
    state = request.GET.get("state", "")
    state = state if state in STATES else "usable"
    page = queries.mine(member_of(request), state=state, page=page_number(request))
    context = {
        "coupons": page.object_list,
        "position": Position(page.number, page.has_next()),
        "states": STATES.items(),
        "state": state,
        "back_url": reverse("storefront:me"),
    }
    return show(request, "coupon/mine.html", context)


@require_safe
@signed_in
def share(request: HttpRequest, number: str) -> HttpResponse:
    """Give whoever wants to pass it on a link of her own to this coupon."""
    found = queries.open_campaign(None, number).campaign
    path = reverse("coupon:campaign", args=[number])
    product_id = next(iter(found.products.values_list("product_id", flat=True).order_by("pk")[:1]), None)
    return pass_on_page(request, found, path=path, product_id=product_id, back_url=path)


def _centre(request: HttpRequest, form: WordForm, *, status: int = 200) -> HttpResponse:
    context = {"offers": queries.open_now(user_of(request)), "form": form, "back_url": reverse("storefront:me")}
    return show(request, "coupon/centre.html", context, status=status)


def _claimed(request: HttpRequest, coupon: Coupon) -> HttpResponse:
    said = _("It is yours: find it at the checkout, or among your coupons. Valid until %(day)s.")
    messages.success(request, said % {"day": queries.last_day(coupon.valid_until)})
    return HttpResponseRedirect(safe_next(request, reverse("coupon:mine")))

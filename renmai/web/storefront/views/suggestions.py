"""What she suggests about goods, and what became of it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from renmai.catalogue import queries as catalogue
from renmai.catalogue.models import Product
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.actions.suggesting import suggest
from renmai.ordering.models.suggestions import SUGGESTION_LENGTH
from renmai.web.storefront.goods import pictured
from renmai.web.storefront.paging import Position, page_number
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of


class SuggestionForm(forms.Form):
    """One suggestion in her words."""

    text = forms.CharField(
        label=gettext_lazy("What should be better, and how?"),
        max_length=SUGGESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def suggestion_new(request: HttpRequest, product_id: int) -> HttpResponse:
    """Suggest something about a product that is or was on sale."""
    product = ordering.suggestible(product_id)
    if request.method != "POST":
        return _form(request, product, SuggestionForm())
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        return _form(request, product, form, status=400)
    try:
        suggest(member_of(request), product_id, form.cleaned_data["text"])
    except DomainError as error:
        if error.status == 404:
            raise
        form.add_error("text", error.sentence)
        return _form(request, product, form, status=error.status)
    messages.success(request, _("Thank you. We read every suggestion and tell you what becomes of it."))
    return HttpResponseRedirect(reverse("storefront:suggestions"))


@never_cache
@require_safe
@signed_in
def suggestions(request: HttpRequest) -> HttpResponse:
    """List what she suggested, with what became of it."""
    found = ordering.suggestions_of(member_of(request), page=page_number(request))
    context = {"suggestions": found.items, "position": Position(found.number, found.has_next)}
    return render(request, "storefront/me/suggestions.html", context)


def _form(request: HttpRequest, product: Product, form: SuggestionForm, *, status: int = 200) -> HttpResponse:
    picture = catalogue.first_pictures({product.pk}).get(product.pk)
    context = {
        "product": product,
        "picture": pictured(product, picture),
        "form": form,
        "back_url": reverse("storefront:product", args=[product.pk]),
    }
    return render(request, "storefront/shelf/suggest.html", context, status=status)

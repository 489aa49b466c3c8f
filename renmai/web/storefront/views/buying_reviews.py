"""A review of goods that one has received."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from renmai.catalogue.actions.pictures import MAX_BYTES
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.actions.evidence import MAX_PICTURES
from renmai.ordering.actions.reviews import write_review
from renmai.ordering.models import OrderLine
from renmai.ordering.policies import require_buyer
from renmai.web.storefront.claim_form import ReviewForm, read_all
from renmai.web.storefront.goods import pictured_lines
from renmai.web.ui.bodies import takes_files
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of

FIELD_OF = {"rating": "rating", "text": "text", "picture": "pictures", "pictures": "pictures"}


@takes_files(MAX_PICTURES, each_bytes=MAX_BYTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def review(request: HttpRequest, number: str, line_id: int) -> HttpResponse:
    """Write a review of one line, once; afterwards show it."""
    user = member_of(request)
    order = ordering.access_order(user, number)
    require_buyer(user, order)
    line = OrderLine.objects.filter(order=order, pk=line_id).select_related("review").first()
    if line is None:
        raise DomainError("request.not_found")
    line.order = order
    if hasattr(line, "review"):
        return _page(request, line, None)
    if order.received_at is None:
        raise DomainError("ordering.not_reviewable")
    if request.method != "POST":
        return _page(request, line, ReviewForm())
    form = ReviewForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, line, form, status=400)
    given = form.cleaned_data
    try:
        write_review(user, line.pk, rating=given["rating"], text=given["text"], pictures=read_all(given["pictures"]))
    except DomainError as error:
        if error.status == 404:
            raise
        form.add_error(FIELD_OF.get(error.field), error.sentence)
        return _page(request, line, form, status=error.status)
    messages.success(request, _("Thank you for your review."))
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, line: OrderLine, form: ReviewForm | None, *, status: int = 200) -> HttpResponse:
    written = line.review if form is None else None
    context = {
        "line": line,
        "form": form,
        "review": written,
        "pictures": list(written.pictures.all()) if written else [],
        "picture": pictured_lines([line])[line.pk],
        "back_url": reverse("storefront:order", args=[line.order.number]),
    }
    return render(request, "storefront/buying/review.html", context, status=status)

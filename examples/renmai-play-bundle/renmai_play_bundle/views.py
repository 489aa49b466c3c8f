"""The page on which a customer chooses her pieces. Nothing is ticked for her: 电子商务法 19, rule ``bundle.default_checked``."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from renmai.campaigns.models import Campaign
from renmai.kernel.errors import DomainError
from renmai.ordering.actions import cart
from renmai.web.storefront.navigation import show
from renmai.web.storefront.numbers import wholes
from renmai.web.ui.people import user_of, visitor_of
from renmai_play_bundle.terms import Terms, goods_of, terms_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def choose(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Show the goods with empty boxes; take so many of them to the checkout, through the cart, so that nothing is lost on the way."""
    campaign = Campaign.objects.filter(pk=campaign_id, play="bundle", launched_at__isnull=False).first()
    if campaign is None:
        raise DomainError("request.not_found")
    terms = terms_of(campaign.terms)
    chosen = wholes(request.POST.getlist("sku"))
    problem, status = "", 200
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_to_checkout(request, campaign, terms, chosen))
        except DomainError as error:
            problem, status = error.sentence, error.status
    context = {
        "campaign": campaign,
        "terms": terms,
        "goods": goods_of(terms),
        "chosen": chosen,
        "problem": problem,
        "back_url": reverse("storefront:home"),
    }
    return show(request, "bundle/choose.html", context, status=status)


def _to_checkout(request: HttpRequest, campaign: Campaign, terms: Terms, chosen: tuple[int, ...]) -> str:
    """Put one piece of each into the cart and return the address of the checkout with the offer. Raises ``bundle.pieces``."""
    offered = {sku.pk for sku in goods_of(terms)}
    if len(chosen) != terms.pieces or not set(chosen) <= offered:
        raise DomainError("bundle.pieces", pieces=terms.pieces)
    lines = [cart.add_to_cart(visitor_of(request), user_of(request), sku_id=sku_id).pk for sku_id in chosen]
    asked = [("line", line_id) for line_id in lines] + [("play", f"bundle:{campaign.pk}:")]
    return f"{reverse('storefront:checkout')}?{urlencode(asked)}"

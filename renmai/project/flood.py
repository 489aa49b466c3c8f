"""Turns floods away before they cost anything: so many requests of a network address, so many costly acts of a caller.

Nothing here asks the database. How many is in ``accounts.limits``; which request is which act is the table ``ACTS``. The counts belong
to one process, so a shop with four of them lets up to four times as many through: these limits keep machines up, they guard no secret.
"""

import hashlib
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from renmai.accounts.limits import GUESTS_PER_ADDRESS, LIMITS
from renmai.accounts.throttling import network_of
from renmai.api import answers
from renmai.kernel.errors import DomainError
from renmai.kernel.limits import Buckets
from renmai.web.ui import errors
from renmai.web.ui.people import address_of

API: Final = "/api/"
FREE: Final = ("/healthz", "/readyz", "/api/payments/")
"""What asks about us on purpose, and providers of payments, whose word has to arrive whatever else happens."""

PICTURES: Final = ("/pictures/", "/media/")
"""One page shows dozens: an office that opens the shop for the first time must not look like a flood."""

GET, POST, PUT = "GET", "POST", "PUT"
V1: Final = "api/v1/"
ACTS: Final[dict[tuple[str, str], str]] = {
    (GET, "search/"): "search",
    (GET, "console/search/"): "search",
    (GET, V1 + "products"): "search",
    (GET, "s/<slug:code>/poster.png"): "poster",
    (GET, "agent/share/<slug:code>/poster.png"): "poster",
    (POST, "cart/add/"): "cart",
    (POST, "cart/change/"): "cart",
    (POST, V1 + "cart/lines"): "cart",
    (PUT, V1 + "cart/lines/<line_id>"): "cart",
    (POST, "beacon/"): "beacon",
    (POST, "checkout/"): "order",
    (POST, "orders/<slug:number>/again/"): "order",
    (POST, V1 + "quotes"): "order",
    (POST, V1 + "orders"): "order",
    (POST, "orders/<slug:number>/pay/"): "pay",
    (POST, V1 + "orders/<number>/payment"): "pay",
    (POST, V1 + "orders/<number>/payment/check"): "pay",
    (POST, "orders/<slug:number>/after-sale/<row:line_id>/"): "claim",
    (POST, V1 + "orders/<number>/after-sales"): "claim",
    (POST, "orders/<slug:number>/review/<row:line_id>/"): "review",
    (POST, V1 + "order-lines/<line_id>/review"): "review",
    (POST, "p/<row:product_id>/suggest/"): "suggestion",
    (POST, V1 + "products/<product_id>/suggestions"): "suggestion",
    (POST, "me/posts/new/"): "upload",
    (POST, "me/posts/<slug:number>/"): "upload",
    (POST, V1 + "me/posts"): "upload",
    (POST, V1 + "me/posts/<number>/pictures"): "upload",
    (POST, V1 + "staff/posts/<post_id>/pictures"): "upload",
    (POST, "addresses/new/"): "address",
    (POST, "addresses/<row:address_id>/"): "address",
    (POST, V1 + "addresses"): "address",
    (PUT, V1 + "addresses/<address_id>"): "address",
    (POST, "p/<row:product_id>/share/"): "share",
    (POST, "shop/<slug:code>/share/"): "share",
    (POST, "agent/share/new/"): "share",
    (POST, V1 + "shares"): "share",
    (POST, "agent/join/"): "join",
    (POST, V1 + "agent"): "join",
    (POST, "agent/income/withdraw/"): "withdraw",
    (POST, V1 + "agent/withdrawals"): "withdraw",
    (POST, "console/api/keys/"): "key",
    (POST, "console/api/webhooks/new/"): "key",
    (POST, V1 + "tokens"): "key",
    (POST, V1 + "webhooks"): "key",
    (POST, "agent/shop/look/"): "upload",
    (PUT, V1 + "agent/shop/picture"): "upload",
    (POST, "console/products/<row:product_id>/pictures/"): "upload",
    (POST, V1 + "staff/products/<product_id>/pictures"): "upload",
    (POST, "console/suppliers/<row:supplier_id>/feed/"): "upload",
    (POST, V1 + "staff/suppliers/<supplier_id>/feeds"): "upload",
    (POST, "console/parcels/batch/"): "upload",
    (POST, V1 + "staff/shipments/batch"): "upload",
    (GET, "console/parcels/template.csv"): "export",
    (GET, V1 + "staff/shipments/template"): "export",
    (GET, "console/suppliers/<row:supplier_id>/stock.csv"): "export",
    (GET, "console/audit/journal/"): "export",
    (GET, V1 + "staff/audit/journal"): "export",
    (GET, "console/audit/"): "export",
    (GET, V1 + "staff/audit"): "export",
}

buckets = Buckets()


class FloodMiddleware:
    """Answers 429 with ``Retry-After`` to what comes too often. Stands behind everything that an error page needs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer ``request`` unless its network address asks for too much, or has sent too many keys that are none."""
        if not settings.RENMAI_LIMITS or request.path.startswith(FREE):
            return self.get_response(request)
        network = network_of(address_of(request))
        if not network:
            return self.get_response(request)
        is_keyed = request.path.startswith(API) and "Authorization" in request.headers
        act = "picture" if request.path.startswith(PICTURES) else "page"
        wait = _take(act, network) or (_waits("key.wrong", network) if is_keyed else 0)
        if wait:
            return _refuse(request, wait)
        response = self.get_response(request)
        if is_keyed and response.status_code == 401:
            _take("key.wrong", network)
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Count a costly act for its caller."""
        match = request.resolver_match
        act = ACTS.get((request.method or "", match.route)) if match is not None else None
        if act is None or not settings.RENMAI_LIMITS:
            return None
        subject, times = _caller(request)
        wait = _take(act, subject, times=times) if subject else 0
        return _refuse(request, wait) if wait else None


def _caller(request: HttpRequest) -> tuple[str, int]:
    """Return for whom an act counts and how many people that may be: a key, a member, else the network address."""
    key = request.headers.get("Authorization", "")
    if key and request.path.startswith(API):
        return "key:" + hashlib.sha256(key.encode()).hexdigest()[:32], 1
    member = request.session.get(SESSION_KEY)
    if member is not None:
        return f"member:{member}", 1
    return network_of(address_of(request)), GUESTS_PER_ADDRESS


def _take(act: str, subject: str, *, times: int = 1) -> float:
    limit = LIMITS[act]
    return buckets.take(act, subject, most=limit.most * times * settings.RENMAI_LIMITS, seconds=limit.seconds)


def _waits(act: str, subject: str) -> float:
    limit = LIMITS[act]
    return buckets.waits(act, subject, most=limit.most * settings.RENMAI_LIMITS, seconds=limit.seconds)


def _refuse(request: HttpRequest, wait: float) -> HttpResponse:
    """Answer as page or as JSON, with the time to wait in the sentence and in ``Retry-After``."""
    error = DomainError("request.too_many", seconds=int(wait) + 1)
    return answers.refusal(error) if request.path.startswith(API) else errors.refusal(request, error)

"""The customers who are with her: how long, what they bought, and why they are hers."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from renmai.insight.portraits import queries as portraits
from renmai.matching.library import queries as library
from renmai.policy import queries as policy
from renmai.sharing import queries
from renmai.sharing.models import Binding
from renmai.sharing.queries.relations import PAGE_SIZE
from renmai.trust.queries import telling, ties_by_trust
from renmai.web.workbench import advised, posts
from renmai.web.workbench.evidence import told
from renmai.web.workbench.navigation import show
from renmai.web.workbench.numbers import page_number, page_of
from renmai.web.workbench.seats import Seat, agents_only


@require_safe
@agents_only
def customers(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the customers bound to her shop, the newest or the most trusting first, or those who left it."""
    has_left = "left" in request.GET
    by_trust = not has_left and request.GET.get("by") == "trust"
    status = Binding.Status.ENDED if has_left else Binding.Status.ACTIVE
    page = page_of(queries.customer_count(seat.shop, status=status), number=page_number(request), size=PAGE_SIZE)
    rows: list[queries.BoundCustomer] = []
    if by_trust:
        ranked = ties_by_trust(seat.shop.owner_id, queries.customer_ids(seat.shop))
        rows = queries.customers_among(seat.shop, ranked[(page.number - 1) * PAGE_SIZE : page.number * PAGE_SIZE])
    elif page.paginator.count:
        rows = queries.bound_customers(seat.shop, page=page.number, status=status)
    told_of = {} if has_left or not rows else telling.trust_of(seat.shop, [row.binding.customer_id for row in rows])
    context = {
        "rows": [(row, told_of.get(row.binding.customer_id)) for row in rows],
        "page": page,
        "has_left": has_left,
        "by_trust": by_trust,
        **_periods(),
    }
    return show(request, "workbench/customers.html", context)


@require_safe
@agents_only
def customer(request: HttpRequest, seat: Seat, customer_id: int) -> HttpResponse:
    """Show one customer: how long she stays, what she bought here, and the log of her binding with its evidence."""
    binding = queries.access_relation(seat.shop, customer_id)
    context = {
        "binding": binding,
        "relation": queries.relation_figures(binding),
        "log": [told(entry) for entry in queries.binding_log(customer_id=customer_id, shop_id=seat.shop.pk)],
        "trust": telling.trust_of(seat.shop, [customer_id])[customer_id],
        "lines": telling.lines_of(seat.shop, customer_id),
        "back_url": reverse("workbench:customers"),
        **_likes(seat, binding),
        **_to_tell(seat, binding),
        **_periods(),
    }
    return show(request, "workbench/customer.html", context)


def _to_tell(seat: Seat, binding: Binding) -> dict[str, object]:
    """Return what to tell her and what of the shop suits her: while she lets her agent know, and the gate of trust lets a share through.

    Why there is nothing is never told: who muted her agent looks like one who is tired.
    """
    if binding.status != Binding.Status.ACTIVE or not portraits.tells_agent(binding.customer):
        return {}
    told = posts.tellable(library.to_tell(seat.user, binding.customer_id), about_one=True)
    offered = advised.for_one(seat.user, binding.customer_id)
    prices = [post.dearest_fen for post in told] + [each.product.price_fen for each in offered]
    goes = advised.let_through(seat.user, binding.customer_id, prices_fen=prices)
    return {
        "is_asked": True,
        "posts": [post for post, may in zip(told, goes, strict=False) if may],
        "to_share": [each for each, may in zip(offered, goes[len(told) :], strict=True) if may],
    }


def _likes(seat: Seat, binding: Binding) -> dict[str, object]:
    """Return what she lets her agent see of what she looks at: nothing any more once she has left the shop."""
    if binding.status != Binding.Status.ACTIVE:
        return {"is_told": False, "likes": ()}
    shown = portraits.for_agent(seat.shop, binding.customer_id)
    return {"is_told": shown is not None, "likes": shown or ()}


def _periods() -> dict[str, int]:
    return {
        "valid_days": policy.integer("binding.valid_days"),
        "protection_days": policy.integer("binding.protection_days"),
        "window_days": policy.integer("attribution.window_days"),
    }

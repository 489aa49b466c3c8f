"""Whom an order goes to: decided once, when it is placed, with the evidence kept.

Rules in order. An earlier binding within its protection period holds against every other share. Else the last valid share visit
within the window decides. Else a binding that has not expired. Else nobody. Who buys in her own shop earns nothing.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from renmai.accounts.models import User
from renmai.kernel.compiled import Compiled, insert
from renmai.kernel.outbox import emit
from renmai.policy.queries import setting
from renmai.sharing.events import OrderAttributed
from renmai.sharing.models import Attribution, Binding, Visit


@dataclass(frozen=True)
class Evidence:
    """What the decision saw. Moments are ISO texts in UTC."""

    window_days: int
    visit_id: int | None = None
    visited_at: str | None = None
    visit_shop_id: int | None = None
    binding_id: int | None = None
    bound_shop_id: int | None = None
    protected_until: str | None = None
    binding_expires_at: str | None = None


@dataclass(frozen=True)
class Decision:
    """The shop an order goes to (None for nobody), by which rule, through which share and visit, and why."""

    rule: str
    shop_id: int | None
    shop_owner_id: int | None
    share_id: int | None
    visit_id: int | None
    evidence: Evidence


def decide(buyer: User, *, at: datetime) -> Decision:
    """Decide whom an order of ``buyer`` at ``at`` goes to. Reads only: two statements."""
    window_days = int(setting("attribution.window_days"))
    visit = _last_visit(buyer, since=at - timedelta(days=window_days), until=at)
    binding = _binding(buyer, at=at)
    evidence = Evidence(
        window_days=window_days,
        visit_id=visit.pk if visit else None,
        visited_at=visit.at.isoformat() if visit else None,
        visit_shop_id=visit.share.shop_id if visit else None,
        binding_id=binding.pk if binding else None,
        bound_shop_id=binding.shop_id if binding else None,
        protected_until=binding.protected_until.isoformat() if binding else None,
        binding_expires_at=binding.expires_at.isoformat() if binding and binding.expires_at else None,
    )
    if binding and binding.protected_until > at and (visit is None or visit.share.shop_id != binding.shop_id):
        rule = Attribution.Rule.PROTECTION if visit else Attribution.Rule.BINDING
        return _for_binding(buyer, binding, rule=rule, evidence=evidence)
    if visit:
        return _for_visit(buyer, visit, evidence=evidence)
    if binding:
        return _for_binding(buyer, binding, rule=Attribution.Rule.BINDING, evidence=evidence)
    return Decision(Attribution.Rule.NONE, None, None, None, None, evidence)


def record(order_id: int, decision: Decision) -> Attribution:
    """Write the decision, once per order, inside the transaction that places it."""
    attribution = Attribution(
        order_id=order_id,
        rule=decision.rule,
        shop_id=decision.shop_id,
        share_id=decision.share_id,
        visit_id=decision.visit_id,
        evidence=asdict(decision.evidence),
    )
    insert([attribution])
    emit(OrderAttributed(order_id=order_id, shop_id=decision.shop_id, rule=decision.rule))
    return attribution


def _last_visit(buyer: User, *, since: datetime, until: datetime) -> Visit | None:
    return _LAST_VISIT.first(buyer.pk, since, until)


def _visits(buyer: Any, since: Any, until: Any) -> QuerySet[Visit]:
    mine = Q(user_id=buyer) | Q(user__isnull=True, visitor__user_id=buyer)
    rows = Visit.objects.filter(mine, is_valid=True, share__shop__isnull=False, at__gte=since, at__lte=until)
    return rows.exclude(share__sharer_id=buyer).select_related("share__shop").order_by("-at", "-pk")[:1]


def _binding(buyer: User, *, at: datetime) -> Binding | None:
    return _BINDING.first(buyer.pk, at)


def _bindings(buyer: Any, at: Any) -> QuerySet[Binding]:
    holds = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
    return Binding.objects.filter(holds, customer_id=buyer, status=Binding.Status.ACTIVE).select_related("shop")[:1]


_LAST_VISIT: Compiled[Visit] = Compiled(_visits)
_BINDING: Compiled[Binding] = Compiled(_bindings)


def _for_visit(buyer: User, visit: Visit, *, evidence: Evidence) -> Decision:
    shop = visit.share.shop
    if shop is None or shop.owner_id == buyer.pk:
        return Decision(Attribution.Rule.SELF_PURCHASE, None, None, visit.share_id, visit.pk, evidence)
    return Decision(Attribution.Rule.LAST_VISIT, shop.pk, shop.owner_id, visit.share_id, visit.pk, evidence)


def _for_binding(buyer: User, binding: Binding, *, rule: str, evidence: Evidence) -> Decision:
    if binding.shop.owner_id == buyer.pk:
        return Decision(Attribution.Rule.SELF_PURCHASE, None, None, None, None, evidence)
    return Decision(rule, binding.shop_id, binding.shop.owner_id, None, None, evidence)

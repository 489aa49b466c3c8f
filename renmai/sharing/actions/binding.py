"""锁客: how long a customer stays with a shop, and the separate period in which nobody else's share moves her."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.kernel.sweeping import sweep
from renmai.policy.queries import setting
from renmai.sharing.events import CustomerBound
from renmai.sharing.models import Binding, BindingLog, Shop

Facts = dict[str, int | str | None]


def bind(*, customer_id: int, shop_id: int, reason: str, evidence: Facts) -> Binding | None:
    """Bind a customer to a shop, renew her binding there, or move her from another shop whose protection has ended.

    Returns the binding that holds afterwards; None when the shop is her own. Every change, and every refusal because of a protection,
    leaves a log entry with the evidence.
    """
    if Shop.objects.filter(pk=shop_id, owner_id=customer_id).exists():
        return None
    with transaction.atomic():
        present = Binding.objects.filter(customer_id=customer_id, status=Binding.Status.ACTIVE).first()
        if present is None:
            return _begin(customer_id, shop_id, change="bound", reason=reason, evidence=evidence)
        if present.shop_id == shop_id:
            return _renew(present, reason=reason, evidence=evidence)
        if present.protected_until > clock.now() and not _is_expired(present):
            _log(customer_id, shop_id, change="refused", reason="protected", evidence={**evidence, "binding_id": present.pk})
            return present
        if not _end(present, reason="moved"):
            raise DomainError("request.conflict")
        return _begin(customer_id, shop_id, change="moved", reason=reason, evidence={**evidence, "from_shop_id": present.shop_id})


def end_expired_bindings(limit: int) -> int:
    """End up to ``limit`` bindings whose validity is over; return how many."""
    due = Binding.objects.filter(status=Binding.Status.ACTIVE, expires_at__lte=clock.now())
    return sweep("bindings.expire", due, _end_expired, by="expires_at", limit=limit)


def _begin(customer_id: int, shop_id: int, *, change: str, reason: str, evidence: Facts) -> Binding:
    now = clock.now()
    valid_days = int(setting("binding.valid_days"))
    try:
        with transaction.atomic():
            binding = Binding.objects.create(
                customer_id=customer_id,
                shop_id=shop_id,
                bound_at=now,
                renewed_at=now,
                protected_until=now + timedelta(days=int(setting("binding.protection_days"))),
                expires_at=now + timedelta(days=valid_days) if valid_days else None,
            )
    except IntegrityError:
        raise DomainError("request.conflict") from None
    _log(customer_id, shop_id, change=change, reason=reason, evidence=evidence)
    emit(CustomerBound(customer_id=customer_id, shop_id=shop_id, change=change))
    return binding


def _renew(binding: Binding, *, reason: str, evidence: Facts) -> Binding:
    """Begin the binding's time anew. Raises ``request.conflict`` when it ended a moment ago: the next try begins another one."""
    now = clock.now()
    valid_days = int(setting("binding.valid_days"))
    binding.renewed_at = now
    binding.protected_until = now + timedelta(days=int(setting("binding.protection_days")))
    binding.expires_at = now + timedelta(days=valid_days) if valid_days else None
    held = Binding.objects.filter(pk=binding.pk, status=Binding.Status.ACTIVE)
    if not held.update(renewed_at=now, protected_until=binding.protected_until, expires_at=binding.expires_at):
        raise DomainError("request.conflict")
    _log(binding.customer_id, binding.shop_id, change="renewed", reason=reason, evidence=evidence)
    return binding


def _is_expired(binding: Binding) -> bool:
    return binding.expires_at is not None and binding.expires_at <= clock.now()


def _end(binding: Binding, *, reason: str) -> bool:
    return advance(
        Binding,
        binding.pk,
        old=Binding.Status.ACTIVE,
        new=Binding.Status.ENDED,
        ended_at=clock.now(),
        end_reason=reason,
    )


def _end_expired(binding: Binding) -> bool:
    """End a binding unless it was renewed since it was found: its validity is asked again in the statement that ends it."""
    now = clock.now()
    over = Binding.objects.filter(pk=binding.pk, status=Binding.Status.ACTIVE, expires_at__lte=now)
    with transaction.atomic():
        if not over.update(status=Binding.Status.ENDED, ended_at=now, end_reason="expired"):
            return False
        _log(binding.customer_id, binding.shop_id, change="ended", reason="expired", evidence={"binding_id": binding.pk})
    return True


def _log(customer_id: int, shop_id: int, *, change: str, reason: str, evidence: Facts) -> None:
    BindingLog.objects.create(customer_id=customer_id, shop_id=shop_id, change=change, reason=reason, evidence=evidence)

"""The commission of one product, within the cap."""

from django.db import transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.catalogue.models import Product
from renmai.distribution.models import ProductRate
from renmai.distribution.policies import require_rule, second_level_is_on
from renmai.kernel.errors import DomainError
from renmai.kernel.money import BASIS_POINTS
from renmai.policy import queries as policy


@transaction.atomic
def set_product_rate(actor: User, product_id: int, *, basis_points: int, second_basis_points: int = 0) -> ProductRate:
    """Set what a product pays, in basis points of the net line; orders already placed keep theirs. Logged.

    Raises ``policy.refused`` over the hard limit (with its source), ``distribution.rate_over_cap`` over the configured cap,
    ``distribution.second_level_off`` for a second rate while one level is configured.
    """
    require(actor, Permission.SETTINGS_CHANGE)
    if min(basis_points, second_basis_points) < 0 or max(basis_points, second_basis_points) > BASIS_POINTS:
        raise DomainError("distribution.rate", field="basis_points")
    total = basis_points + second_basis_points
    require_rule("commission.ratio", total, field="basis_points")
    cap = policy.integer("commission.total_cap_basis_points")
    if total > cap:
        raise DomainError("distribution.rate_over_cap", field="basis_points", cap=f"{cap / 100:g}")
    if second_basis_points and not second_level_is_on():
        raise DomainError("distribution.second_level_off", field="second_basis_points")
    if not Product.objects.filter(pk=product_id).exists():
        raise DomainError("request.not_found")
    rate, _is_new = ProductRate.objects.update_or_create(
        product_id=product_id,
        defaults={"basis_points": basis_points, "second_basis_points": second_basis_points},
    )
    _log(actor, product_id, detail={"basis_points": basis_points, "second_basis_points": second_basis_points})
    return rate


@transaction.atomic
def clear_product_rate(actor: User, product_id: int) -> None:
    """Let a product pay the default rate again. Logged when it had one of its own."""
    require(actor, Permission.SETTINGS_CHANGE)
    deleted, _by_model = ProductRate.objects.filter(product_id=product_id).delete()
    if deleted:
        _log(actor, product_id, detail={"basis_points": None})


def _log(actor: User, product_id: int, *, detail: dict[str, int | None]) -> None:
    log_act(actor, "product.rate", object_type="product", object_id=product_id, detail=dict(detail))

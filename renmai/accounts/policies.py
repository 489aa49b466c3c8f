"""Who of the staff may do what: one table, nothing else."""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from renmai.accounts.models import Role, User
from renmai.kernel.errors import DomainError


class Permission(StrEnum):
    """One thing that a member of the staff may be trusted with."""

    PRODUCTS_EDIT = "products.edit"
    STOCK_FEED = "stock.feed"
    ORDERS_VIEW = "orders.view"
    ORDERS_SHIP = "orders.ship"
    AFTER_SALES_DECIDE = "after_sales.decide"
    REFUNDS_VIEW = "refunds.view"
    WITHDRAWALS_REVIEW = "withdrawals.review"
    WITHDRAWALS_APPROVE = "withdrawals.approve"
    AGENTS_MANAGE = "agents.manage"
    ATTRIBUTION_VIEW = "attribution.view"
    FIGURES_VIEW = "figures.view"
    CUSTOMERS_VIEW = "customers.view"
    CUSTOMERS_CORRECT = "customers.correct"
    EXPERIMENTS_MANAGE = "experiments.manage"
    MATCHING_MANAGE = "matching.manage"
    CAMPAIGNS_VIEW = "campaigns.view"
    CAMPAIGNS_MANAGE = "campaigns.manage"
    CAMPAIGNS_APPROVE = "campaigns.approve"
    CONTENT_MANAGE = "content.manage"
    REWARDS_DECIDE = "rewards.decide"
    SETTINGS_CHANGE = "settings.change"
    POLICY_VIEW = "policy.view"
    AUDIT_VIEW = "audit.view"
    LOG_VIEW = "log.view"
    STAFF_MANAGE = "staff.manage"
    API_MANAGE = "api.manage"


OWNER, MERCHANDISER, FULFILMENT = Role.OWNER, Role.MERCHANDISER, Role.FULFILMENT
SERVICE, FINANCE, ANALYST, AUDITOR = Role.SERVICE, Role.FINANCE, Role.ANALYST, Role.AUDITOR

# Auditors look at everything and change nothing; analysts see figures, never people's parcels or payments.
PERMISSIONS: dict[Permission, frozenset[Role]] = {
    Permission.PRODUCTS_EDIT: frozenset({OWNER, MERCHANDISER}),
    Permission.STOCK_FEED: frozenset({OWNER, MERCHANDISER, FULFILMENT}),
    Permission.ORDERS_VIEW: frozenset({OWNER, MERCHANDISER, FULFILMENT, SERVICE, FINANCE, AUDITOR}),
    Permission.ORDERS_SHIP: frozenset({OWNER, FULFILMENT}),
    Permission.AFTER_SALES_DECIDE: frozenset({OWNER, SERVICE}),
    Permission.REFUNDS_VIEW: frozenset({OWNER, SERVICE, FINANCE, AUDITOR}),
    Permission.WITHDRAWALS_REVIEW: frozenset({OWNER, FINANCE}),
    Permission.WITHDRAWALS_APPROVE: frozenset({OWNER, FINANCE}),
    Permission.AGENTS_MANAGE: frozenset({OWNER, SERVICE}),
    Permission.ATTRIBUTION_VIEW: frozenset({OWNER, SERVICE, FINANCE, ANALYST, AUDITOR}),
    Permission.FIGURES_VIEW: frozenset({OWNER, MERCHANDISER, FINANCE, ANALYST, AUDITOR}),
    Permission.CUSTOMERS_VIEW: frozenset({OWNER, MERCHANDISER, SERVICE, AUDITOR}),
    Permission.CUSTOMERS_CORRECT: frozenset({OWNER, SERVICE}),
    Permission.EXPERIMENTS_MANAGE: frozenset({OWNER, MERCHANDISER}),
    Permission.MATCHING_MANAGE: frozenset({OWNER, MERCHANDISER}),
    Permission.CAMPAIGNS_VIEW: frozenset({OWNER, MERCHANDISER, SERVICE, FINANCE, ANALYST, AUDITOR}),
    Permission.CAMPAIGNS_MANAGE: frozenset({OWNER, MERCHANDISER}),
    Permission.CAMPAIGNS_APPROVE: frozenset({OWNER}),
    Permission.CONTENT_MANAGE: frozenset({OWNER, MERCHANDISER}),
    Permission.REWARDS_DECIDE: frozenset({OWNER, SERVICE, FINANCE}),
    Permission.SETTINGS_CHANGE: frozenset({OWNER}),
    Permission.POLICY_VIEW: frozenset(Role),
    Permission.AUDIT_VIEW: frozenset({OWNER, FINANCE, AUDITOR}),
    Permission.LOG_VIEW: frozenset({OWNER, AUDITOR}),
    Permission.STAFF_MANAGE: frozenset({OWNER}),
    Permission.API_MANAGE: frozenset({OWNER}),
}

CONFIRMED: frozenset[Permission] = frozenset(
    {
        Permission.STAFF_MANAGE,
        Permission.WITHDRAWALS_APPROVE,
        Permission.API_MANAGE,
        Permission.SETTINGS_CHANGE,
        Permission.CUSTOMERS_CORRECT,
    }
)
"""What does lasting harm in wrong hands: whoever acts by one of these in a browser has given a second factor not long ago."""

ALERT_PERMISSIONS: dict[str, Permission] = {
    "stock": Permission.STOCK_FEED,
    "shipment": Permission.ORDERS_SHIP,
    "after_sale": Permission.AFTER_SALES_DECIDE,
    "payments": Permission.WITHDRAWALS_REVIEW,
    "campaign": Permission.CAMPAIGNS_MANAGE,
    "experiment": Permission.EXPERIMENTS_MANAGE,
}
"""Who deals with an alert, by what stands before the dot of its code; the machinery's own belong to the owner."""


def alert_permission(code: str) -> Permission:
    """Return what somebody needs to resolve an alert of this code."""
    return ALERT_PERMISSIONS.get(code.partition(".")[0], Permission.SETTINGS_CHANGE)


def permissions_of_roles(roles: frozenset[Role]) -> frozenset[Permission]:
    """Return what somebody with ``roles`` may do."""
    return frozenset(permission for permission, allowed in PERMISSIONS.items() if allowed & roles)


def roles_of(user: User) -> frozenset[Role]:
    """Return the roles that count now: none for people who are not staff, were closed or deleted. One statement."""
    if not (user.is_staff and user.is_active and user.deleted_at is None):
        return frozenset()
    return frozenset(Role(row.role) for row in user.staff_roles.all())


def allows(user: User, permission: Permission) -> bool:
    """Whether ``user`` may do what ``permission`` names."""
    return bool(PERMISSIONS[permission] & roles_of(user))


def require(user: User | AnonymousUser | None, permission: Permission) -> None:
    """Raise ``request.sign_in`` for nobody and ``request.forbidden`` for somebody without ``permission``."""
    if not isinstance(user, User):
        raise DomainError("request.sign_in")
    if not allows(user, permission):
        raise DomainError("request.forbidden")

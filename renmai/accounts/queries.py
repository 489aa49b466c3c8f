"""Reads of the room."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from renmai.accounts import policies
from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import (
    ActLog,
    Address,
    Consent,
    RecoveryCode,
    Region,
    Role,
    SignIn,
    TotpDevice,
    User,
    Visitor,
)
from renmai.accounts.policies import Permission
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert

ADDRESS_LIMIT = 20
STAFF_LIMIT = 200
VISITOR_LIMIT = 50
SIGN_IN_LIMIT = 50
ACTS_PER_PAGE = 50
ALERTS_PER_PAGE = 30
CITY_LEVEL = 2
DISTRICT_LEVEL = 3


def user(user_id: int) -> User:
    """Return a person; raises ``request.not_found``. For rooms that hold an id; people reach only themselves."""
    found = User.objects.filter(pk=user_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def access_address(actor: User, address_id: int) -> Address:
    """Return an address of one's own with its region and that one's parents; ``request.not_found`` for anybody else's or a removed one."""
    found = _MINE.first(address_id, actor.pk)
    if found is None:
        raise DomainError("request.not_found")
    return found


_MINE: Compiled[Address] = Compiled(
    lambda address_id, user_id: Address.objects.filter(pk=address_id, user_id=user_id, deleted_at__isnull=True).select_related(
        "region__parent__parent"
    )
)


def addresses(user: User) -> list[Address]:
    """Return a person's addresses, the default first, then the newest; regions and their parents come along."""
    return _ADDRESSES.rows(user.pk)


def _addresses(user_id: Any) -> QuerySet[Address]:
    rows = Address.objects.filter(user_id=user_id, deleted_at__isnull=True).select_related("region__parent__parent")
    return rows.order_by("-is_default", "-pk")[:ADDRESS_LIMIT]


_ADDRESSES: Compiled[Address] = Compiled(_addresses)


def default_address(user: User) -> Address | None:
    """Return the address to begin with, if the person has any."""
    return next(iter(addresses(user)), None)


def regions(parent_code: str | None) -> list[Region]:
    """Return the regions below ``parent_code`` (None: the provinces), by code. At most a few dozen."""
    return list(Region.objects.filter(parent_id=parent_code).order_by("code"))


def cities() -> list[Region]:
    """Return every city with its province, by code: a few hundred."""
    return list(Region.objects.filter(level=CITY_LEVEL).select_related("parent").order_by("code")[:1000])


def region(code: str) -> Region:
    """Return a district, with its parents; raises ``accounts.region`` for anything that is none."""
    found = Region.objects.filter(pk=code, level=DISTRICT_LEVEL).select_related("parent__parent").first()
    if found is None:
        raise DomainError("accounts.region", field="region_code")
    return found


def region_path(code: str) -> str:
    """Return the names from the province down: ``广东省 深圳市 南山区``. One statement; raises ``request.not_found``."""
    found = Region.objects.filter(pk=code).select_related("parent__parent").first()
    if found is None:
        raise DomainError("request.not_found")
    return path_of(found)


def path_of(region: Region) -> str:
    """Return the names from the province down to ``region``; free when its parents were loaded with it."""
    names: list[str] = []
    step: Region | None = region
    while step is not None:
        # A city without districts is its own district; it is written once.
        if not step.is_formal and step.name not in names:
            names.append(step.name)
        step = step.parent
    return " ".join(reversed(names))


def province_of(code: str) -> str:
    """Return the code of the province in which a region lies: the first two digits say it."""
    return f"{code[:2]}0000"


def has_permission(user: User, permission: Permission) -> bool:
    """Whether ``user`` may do what ``permission`` names."""
    return policies.allows(user, permission)


def permissions_of(user: User) -> frozenset[Permission]:
    """Return all that ``user`` may do: for menus."""
    return policies.permissions_of_roles(policies.roles_of(user))


def roles_of(user: User) -> frozenset[Role]:
    """Return the roles of ``user`` that count now."""
    return policies.roles_of(user)


def staff() -> list[User]:
    """Return the staff, the open accounts first, with their roles."""
    rows = User.objects.filter(is_staff=True, deleted_at__isnull=True).prefetch_related("staff_roles")
    return list(rows.order_by("-is_active", "username")[:STAFF_LIMIT])


def second_factors(user_ids: Collection[int]) -> frozenset[int]:
    """Return those of these people who have set up an authenticator app; one statement."""
    rows = TotpDevice.objects.filter(user_id__in=user_ids, confirmed_at__isnull=False)
    return frozenset(rows.values_list("user_id", flat=True))


def access_staff(actor: User, user_id: int) -> User:
    """Return a member of the staff, closed accounts included. Needs ``staff.manage``; raises ``request.not_found``."""
    policies.require(actor, Permission.STAFF_MANAGE)
    rows = User.objects.filter(pk=user_id, is_staff=True, deleted_at__isnull=True).prefetch_related("staff_roles")
    found = rows.first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def alerts(actor: User, *, is_open: bool, page: int = 1) -> Page[Alert]:
    """Return one page of alerts, the newest first: all of them for the audit's readers, for others those they deal with."""
    held = permissions_of(actor)
    rows = Alert.objects.filter(resolved_at__isnull=is_open).order_by("-created_at", "-pk")
    if Permission.AUDIT_VIEW not in held:
        mine = [prefix for prefix, permission in policies.ALERT_PERMISSIONS.items() if permission in held]
        if not mine:
            raise DomainError("request.forbidden")
        rows = rows.filter(reduce(or_, (Q(code__startswith=f"{prefix}.") for prefix in mine)))
    return Paginator(rows, ALERTS_PER_PAGE).get_page(page)


def has_second_factor(user: User) -> bool:
    """Whether the person has set up an authenticator app."""
    return TotpDevice.objects.filter(user=user, confirmed_at__isnull=False).exists()


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes somebody of the staff has not used yet."""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def sign_ins(user: User, *, since: datetime) -> list[SignIn]:
    """Return the sessions of a person that began after ``since`` and were not ended, newest first: at most 50."""
    rows = SignIn.objects.filter(user=user, ended_at__isnull=True, epoch=user.session_epoch, began_at__gt=since)
    return list(rows.order_by("-began_at", "-pk")[:SIGN_IN_LIMIT])


def has_consent(user: User, purpose: Purpose) -> bool:
    """Whether the person agreed to the text that is in force now."""
    return Consent.objects.filter(
        user=user, purpose=purpose, version=PURPOSES[purpose].version, withdrawn_at__isnull=True
    ).exists()


def agreed_among(user_ids: Sequence[int], *purposes: Purpose) -> frozenset[int]:
    """Return which of these people (a few hundred at most) agreed to the text in force now, to that of each purpose. One statement."""
    in_force = reduce(or_, (Q(purpose=purpose, version=PURPOSES[purpose].version) for purpose in purposes))
    rows = Consent.objects.filter(in_force, user_id__in=user_ids, withdrawn_at__isnull=True).values_list("user_id", "purpose")
    given: dict[str, set[int]] = {purpose: set() for purpose in purposes}
    for user_id, purpose in rows:
        given[purpose].add(user_id)
    return frozenset(set.intersection(*given.values()))


def owners_of_visitors(visitor_ids: Sequence[UUID]) -> dict[UUID, int | None]:
    """Return whose browsers these are (a few hundred at most), None for a guest's; unknown ones are missing. One statement."""
    return dict(Visitor.objects.filter(pk__in=visitor_ids).values_list("pk", "user_id"))


def consents(user: User) -> list[Consent]:
    """Return all that a person ever agreed to and withdrew, newest first."""
    return list(Consent.objects.filter(user=user).order_by("-pk")[: 10 * len(PURPOSES)])


def visitor_ids(user: User) -> list[UUID]:
    """Return the browsers of a person, newest first."""
    rows = Visitor.objects.filter(user=user).order_by("-joined_at", "-created_at")
    return list(rows.values_list("pk", flat=True)[:VISITOR_LIMIT])


def acts(
    *, page: int = 1, actor_id: int | None = None, act: str = "", object_type: str = "", object_id: str = ""
) -> Page[ActLog]:
    """Return one page of the log of acts, newest first; a page beyond the end is the last one."""
    rows = ActLog.objects.select_related("actor").order_by("-pk")
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if act:
        rows = rows.filter(act=act)
    if object_type:
        rows = rows.filter(object_type=object_type)
    if object_id:
        rows = rows.filter(object_id=object_id)
    return Paginator(rows, ACTS_PER_PAGE).get_page(page)


def last_actor(acts: Sequence[str], *, object_type: str, object_id: str) -> int | None:
    """Return who did one of these acts to an object last, None when nobody did. One statement."""
    rows = ActLog.objects.filter(object_type=object_type, object_id=object_id, act__in=acts).order_by("-pk")
    return rows.values_list("actor_id", flat=True).first()

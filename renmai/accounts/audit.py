"""What can be wrong with the rows of people."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from renmai.accounts.models import Address, Region, Role, StaffRole, User, Visitor
from renmai.kernel.audits import Violation

BATCH = 500
NOBODY_SIGNS_IN = "!"
"""The password of people who came with an imported past (``ordering.actions.past``): they own orders, and have no way in on purpose."""


def violations() -> Iterator[Violation]:
    """Yield people without a way to sign in, staff without a role, shops without an owner, addresses in no district."""
    yield from _unreachable_people()
    yield from _staff()
    yield from _addresses()
    yield from _regions()
    for pk in Visitor.objects.filter(user__isnull=False, joined_at__isnull=True).values_list("pk", flat=True):
        yield Violation("accounts.visitor", f"visitor {pk}", "belongs to somebody, but since when is not known")


def _unreachable_people() -> Iterator[Violation]:
    nameless = User.objects.filter(username=None, phone=None, wechat_openid=None, deleted_at__isnull=True)
    lost = nameless.exclude(password=NOBODY_SIGNS_IN)
    for pk in lost.values_list("pk", flat=True).iterator(BATCH):
        yield Violation("accounts.sign_in", f"user {pk}", "has neither user name, phone nor WeChat identity")


def _staff() -> Iterator[Violation]:
    without_role = User.objects.filter(is_staff=True, staff_roles__isnull=True, deleted_at__isnull=True)
    for pk in without_role.values_list("pk", flat=True).iterator(BATCH):
        yield Violation("accounts.roles", f"user {pk}", "is staff without a role")
    for row in StaffRole.objects.exclude(role__in=Role.values).iterator(BATCH):
        yield Violation("accounts.roles", f"user {row.user_id}", f"has the unknown role {row.role}")
    for row in StaffRole.objects.filter(user__is_staff=False).iterator(BATCH):
        yield Violation("accounts.roles", f"user {row.user_id}", f"has the role {row.role} and is not staff")


def _addresses() -> Iterator[Violation]:
    for row in Address.objects.exclude(region__level=3).iterator(BATCH):
        yield Violation("accounts.region", f"address {row.pk}", f"lies in {row.region_id}, which is no district")
    open_ones = Count("addresses", filter=Q(addresses__deleted_at__isnull=True))
    defaults = Count("addresses", filter=Q(addresses__deleted_at__isnull=True, addresses__is_default=True))
    people = User.objects.annotate(open_ones=open_ones, defaults=defaults).filter(open_ones__gt=0, defaults=0)
    for pk in people.values_list("pk", flat=True).iterator(BATCH):
        yield Violation("accounts.default_address", f"user {pk}", "has addresses, none of them the default")


def _regions() -> Iterator[Violation]:
    orphans = Region.objects.filter(level__gt=1).exclude(parent__level=F("level") - 1)
    for pk in orphans.values_list("pk", flat=True).iterator(BATCH):
        yield Violation("accounts.region_tree", f"region {pk}", "does not hang below a region of the level above")

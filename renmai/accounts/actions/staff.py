"""The staff: who they are and what they are trusted with."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from renmai.accounts import inputs, throttling
from renmai.accounts.actions.log import log_act
from renmai.accounts.actions.sessions import end_sessions
from renmai.accounts.inputs import StaffInput
from renmai.accounts.models import Role, StaffRole, User
from renmai.accounts.policies import Permission, require
from renmai.kernel.errors import DomainError

# Here and not in the settings: every way to set a password comes through this module.
_VALIDATION = "django.contrib.auth.password_validation"
PASSWORD_RULES = (
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
)


def create_staff(actor: User | None, staff: StaffInput) -> User:
    """Add a member of the staff. ``actor`` needs ``staff.manage``; nobody (None) stands for the command line.

    Raises ``accounts.username``, ``.username_taken``, ``.password``, ``.name``, ``.roles`` beside their fields.
    """
    if actor is not None:
        require(actor, Permission.STAFF_MANAGE)
    username = inputs.clean_username(staff.username)
    person = User(username=username, display_name=inputs.clean_name(staff.display_name), is_staff=True)
    check_password_strength(staff.password, person)
    if not staff.roles:
        raise DomainError("accounts.roles", field="roles")
    person.set_password(staff.password)
    try:
        with transaction.atomic():
            person.save()
            _write_roles(person, staff.roles)
            if actor is not None:
                roles = sorted(role.value for role in staff.roles)
                log_act(actor, "staff.create", object_type="user", object_id=person.pk, detail={"roles": roles})
    except IntegrityError:
        raise DomainError("accounts.username_taken", field="username") from None
    return person


def set_roles(actor: User, user_id: int, *, roles: frozenset[Role]) -> None:
    """Give a member of the staff exactly ``roles``. Raises ``accounts.roles``, ``accounts.last_owner``, ``request.not_found``."""
    require(actor, Permission.STAFF_MANAGE)
    if not roles:
        raise DomainError("accounts.roles", field="roles")
    with transaction.atomic():
        _hold_owners()
        person = access_staff(user_id)
        before = sorted(person.staff_roles.values_list("role", flat=True))
        _write_roles(person, roles)
        _require_an_owner()
        detail = {"before": before, "after": sorted(role.value for role in roles)}
        log_act(actor, "staff.roles", object_type="user", object_id=person.pk, detail=detail)


def set_staff_active(actor: User, user_id: int, *, is_active: bool) -> None:
    """Close or reopen an account of the staff; open sessions end at once. Nobody closes their own."""
    require(actor, Permission.STAFF_MANAGE)
    if actor.pk == user_id:
        raise DomainError("accounts.own_account")
    with transaction.atomic():
        _hold_owners()
        person = access_staff(user_id)
        User.objects.filter(pk=person.pk).update(is_active=is_active)
        end_sessions(person)
        _require_an_owner()
        act = "staff.reopen" if is_active else "staff.close"
        log_act(actor, act, object_type="user", object_id=person.pk)


def change_password(user: User, old: str, *, new: str) -> None:
    """Replace one's own password; other sessions end. Raises ``accounts.password_old``, ``accounts.password``."""
    throttling.count("staff.password_change", str(user.pk))
    if not user.check_password(old):
        raise DomainError("accounts.password_old", field="old")
    check_password_strength(new, user)
    throttling.clear("staff.password_change", str(user.pk))
    user.password = make_password(new)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(password=user.password)
        end_sessions(user)
        if user.is_staff:
            log_act(user, "staff.password", object_type="user", object_id=user.pk)


def check_password_strength(password: str, user: User) -> None:
    """Raise ``accounts.password``, saying what is missing, for a password that Django's validators do not accept."""
    try:
        validate_password(password, user, get_password_validators(PASSWORD_RULES))
    except ValidationError as error:
        raise DomainError("accounts.password", field="password", says=" ".join(error.messages)) from None


def access_staff(user_id: int) -> User:
    """Return a member of the staff; raises ``request.not_found``."""
    person = User.objects.filter(pk=user_id, is_staff=True, deleted_at__isnull=True).first()
    if person is None:
        raise DomainError("request.not_found")
    return person


def _write_roles(person: User, roles: frozenset[Role]) -> None:
    StaffRole.objects.filter(user=person).exclude(role__in=roles).delete()
    StaffRole.objects.bulk_create([StaffRole(user=person, role=role) for role in sorted(roles)], ignore_conflicts=True)


def _hold_owners() -> None:
    """Let changes of who may own the shop wait for one another: two owners who dismiss each other at once would both see one left."""
    list(StaffRole.objects.select_for_update().filter(role=Role.OWNER).order_by("pk").values_list("pk"))


def _require_an_owner() -> None:
    if not StaffRole.objects.filter(role=Role.OWNER, user__is_active=True, user__deleted_at__isnull=True).exists():
        raise DomainError("accounts.last_owner")

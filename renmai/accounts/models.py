"""Tables of people: users, codes, roles, addresses, consent, the log of acts."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renmai.kernel import clock, ids

DELETED: Final = "\u2020"
"""What stands in the database for the name of somebody whose account was deleted. Nobody can choose it: a name has letters."""

if TYPE_CHECKING:

    class _Text(models.CharField[str, str]):
        """Text, as the type checker sees it."""

else:
    _Text = models.CharField


class NameField(_Text):
    """The name that others see, read as “Deleted customer” in the language of whoever reads, once the account is gone."""

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        """Return the name as it is shown."""
        return gettext("Deleted customer") if value == DELETED else value

    def deconstruct(self) -> Any:
        """Return what migrations know of it: it is text."""
        name, _module, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class UserManager(BaseUserManager["User"]):
    """Django's manager for users; rooms create users through ``accounts.actions``."""


class User(AbstractBaseUser):
    """One person: a member, perhaps an agent, perhaps staff. Members sign in by phone, staff by username, password and TOTP."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    username = models.CharField(max_length=40, unique=True, null=True)
    phone = models.CharField(max_length=20, unique=True, null=True)
    wechat_openid = models.CharField(max_length=64, unique=True, null=True)
    display_name = NameField(max_length=40)
    avatar_seed = models.CharField(max_length=20, default=ids.token)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    deleted_at = models.DateTimeField(null=True)
    session_epoch = models.PositiveIntegerField(default=0)

    objects = UserManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="user_created"),
            models.Index(fields=["deleted_at"], condition=models.Q(deleted_at__isnull=False), name="user_deleted"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, as others may see it."""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if self.phone else ""

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what every session of this person must carry: another password or another epoch ends them all."""
        text = f"{self.session_epoch}:{self.password}"
        return salted_hmac("renmai.accounts.session", text, secret=secret, algorithm="sha256").hexdigest()


class Visitor(models.Model):
    """A browser before and after sign-in, by the id in its cookie. Keeps cart and attribution when a guest signs in."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="visitors")
    created_at = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(null=True)


class SignIn(models.Model):
    """A session that somebody began in a browser, as the list of one's own sessions shows it; alive while of the user's epoch.

    ``device`` is the id in the browser's own cookie, by which it is known again; ``label`` names it coarsely.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_ins")
    device = models.CharField(max_length=64)
    label = models.CharField(max_length=60, default="", blank=True)
    ip_address = models.GenericIPAddressField(null=True)
    epoch = models.PositiveIntegerField()
    began_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-began_at"], name="signin_user"),
            models.Index(fields=["began_at"], name="signin_began"),
        ]


class PhoneCode(models.Model):
    """A sign-in code sent to a phone: hashed, short-lived, a few tries only, good where it was asked for.

    ``device`` is the browser that asked, when it said who it is: another one can neither use up its tries nor replace it.
    """

    phone = models.CharField(max_length=20)
    device = models.CharField(max_length=64, default="", blank=True)
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["phone", "-created_at"], name="phonecode_phone")]


class Role(models.TextChoices):
    """What a member of the staff is trusted with; ``policies.PERMISSIONS`` says what each may do."""

    OWNER = "owner", _("Owner")
    MERCHANDISER = "merchandiser", _("Merchandiser")
    FULFILMENT = "fulfilment", _("Fulfilment")
    SERVICE = "service", _("Customer service")
    FINANCE = "finance", _("Finance")
    ANALYST = "analyst", _("Analyst")
    AUDITOR = "auditor", _("Auditor")


class StaffRole(models.Model):
    """One role of one member of the staff."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="staff_roles")
    role = models.CharField(max_length=16, choices=Role)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "role"], name="staff_role_once")]


class TotpDevice(models.Model):
    """The second factor of a member of the staff: its secret sealed, ``last_step`` makes each code work once."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="totp")
    secret = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A one-time code that replaces a lost second factor."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)


class Throttle(models.Model):
    """Attempts of one kind by one subject within a window, for limits and lock-outs."""

    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    window_started_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["act", "subject"], name="throttle_once")]


class Region(models.Model):
    """A region of China by its administrative code: province, city or district."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    level = models.PositiveSmallIntegerField()

    FORMAL_NAMES: ClassVar[frozenset[str]] = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

    def __str__(self) -> str:
        return self.name

    @property
    def is_formal(self) -> bool:
        """Whether the name is a shelf of the statistics office and no place: nobody writes it on a parcel."""
        return self.name in self.FORMAL_NAMES


class Address(models.Model):
    """Where a person wants parcels."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="addresses")
    recipient = models.CharField(max_length=40)
    phone = models.CharField(max_length=20)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    street = models.CharField(max_length=200)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(is_default=True, deleted_at__isnull=True),
                name="address_one_default",
            ),
        ]


class Consent(models.Model):
    """One purpose a person agreed to, with the text version; withdrawn by a date, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    granted_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "purpose"], condition=models.Q(withdrawn_at__isnull=True), name="consent_open_once"
            ),
        ]


class ActLog(models.Model):
    """One act of the staff: who did what to which object, when, from where. Append-only."""

    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)
    ip_address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id"], name="actlog_object")]

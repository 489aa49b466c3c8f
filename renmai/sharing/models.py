"""Tables of sharing: shops, links, visits, mutes and pauses, binding, attribution."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product
from renmai.kernel import clock, ids
from renmai.ordering.models import Order


class Shop(models.Model):
    """An agent's micro-shop: her face, her words, her choice of goods."""

    class Status(models.TextChoices):
        """Whether customers can enter."""

        OPEN = "open", _("Open")
        CLOSED = "closed", pgettext_lazy("shop", "Closed")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.OPEN: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset({Status.OPEN}),
    }

    owner = models.OneToOneField(User, on_delete=models.PROTECT, related_name="shop")
    code = models.CharField(max_length=12, unique=True, default=ids.token)
    name = models.CharField(max_length=30)
    voice = models.CharField(max_length=120, default="", blank=True)
    picture_path = models.CharField(max_length=200, default="", blank=True)
    picture_seed = models.CharField(max_length=20, default=ids.token)
    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class ShopItem(models.Model):
    """A product an agent chose to stand behind, with her own words."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    voice = models.CharField(max_length=200, default="", blank=True)
    position = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "product"], name="shop_item_once")]


class Share(models.Model):
    """A link that one person gives to others: everybody is an entry. ``parent`` is the share through which the sharer came."""

    class Kind(models.TextChoices):
        """What is shared."""

        PRODUCT = "product", _("Product")
        SHOP = "shop", _("Shop")
        PAGE = "page", pgettext_lazy("share", "Campaign")

    code = models.CharField(max_length=12, unique=True, default=ids.token)
    sharer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shares")
    shop = models.ForeignKey(Shop, null=True, db_index=False, on_delete=models.PROTECT, related_name="shares")
    kind = models.CharField(max_length=7, choices=Kind)
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    page = models.CharField(max_length=80, default="", blank=True)
    """The path of our own page that a link of kind ``page`` opens, of a campaign or a scene; never taken from a request."""

    campaign_id = models.BigIntegerField(null=True, db_index=True)
    target = models.CharField(max_length=160)
    """``kind:shop:product:parent`` with 0 for none, and the page: the same person sharing the same thing again gets the same link."""

    root_share = models.BigIntegerField(default=0, db_index=True)
    """The id of the first share of the chain, 0 when this is it."""

    depth = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="share_target",
                condition=Q(kind="product", product__isnull=False)
                | Q(kind="shop", product__isnull=True, shop__isnull=False)
                | Q(kind="page", page__startswith="/"),
            ),
            models.UniqueConstraint(fields=["sharer", "target"], name="share_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["shop", "-created_at"], name="share_shop")]


class Visit(models.Model):
    """One opening of one share by one visitor. ``is_valid`` is false for the sharer herself and for machines."""

    share = models.ForeignKey(Share, db_index=False, on_delete=models.PROTECT, related_name="visits")
    visitor = models.ForeignKey(Visitor, db_index=False, on_delete=models.PROTECT, related_name="visits")
    user = models.ForeignKey(User, null=True, db_index=False, on_delete=models.PROTECT)
    is_valid = models.BooleanField(default=True)
    invalid_reason = models.CharField(max_length=20, default="", blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["visitor", "-at"], name="visit_visitor"),
            models.Index(fields=["user", "-at"], condition=Q(user__isnull=False), name="visit_user"),
            models.Index(fields=["share", "-at"], name="visit_share"),
        ]


class Mute(models.Model):
    """``receiver`` wants to hear nothing of ``sharer``. Kept here, beside the lists it empties, so that none can forget it."""

    receiver = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="mutes")
    sharer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="muted_by")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["receiver", "sharer"], name="mute_once"),
            models.CheckConstraint(name="mute_other", condition=~Q(receiver=F("sharer"))),
        ]


class Pause(models.Model):
    """Until ``until`` this person makes no new links, because of ``evidence``; existing ones stay. Somebody of the staff may lift it."""

    sharer = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="sharing_pauses")
    reason = models.CharField(max_length=20)
    evidence = models.CharField(max_length=60, unique=True)
    """What it was for, named once: the same thing pauses once."""

    begins_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lift_reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="pause_lasts", condition=Q(until__gt=F("begins_at")))]
        indexes: ClassVar = [models.Index(fields=["sharer", "-until"], name="pause_sharer")]


class Binding(models.Model):
    """A customer stays with an agent until ``expires_at``; until ``protected_until`` no other agent's share moves her."""

    class Status(models.TextChoices):
        """Whether it holds."""

        ACTIVE = "active", _("Bound")
        ENDED = "ended", _("Ended")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.ACTIVE: frozenset({Status.ENDED}),
        Status.ENDED: frozenset(),
    }

    customer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="bindings")
    shop = models.ForeignKey(Shop, db_index=False, on_delete=models.PROTECT, related_name="bindings")
    status = models.CharField(max_length=6, choices=Status, default=Status.ACTIVE)
    bound_at = models.DateTimeField(default=clock.now)
    renewed_at = models.DateTimeField(default=clock.now)
    protected_until = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=30, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer"], condition=Q(status="active"), name="binding_one_active"),
        ]
        indexes: ClassVar = [models.Index(fields=["shop", "status", "-bound_at"], name="binding_shop")]


class BindingLog(models.Model):
    """Why a binding came, stayed, moved or went, with the evidence. Append-only, kept for disputes."""

    customer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="binding_logs")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT)
    change = models.CharField(max_length=20)
    reason = models.CharField(max_length=40)
    evidence = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)


class Attribution(models.Model):
    """Why an order went to this shop, or to none: one decision per order, with its evidence. Append-only."""

    class Rule(models.TextChoices):
        """The rule that decided."""

        LAST_VISIT = "last_visit", _("Last share visit in the window")
        BINDING = "binding", _("Bound to this shop")
        PROTECTION = "protection", _("Protected by an earlier binding")
        SELF_PURCHASE = "self_purchase", _("Own purchase earns nothing")
        NONE = "none", _("Came without a share")

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="attribution")
    rule = models.CharField(max_length=14, choices=Rule)
    shop = models.ForeignKey(Shop, null=True, db_index=False, on_delete=models.PROTECT)
    share = models.ForeignKey(Share, null=True, on_delete=models.PROTECT)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT)
    evidence = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["shop", "-at"], name="attribution_shop")]

"""Carts, and orders with their lines, the explanation of their price, and their timeline."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Sku, StockPool, Supplier, in_language
from renmai.kernel import clock


class CartLine(models.Model):
    """One SKU in the cart of one visitor, under the micro-shop it was chosen in (``shop_id``, 0 for the platform's own shelf).

    A signed-in person's cart is the lines of all her visitors' user; a guest's, of her visitor.
    """

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="cart_lines")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="cart_lines")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT)
    shop_id = models.BigIntegerField(default=0)
    quantity = models.PositiveIntegerField()
    seen_price_fen = models.BigIntegerField()
    """The unit price when she last chose the quantity: the cart says when it has changed since."""

    is_selected = models.BooleanField(default=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="cart_quantity", condition=Q(quantity__gte=1, quantity__lte=9999)),
            models.UniqueConstraint(fields=["user", "sku", "shop_id"], condition=Q(user__isnull=False), name="cart_user_line"),
            models.UniqueConstraint(fields=["visitor", "sku", "shop_id"], condition=Q(user__isnull=True), name="cart_guest_line"),
        ]


class Order(models.Model):
    """A purchase: what was agreed, frozen, and where it stands."""

    class Status(models.TextChoices):
        """The life of an order."""

        PLACED = "placed", _("Waiting for payment")
        PAID = "paid", _("Waiting for shipment")
        SHIPPED = "shipped", _("On its way")
        RECEIVED = "received", _("Received")
        SETTLED = "settled", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")
        REFUNDED = "refunded", _("Refunded")

    class Style(models.TextChoices):
        """How it is sold."""

        PERSONAL = "personal", _("Personal")
        WHOLESALE = "wholesale", _("Wholesale")

    class Delivery(models.TextChoices):
        """How the goods reach the customer."""

        PARCEL = "parcel", _("Delivery")
        PICKUP = "pickup", _("Pickup")

    class Funnel(models.TextChoices):
        """The way by which need, trust and touch met."""

        SEARCH = "search", _("Search")
        CONTENT = "content", _("Content")
        SOCIAL = "social", _("Social")
        IMPORTED = "imported", _("Imported")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.PLACED: frozenset({Status.PAID, Status.CANCELLED}),
        Status.PAID: frozenset({Status.SHIPPED, Status.REFUNDED}),
        Status.SHIPPED: frozenset({Status.RECEIVED, Status.REFUNDED}),
        Status.RECEIVED: frozenset({Status.SETTLED, Status.REFUNDED}),
        Status.SETTLED: frozenset({Status.REFUNDED}),
        Status.CANCELLED: frozenset(),
        Status.REFUNDED: frozenset(),
    }

    number = models.CharField(max_length=40, unique=True)
    buyer = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="orders")
    status = models.CharField(max_length=9, choices=Status, default=Status.PLACED)
    style = models.CharField(max_length=9, choices=Style, default=Style.PERSONAL)
    delivery = models.CharField(max_length=6, choices=Delivery, default=Delivery.PARCEL)
    funnel = models.CharField(max_length=8, choices=Funnel, default=Funnel.SEARCH)
    source = models.CharField(max_length=40, default="shop")
    currency = models.CharField(max_length=3, default="CNY")
    goods_fen = models.BigIntegerField()
    discount_fen = models.BigIntegerField(default=0)
    freight_fen = models.BigIntegerField(default=0)
    payable_fen = models.BigIntegerField()
    refunded_fen = models.BigIntegerField(default=0)
    recipient = models.CharField(max_length=40, default="", blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)
    region_code = models.CharField(max_length=12, default="", blank=True)
    address = models.CharField(max_length=300, default="", blank=True)
    invoice_title = models.CharField(max_length=80, default="", blank=True)
    invoice_tax_number = models.CharField(max_length=30, default="", blank=True)
    note = models.CharField(max_length=200, default="", blank=True)
    agent_id = models.BigIntegerField(null=True, db_index=True)
    shop_id = models.BigIntegerField(null=True)
    share_id = models.BigIntegerField(null=True, db_index=True)
    is_in_campaign = models.BooleanField(default=False)
    """A campaign granted something: whoever moves the order on tells the play. Others cost no statement."""

    held_for = models.CharField(max_length=20, default="", blank=True)
    """The play that must succeed before anything is packed; empty once it has. A refunded order keeps what it waited for in vain."""

    released_at = models.DateTimeField(null=True)
    given_back_at = models.DateTimeField(null=True)
    """What it was held for failed, or she left it: everything goes back, and nothing can release it any more."""

    deposit_fen = models.BigIntegerField(default=0)
    """So much of ``payable_fen`` is paid first; the rest, the balance, between ``balance_from`` and ``balance_until``. 0: paid at once."""

    deposit_is_kept = models.BooleanField(default=False)
    """Agreed: the deposit stays with the shop when the buyer does not pay the balance."""

    deposit_paid_at = models.DateTimeField(null=True)
    balance_from = models.DateTimeField(null=True)
    balance_until = models.DateTimeField(null=True)
    forfeited_fen = models.BigIntegerField(default=0)
    """The deposit of a cancelled order that stayed with the shop."""

    idempotency_key = models.CharField(max_length=64)
    placed_at = models.DateTimeField(default=clock.now)
    pay_before = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    receive_before = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    settle_after = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["buyer", "idempotency_key"], name="order_once"),
            models.CheckConstraint(
                name="order_adds_up",
                condition=Q(payable_fen=F("goods_fen") - F("discount_fen") + F("freight_fen"), payable_fen__gte=0),
            ),
            models.CheckConstraint(
                name="order_deposit",
                condition=Q(deposit_fen=0, deposit_paid_at__isnull=True)
                | Q(deposit_fen__gt=0, deposit_fen__lt=F("payable_fen"), balance_until__gt=F("balance_from")),
            ),
            models.CheckConstraint(
                name="order_forfeited",
                condition=Q(forfeited_fen=0)
                | Q(forfeited_fen=F("deposit_fen"), status="cancelled", deposit_paid_at__isnull=False),
            ),
            models.CheckConstraint(name="order_refunded", condition=Q(refunded_fen__gte=0, refunded_fen__lte=F("payable_fen"))),
        ]
        indexes: ClassVar = [
            models.Index(fields=["buyer", "-placed_at"], name="order_buyer"),
            models.Index(fields=["pay_before"], condition=Q(status="placed"), name="order_unpaid"),
            models.Index(fields=["receive_before"], condition=Q(status="shipped"), name="order_unreceived"),
            models.Index(fields=["settle_after"], condition=Q(status="received"), name="order_unsettled"),
            models.Index(fields=["paid_at"], condition=Q(status="paid", delivery="pickup"), name="order_to_fetch"),
            models.Index(fields=["paid_at"], name="order_paid_at"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_held(self) -> bool:
        """Whether it is paid and waits for its play: nothing is packed, nobody earns, nothing can be claimed."""
        return self.status == self.Status.PAID and bool(self.held_for)

    @property
    def has_deposit(self) -> bool:
        """Whether its deposit is there and its balance is not paid yet."""
        return self.status == self.Status.PLACED and self.deposit_paid_at is not None

    @property
    def due_fen(self) -> int:
        """What the next payment of an unpaid order is: all of it, or the deposit, or the balance."""
        if not self.deposit_fen:
            return self.payable_fen
        return self.deposit_fen if self.deposit_paid_at is None else self.payable_fen - self.deposit_fen

    @property
    def balance_fen(self) -> int:
        """What is left to pay after the deposit."""
        return self.payable_fen - self.deposit_fen

    @property
    def can_be_paid(self) -> bool:
        """Whether it waits for a payment that may come now: neither late nor before the time of its balance."""
        now = clock.now()
        is_open = self.status == self.Status.PLACED and now < self.pay_before
        return is_open and not (self.has_deposit and self.balance_from is not None and now < self.balance_from)

    @property
    def due_part(self) -> str:
        """Which part of the price the next payment is, as payments keep it: ``deposit``, ``balance``; empty: all of it."""
        if not self.deposit_fen:
            return ""
        return "deposit" if self.deposit_paid_at is None else "balance"


class OrderLine(models.Model):
    """One SKU of an order as it was when ordered. ``amount_fen`` = price × quantity − discount; ``freight_fen`` is its share.

    ``reduced_fen`` went back when a held order was released at a lower price; ``refunded_fen`` counts it too.
    """

    class FoundBy(models.TextChoices):
        """What says by which way somebody came to a product, the strongest first."""

        LOOK = "look", _("She looked at it")
        LINK = "link", _("She opened a link")
        PLAY = "play", _("She bought it in a campaign")
        SAID = "said", _("Where it was ordered says so")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT)
    pool = models.ForeignKey(StockPool, null=True, db_index=False, on_delete=models.PROTECT, related_name="+")
    """Where its pieces come from, when a hot sale has set them aside."""

    product_id_at_order = models.BigIntegerField(db_index=True)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, default="", blank=True)
    options_zh = models.CharField(max_length=120, default="", blank=True)
    options_en = models.CharField(max_length=120, default="", blank=True)
    motif = models.CharField(max_length=40, default="", blank=True)
    picture_seed = models.PositiveIntegerField(default=0)
    unit_price_fen = models.BigIntegerField()
    quantity = models.PositiveIntegerField()
    discount_fen = models.BigIntegerField(default=0)
    amount_fen = models.BigIntegerField()
    reduced_fen = models.BigIntegerField(default=0)
    freight_fen = models.BigIntegerField(default=0)
    commission_basis_points = models.PositiveIntegerField(default=0)
    second_basis_points = models.PositiveIntegerField(default=0)
    second_layer = models.CharField(max_length=10, default="introducer")
    """Whose the second rate is: who introduced the agent, or who led her team when it was ordered."""

    chosen_at = models.DateTimeField(null=True)
    """When it was put into the cart; None: it was bought at once. What she saw afterwards did not lead her to it."""

    funnel = models.CharField(max_length=8, choices=Order.Funnel, default="", blank=True)
    """By which way she came to it, decided from our own evidence within moments of the order; the order's follows from its lines'."""

    found_by = models.CharField(max_length=4, choices=FoundBy, default="", blank=True)
    """What said so; empty while nobody has decided, and for orders older than this column."""

    touched_at = models.DateTimeField(null=True)
    """When that was. Kept here, because the look itself goes when she has it forgotten."""

    post_id = models.BigIntegerField(null=True)
    """The post in which she opened it."""

    claimed_quantity = models.PositiveIntegerField(default=0)
    refunded_quantity = models.PositiveIntegerField(default=0)
    refunded_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="line_adds_up",
                condition=Q(amount_fen=F("unit_price_fen") * F("quantity") - F("discount_fen"), amount_fen__gte=0),
            ),
            models.CheckConstraint(name="line_reduced", condition=Q(reduced_fen__gte=0, reduced_fen__lte=F("amount_fen"))),
            models.CheckConstraint(name="line_quantity", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="line_claimed",
                condition=Q(claimed_quantity__lte=F("quantity"), refunded_quantity__lte=F("claimed_quantity")),
            ),
            models.CheckConstraint(
                name="line_refunded",
                condition=Q(refunded_fen__gte=0, refunded_fen__lte=F("amount_fen") + F("freight_fen")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["pool"], condition=Q(pool__isnull=False), name="line_pool")]

    @property
    def list_fen(self) -> int:
        """What the goods would have cost without any campaign."""
        return self.unit_price_fen * self.quantity

    @property
    def net_fen(self) -> int:
        """What the goods cost in the end, before anything was returned."""
        return self.amount_fen - self.reduced_fen

    @property
    def title(self) -> str:
        """The title in the active language."""
        return in_language(self.title_zh, self.title_en)

    @property
    def options_text(self) -> str:
        """The chosen options in the active language."""
        return in_language(self.options_zh, self.options_en)


class OrderAdjustment(models.Model):
    """One reason why the price differs from price × quantity, so that each fen can be explained."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=30)
    label_zh = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    amount_fen = models.BigIntegerField()
    reference = models.CharField(max_length=60, default="", blank=True)


class OrderStep(models.Model):
    """One step of an order's timeline. Append-only."""

    order = models.ForeignKey(Order, db_index=False, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30)
    detail = models.CharField(max_length=200, default="", blank=True)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["order", "at"], name="order_step")]

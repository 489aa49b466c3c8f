"""What a purchase would cost now, each fen explained, and what stands in its way. Reads only."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from renmai.accounts.models import Address, User
from renmai.accounts.queries import access_address
from renmai.campaigns import pricing
from renmai.campaigns.plays import Choice, Line
from renmai.campaigns.pricing import Granted
from renmai.catalogue.models import in_language
from renmai.catalogue.queries import (
    CheckoutSku,
    FreightLine,
    FreightQuote,
    ParcelFreight,
    freight_fee,
    skus_for_checkout,
)
from renmai.kernel import money
from renmai.kernel.errors import DomainError
from renmai.ordering.actions.placing import Deposit
from renmai.ordering.models import CartLine, Order
from renmai.policy import queries as policy

MAX_LINES = 100
MAX_QUANTITY = {Order.Style.PERSONAL: 999, Order.Style.WHOLESALE: 9999}


@dataclass(frozen=True)
class WantedLine:
    """So many pieces of one SKU, chosen in one shop (0: the platform's own shelf)."""

    sku_id: int
    quantity: int
    shop_id: int = 0
    chosen_at: datetime | None = None
    """When it was put into the cart; never taken from a request."""


@dataclass(frozen=True)
class CheckoutDraft:
    """What a customer wants to order. It carries no price: prices come from the catalogue and nowhere else.

    ``lines`` buys now, ``cart_line_ids`` buys from the cart, ``plays`` names the campaigns she chose. ``funnel`` is the way she came as far as the
    page or program knows that orders: it counts where the shop itself saw nothing (``journeys.finding``). ``expected_payable_fen`` is the total she saw; another one is refused.
    """

    lines: tuple[WantedLine, ...] = ()
    cart_line_ids: tuple[int, ...] = ()
    delivery: str = Order.Delivery.PARCEL
    address_id: int | None = None
    style: str = Order.Style.PERSONAL
    invoice_title: str = ""
    invoice_tax_number: str = ""
    note: str = ""
    funnel: str = Order.Funnel.SEARCH
    source: str = "shop"
    plays: tuple[Choice, ...] = ()
    expected_payable_fen: int | None = None


@dataclass(frozen=True)
class QuoteLine:
    """One SKU of the order. ``amount_fen`` = price × quantity − discount; ``freight_fen`` is its share of the carriage."""

    sku: CheckoutSku
    quantity: int
    unit_price_fen: int
    discount_fen: int
    freight_fen: int
    shop_id: int
    is_set_aside: bool = False
    """Its pieces come from those that a campaign has set aside, not from the shelf."""

    chosen_at: datetime | None = None
    """When it was put into the cart; None: bought at once."""

    @property
    def list_fen(self) -> int:
        """What the goods of this line would cost without any campaign."""
        return self.unit_price_fen * self.quantity

    @property
    def amount_fen(self) -> int:
        """What the goods of this line cost."""
        return self.list_fen - self.discount_fen


@dataclass(frozen=True)
class QuoteParcel:
    """The parcel of one supplier: which lines, how heavy, what it costs and why."""

    supplier_id: int
    supplier_name: str
    line_indexes: tuple[int, ...]
    weight_grams: int
    freight_fen: int
    freight: ParcelFreight | None


@dataclass(frozen=True)
class Explained:
    """One line of the sum: ``goods``, ``discount``, ``freight`` or ``payable``. The first three add up to the last."""

    kind: str
    label: str
    amount_fen: int
    detail: str = ""


@dataclass(frozen=True)
class Problem:
    """Something that must be repaired before the order can be placed."""

    code: str
    sentence: str
    sku_id: int | None = None


@dataclass(frozen=True)
class Quote:
    """What a purchase costs now. Amounts in the minor unit of ``currency``."""

    lines: tuple[QuoteLine, ...]
    parcels: tuple[QuoteParcel, ...]
    granted: tuple[Granted, ...]
    explanation: tuple[Explained, ...]
    goods_fen: int
    discount_fen: int
    freight_fen: int
    payable_fen: int
    currency: str
    delivery: str
    style: str
    address: Address | None
    problems: tuple[Problem, ...]
    errors: tuple[DomainError, ...]

    @property
    def deposit(self) -> Deposit | None:
        """What is paid first, if a campaign lets her pay in two parts."""
        return pricing.deposit(self.granted)

    @property
    def due_fen(self) -> int:
        """What is paid when the order is placed: all of it, or its deposit."""
        return self.deposit.amount_fen if self.deposit else self.payable_fen

    @property
    def balance_fen(self) -> int:
        """What is paid later."""
        return self.payable_fen - self.due_fen

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.errors


def quote(
    user: User,
    draft: CheckoutDraft,
    *,
    addresses: Sequence[Address] = (),
    with_pictures: bool = True,
) -> Quote:
    """Return what ``draft`` would cost ``user`` now, in at most five statements whatever the number of lines,
    and what the campaigns she chose need.

    ``addresses`` are addresses of hers that the caller has read already; ``with_pictures`` is for pages.

    What the customer can repair (no address, sold out, too few for wholesale) is listed as ``problems``. Raises for what no honest
    page sends: ``ordering.cart_empty``, ``ordering.too_many_lines``, ``ordering.quantity``, ``ordering.delivery``,
    ``ordering.style``, ``ordering.currency``, ``request.not_found`` for other people's addresses, and what a campaign refuses.
    """
    _check_draft(draft)
    wanted = _wanted(user, draft)
    skus = skus_for_checkout([line.sku_id for line in wanted], with_pictures=with_pictures)
    if len(skus) != len(wanted):
        raise DomainError("request.not_found")
    if len({sku.currency for sku in skus.values()}) > 1:
        raise DomainError("ordering.currency")
    address = _address(user, draft.address_id, known=addresses)
    lines = [_line(line, skus[line.sku_id], style=draft.style) for line in wanted]
    granted = pricing.price(user, draft.plays, [line_of(line) for line in lines])
    lines = _with_grants(lines, granted)
    freight = None if draft.delivery == Order.Delivery.PICKUP else _freight(lines, address)
    lines = _with_freight(lines, freight)
    errors = tuple(_errors(lines, draft, address=address, freight=freight))
    return _summed(draft, lines, freight=freight, address=address, errors=errors, granted=granted)


def _address(user: User, address_id: int | None, *, known: Sequence[Address]) -> Address | None:
    if address_id is None:
        return None
    mine = (row for row in known if row.pk == address_id and row.user_id == user.pk)
    return next(mine, None) or access_address(user, address_id)


def _check_draft(draft: CheckoutDraft) -> None:
    if draft.delivery not in Order.Delivery.values:
        raise DomainError("ordering.delivery", field="delivery")
    if draft.style not in Order.Style.values:
        raise DomainError("ordering.style", field="style")
    if bool(draft.lines) == bool(draft.cart_line_ids):
        raise DomainError("ordering.cart_empty")
    if max(len(draft.lines), len(draft.cart_line_ids)) > MAX_LINES:
        raise DomainError("ordering.too_many_lines", most=MAX_LINES)


def _wanted(user: User, draft: CheckoutDraft) -> list[WantedLine]:
    """Return one wanted line per SKU, in the order they were chosen."""
    chosen: Sequence[WantedLine] = draft.lines
    if draft.cart_line_ids:
        rows = CartLine.objects.filter(user=user, pk__in=draft.cart_line_ids).order_by("-added_at", "-pk")
        chosen = [WantedLine(row.sku_id, row.quantity, row.shop_id, row.added_at) for row in rows]
    if not chosen:
        raise DomainError("ordering.cart_empty")
    by_sku: dict[int, WantedLine] = {}
    for line in chosen:
        most = MAX_QUANTITY[Order.Style(draft.style)]
        earlier = by_sku.get(line.sku_id)
        total = line.quantity + (earlier.quantity if earlier else 0)
        if line.quantity < 1 or total > most:
            raise DomainError("ordering.quantity", field="quantity", most=most)
        by_sku[line.sku_id] = replace(earlier or line, quantity=total)
    return list(by_sku.values())


def _line(wanted: WantedLine, sku: CheckoutSku, *, style: str) -> QuoteLine:
    is_wholesale = style == Order.Style.WHOLESALE and sku.wholesale_price_fen is not None
    price_fen = sku.wholesale_price_fen if is_wholesale and sku.wholesale_price_fen is not None else sku.price_fen
    return QuoteLine(
        sku=sku,
        quantity=wanted.quantity,
        unit_price_fen=price_fen,
        discount_fen=0,
        freight_fen=0,
        shop_id=wanted.shop_id,
        chosen_at=wanted.chosen_at,
    )


def line_of(line: QuoteLine) -> Line:
    """Return a line as campaigns look at it."""
    return Line(line.sku.sku_id, line.sku.product_id, line.quantity, line.unit_price_fen, line.amount_fen)


def _with_grants(lines: list[QuoteLine], granted: Sequence[Granted]) -> list[QuoteLine]:
    """Take off each line what the campaigns gave to it, and mark those whose pieces they give too."""
    off: Counter[int] = Counter()
    for each in granted:
        off.update(each.grant.off_fen)
    set_aside = {sku_id for each in granted if each.grant.pool_id for sku_id in each.grant.off_fen}
    return [
        replace(line, discount_fen=off[line.sku.sku_id], is_set_aside=line.sku.sku_id in set_aside) if off else line
        for line in lines
    ]


def _freight(lines: Sequence[QuoteLine], address: Address | None) -> FreightQuote:
    return freight_fee(
        [
            FreightLine(
                sku_id=line.sku.sku_id,
                supplier_id=line.sku.supplier_id,
                freight_template_id=line.sku.freight_template_id,
                weight_grams=line.sku.weight_grams * line.quantity,
                amount_fen=line.amount_fen,
            )
            for line in lines
        ],
        address.region_id if address else "",
    )


def _with_freight(lines: list[QuoteLine], freight: FreightQuote | None) -> list[QuoteLine]:
    """Share what each part of a parcel costs among its lines by their amounts, to the fen."""
    if freight is None:
        return lines
    shares: dict[int, int] = {}
    amounts = {line.sku.sku_id: line.amount_fen for line in lines}
    for parcel in freight.parcels:
        for part in parcel.parts:
            split = money.split(part.fee_fen, [amounts[sku_id] for sku_id in part.sku_ids])
            shares.update(zip(part.sku_ids, split, strict=True))
    return [replace(line, freight_fen=shares[line.sku.sku_id]) for line in lines]


def _errors(
    lines: Sequence[QuoteLine], draft: CheckoutDraft, *, address: Address | None, freight: FreightQuote | None
) -> Iterator[DomainError]:
    is_pickup = draft.delivery == Order.Delivery.PICKUP
    if is_pickup and not policy.switch("pickup.enabled"):
        yield DomainError("ordering.pickup_off", field="delivery")
    if not is_pickup and address is None:
        yield DomainError("ordering.address_needed", field="address_id")
    unserved = frozenset(freight.unserved_sku_ids) if freight and address else frozenset()
    for line in lines:
        yield from _line_errors(line, style=draft.style, is_pickup=is_pickup, is_unserved=line.sku.sku_id in unserved)


def _line_errors(line: QuoteLine, *, style: str, is_pickup: bool, is_unserved: bool) -> Iterator[DomainError]:
    sku = line.sku
    if not sku.is_on_sale:
        yield DomainError("ordering.delisted", title=sku.title, sku_id=sku.sku_id)
        return
    # What a campaign has set aside is not on the shelf: it says by itself when it has none.
    if sku.free == 0 and not line.is_set_aside:
        yield DomainError("ordering.sold_out", title=sku.title, sku_id=sku.sku_id)
    elif sku.free < line.quantity and not line.is_set_aside:
        yield DomainError("ordering.not_enough", left=sku.free, title=sku.title, sku_id=sku.sku_id)
    if style == Order.Style.WHOLESALE and sku.wholesale_price_fen is None:
        yield DomainError("ordering.wholesale_only_some", title=sku.title, sku_id=sku.sku_id)
    elif style == Order.Style.WHOLESALE and line.quantity < sku.wholesale_minimum:
        yield DomainError("ordering.wholesale_minimum", minimum=sku.wholesale_minimum, title=sku.title, sku_id=sku.sku_id)
    if is_pickup and not sku.pickup_allowed:
        yield DomainError("ordering.no_pickup", title=sku.title, sku_id=sku.sku_id)
    if is_unserved:
        yield DomainError("ordering.not_served", title=sku.title, sku_id=sku.sku_id)


def _summed(
    draft: CheckoutDraft,
    lines: Sequence[QuoteLine],
    *,
    freight: FreightQuote | None,
    address: Address | None,
    errors: tuple[DomainError, ...],
    granted: tuple[Granted, ...],
) -> Quote:
    goods_fen = sum(line.unit_price_fen * line.quantity for line in lines)
    discount_fen = sum(line.discount_fen for line in lines)
    freight_fen = sum(line.freight_fen for line in lines)
    payable_fen = goods_fen - discount_fen + freight_fen
    parcels = tuple(_parcels(lines, freight))
    return Quote(
        lines=tuple(lines),
        parcels=parcels,
        granted=granted,
        explanation=tuple(_explanation(lines, parcels, granted, payable_fen=payable_fen)),
        goods_fen=goods_fen,
        discount_fen=discount_fen,
        freight_fen=freight_fen,
        payable_fen=payable_fen,
        currency=lines[0].sku.currency,
        delivery=draft.delivery,
        style=draft.style,
        address=address,
        problems=tuple(Problem(error.code, error.sentence, _sku_id(error.details)) for error in errors),
        errors=errors,
    )


def _sku_id(details: Mapping[str, object]) -> int | None:
    sku_id = details.get("sku_id")
    return sku_id if isinstance(sku_id, int) else None


def _parcels(lines: Sequence[QuoteLine], freight: FreightQuote | None) -> Iterator[QuoteParcel]:
    fees = {parcel.supplier_id: parcel for parcel in freight.parcels} if freight else {}
    for supplier_id in dict.fromkeys(line.sku.supplier_id for line in lines):
        indexes = tuple(index for index, line in enumerate(lines) if line.sku.supplier_id == supplier_id)
        fee = fees.get(supplier_id)
        yield QuoteParcel(
            supplier_id=supplier_id,
            supplier_name=lines[indexes[0]].sku.supplier_name,
            line_indexes=indexes,
            weight_grams=sum(lines[index].sku.weight_grams * lines[index].quantity for index in indexes),
            freight_fen=fee.fee_fen if fee else 0,
            freight=fee,
        )


def _explanation(
    lines: Sequence[QuoteLine], parcels: Sequence[QuoteParcel], granted: Sequence[Granted], *, payable_fen: int
) -> Iterator[Explained]:
    for line in lines:
        detail = _("wholesale price") if line.unit_price_fen != line.sku.price_fen else line.sku.options_text
        label = f"{line.sku.title} × {line.quantity}"
        yield Explained("goods", label, line.unit_price_fen * line.quantity, detail)
    for grant in (each.grant for each in granted if each.grant.discount_fen):
        yield Explained("discount", in_language(grant.label_zh, grant.label_en), -grant.discount_fen, grant.reference)
    for parcel in parcels:
        label = _("Freight from %(supplier)s") % {"supplier": parcel.supplier_name}
        yield Explained("freight", label, parcel.freight_fen, _kilograms(parcel.weight_grams))
    yield Explained("payable", _("To pay"), payable_fen)


def _kilograms(grams: int) -> str:
    return f"{grams // 1000}.{grams % 1000 // 100} kg"

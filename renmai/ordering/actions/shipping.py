"""Parcels on their way: shipping one, shipping many by CSV, delivered, handed over to the customer who picks up."""

import csv
import hmac
import io
import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.accounts.actions import log_act
from renmai.accounts.limits import LIMITS
from renmai.accounts.models import User
from renmai.accounts.throttling import count
from renmai.kernel import clock, ids
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert
from renmai.kernel.outbox import emit, raise_alert, resolve_alerts
from renmai.kernel.states import advance
from renmai.ordering import windows
from renmai.ordering.actions import progress
from renmai.ordering.actions.steps import note_claim, note_order
from renmai.ordering.events import ParcelShipped
from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.ordering.policies import require_shipper

CARRIERS: tuple[tuple[str, "str | Promise"], ...] = (
    ("sf", _("SF Express")),
    ("zto", _("ZTO Express")),
    ("yto", _("YTO Express")),
    ("sto", _("STO Express")),
    ("yunda", _("Yunda Express")),
    ("jd", _("JD Logistics")),
    ("ems", _("China Post EMS")),
    ("cainiao", _("Cainiao")),
    ("deppon", _("Deppon Logistics")),
    ("other", _("Another carrier")),
)
CARRIER_CODES = frozenset(code for code, _label in CARRIERS)
TRACKING = re.compile(r"[A-Za-z0-9-]{6,40}")
CSV_HEADER = ("shipment", "carrier", "tracking")
MAX_CSV_ROWS = 2000
PICKUP_CODE_LENGTH = 6
PICKUP_TRIES_PER_HOUR = LIMITS["ordering.pickup"].most
LATE = "shipment.late"
LATE_GRACE = timedelta(hours=1)

_PARCEL: Compiled[Shipment] = Compiled(lambda shipment_id: Shipment.objects.filter(pk=shipment_id))
_BY_NUMBER: Compiled[Shipment] = Compiled(lambda number: Shipment.objects.filter(number=number))


@dataclass(frozen=True)
class BatchRefusal:
    """One row of a batch that was not carried out, and why."""

    row: int
    shipment: str
    sentence: str


@dataclass(frozen=True)
class BatchReport:
    """What a batch did: parcels shipped now, parcels that had been shipped with the same number before, rows refused."""

    shipped: int
    already: int
    refused: tuple[BatchRefusal, ...]


def ship(actor: User, shipment_id: int, *, carrier: str, tracking_number: str) -> Shipment:
    """Send a waiting parcel off. Shipping it again with the same number changes nothing and returns it.

    Raises ``request.forbidden``, ``ordering.carrier``, ``ordering.tracking``, ``ordering.parcel_gone`` (cancelled by a refund, or
    shipped with another number), ``ordering.parcel_pickup``.
    """
    require_shipper(actor)
    parcel = _PARCEL.first(shipment_id)
    if parcel is None:
        raise DomainError("request.not_found")
    if not _send_off(actor, parcel, carrier=carrier, tracking_number=tracking_number):
        parcel.refresh_from_db()
    return parcel


def batch_ship(actor: User, csv_text: str) -> BatchReport:
    """Ship the parcels of a CSV (``shipment,carrier,tracking``), each row an action of its own; a bad row stops no other."""
    require_shipper(actor)
    shipped = already = 0
    refused: list[BatchRefusal] = []
    for row_number, row in _rows(csv_text):
        number = row[0].strip()
        try:
            if _ship_row(actor, row_number, row):
                shipped += 1
            else:
                already += 1
        except DomainError as error:
            refused.append(BatchRefusal(row=row_number, shipment=number, sentence=error.sentence))
    return BatchReport(shipped=shipped, already=already, refused=tuple(refused))


def mark_delivered(actor: User, shipment_id: int) -> Shipment:
    """Note that the carrier has delivered a parcel. The customer's receipt is another thing: she confirms it, or time does."""
    require_shipper(actor)
    with transaction.atomic():
        parcel = Shipment.objects.filter(pk=shipment_id).first()
        if parcel is None:
            raise DomainError("request.not_found")
        if not advance(
            Shipment, shipment_id, old=Shipment.Status.SHIPPED, new=Shipment.Status.DELIVERED, delivered_at=clock.now()
        ):
            raise DomainError("ordering.not_on_its_way")
        note_order(parcel.order_id, "delivered", detail=parcel.number, actor_id=actor.pk)
        log_act(actor, "shipment.delivered", object_type="shipment", object_id=str(shipment_id))
    return Shipment.objects.get(pk=shipment_id)


def pickup_code(order: Order) -> str:
    """Return the code by which the customer proves that a pickup order is hers; the same for ever, and not to be guessed."""
    digest = salted_hmac("ordering.pickup", order.number, secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return "".join(ids.ALPHABET[byte % len(ids.ALPHABET)] for byte in digest[:PICKUP_CODE_LENGTH])


def hand_over(actor: User, order_number: str, *, code: str) -> Order:
    """Hand a paid pickup order to the customer who shows its code: it is shipped and received in one transaction.

    Raises ``request.forbidden``, ``ordering.not_a_pickup``, ``ordering.pickup_code``, ``request.too_many`` after ten tries an hour.
    """
    require_shipper(actor)
    order = Order.objects.filter(number=order_number).first()
    if order is None:
        raise DomainError("request.not_found")
    if order.delivery != Order.Delivery.PICKUP or order.status != Order.Status.PAID:
        raise DomainError("ordering.not_a_pickup")
    count("ordering.pickup", order.number)
    if not hmac.compare_digest(pickup_code(order).encode(), code.strip().upper().encode()):
        raise DomainError("ordering.pickup_code", field="code")
    with transaction.atomic():
        order = progress.held(order.pk)
        now = clock.now()
        waiting = Shipment.objects.filter(order=order, after_sale__isnull=True, status=Shipment.Status.WAITING)
        if not waiting.update(status=Shipment.Status.SHIPPED, shipped_at=now):
            raise DomainError("ordering.not_a_pickup")
        if not progress.leave_when_all_left(order) or not progress.mark_received(order.pk, actor_id=actor.pk):
            raise DomainError("ordering.not_a_pickup")
        log_act(actor, "order.handed_over", object_type="order", object_id=order.number)
    return Order.objects.get(pk=order.pk)


def report_late(limit: int) -> int:
    """Open an alert for each parcel that should have left an hour ago, close those of parcels that have; return how many are late.

    A timer.
    """
    open_alerts = Alert.objects.filter(code=LATE, resolved_at__isnull=True).values_list("subject", flat=True)[:limit]
    gone = Shipment.objects.filter(number__in=list(open_alerts)).exclude(status=Shipment.Status.WAITING)
    resolve_alerts(LATE, list(gone.values_list("number", flat=True)))
    late = Shipment.objects.filter(status=Shipment.Status.WAITING, ship_before__lt=clock.now() - LATE_GRACE)
    found = list(late.select_related("supplier").order_by("ship_before")[:limit])
    for parcel in found:
        raise_alert(LATE, parcel.number, f"{parcel.supplier.name_en}: {parcel.ship_before:%Y-%m-%d %H:%M}Z")
    return len(found)


def _ship_row(actor: User, row_number: int, row: list[str]) -> bool:
    if len(row) < len(CSV_HEADER):
        raise DomainError("ordering.csv_row", row=row_number)
    number = row[0].strip()
    parcel = _BY_NUMBER.first(number)
    if parcel is None:
        raise DomainError("ordering.csv_unknown", number=number)
    return _send_off(actor, parcel, carrier=row[1], tracking_number=row[2])


def _send_off(actor: User, parcel: Shipment, *, carrier: str, tracking_number: str) -> bool:
    """Ship ``parcel``, here too, in one transaction; False when it left before with the same number."""
    carrier = carrier.strip().lower()
    tracking_number = tracking_number.strip()
    if carrier not in CARRIER_CODES:
        raise DomainError("ordering.carrier", field="carrier")
    if not TRACKING.fullmatch(tracking_number):
        raise DomainError("ordering.tracking", field="tracking_number")
    with transaction.atomic():
        order = progress.held(parcel.order_id)
        if order.delivery == Order.Delivery.PICKUP and parcel.after_sale_id is None:
            raise DomainError("ordering.parcel_pickup")
        sent = {"carrier": carrier, "tracking_number": tracking_number, "shipped_at": clock.now()}
        if not advance(Shipment, parcel.pk, old=Shipment.Status.WAITING, new=Shipment.Status.SHIPPED, **sent):
            return _was_sent_like_this(parcel.pk, carrier=carrier, tracking_number=tracking_number)
        detail = f"{carrier} {tracking_number}"
        note_order(order.pk, "parcel_shipped", detail=detail, actor_id=actor.pk)
        if parcel.after_sale_id is not None:
            _replacement_left(parcel.after_sale_id, detail=detail, actor_id=actor.pk)
        else:
            progress.leave_when_all_left(order)
        emit(ParcelShipped(order_id=order.pk, shipment_id=parcel.pk))
        log_act(actor, "shipment.shipped", object_type="shipment", object_id=str(parcel.pk))
    for name, value in (sent | {"status": Shipment.Status.SHIPPED}).items():
        setattr(parcel, name, value)
    return True


def _was_sent_like_this(shipment_id: int, *, carrier: str, tracking_number: str) -> bool:
    sent = (Shipment.Status.SHIPPED, Shipment.Status.DELIVERED)
    same = Shipment.objects.filter(pk=shipment_id, status__in=sent, carrier=carrier, tracking_number=tracking_number)
    if not same.exists():
        raise DomainError("ordering.parcel_gone")
    return False


def _replacement_left(after_sale_id: int, *, detail: str, actor_id: int) -> None:
    deadline = windows.receive_before(clock.now())
    AfterSale.objects.filter(pk=after_sale_id, status=AfterSale.Status.RESHIPPING).update(deadline_at=deadline)
    note_claim(after_sale_id, "replacement_shipped", detail=detail, actor_id=actor_id)


def _rows(csv_text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that say something, numbered as a spreadsheet does. Refuses the whole file before any row is carried out."""
    try:
        rows = list(islice(csv.reader(io.StringIO(csv_text.lstrip("\ufeff"))), MAX_CSV_ROWS + 2))
    except csv.Error:
        raise DomainError("ordering.csv_broken") from None
    header = rows[0] if rows else []
    if tuple(cell.strip().lower() for cell in header[: len(CSV_HEADER)]) != CSV_HEADER:
        raise DomainError("ordering.csv_header", header=",".join(CSV_HEADER))
    if len(rows) > MAX_CSV_ROWS + 1:
        raise DomainError("ordering.csv_rows", most=MAX_CSV_ROWS)
    return [(number, row) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]

"""What people are told when something happens to their orders, requests, relations and income.

OrderPaid → on_order_paid · OrderReleased → on_order_released · ParcelShipped → on_parcel_shipped · OrderReceived → on_order_received · OrderCancelled →
on_order_cancelled · AfterSaleOpened → on_after_sale_opened · AfterSaleClosed → on_after_sale_closed · RefundSucceeded →
on_refund_succeeded · CustomerBound → on_customer_bound · CommissionCreated → on_commission_created · CommissionThawed →
on_commission_thawed · CommissionReversed → on_commission_reversed · WithdrawalDecided → on_withdrawal_decided · SignedInElsewhere →
on_signed_in_elsewhere · SuggestionDecided → on_suggestion_decided · SharingPaused → on_sharing_paused · PauseLifted → on_pause_lifted
"""

from renmai.accounts.events import SignedInElsewhere
from renmai.accounts.models import SignIn
from renmai.care.actions import notify
from renmai.care.texts import Facts
from renmai.distribution.events import CommissionCreated, CommissionReversed, CommissionThawed, WithdrawalDecided
from renmai.distribution.models import Commission, Withdrawal
from renmai.distribution.tax import china_date
from renmai.kernel.compiled import Compiled, by_key
from renmai.ordering.events import (
    AfterSaleClosed,
    AfterSaleOpened,
    OrderCancelled,
    OrderPaid,
    OrderReceived,
    OrderReleased,
    ParcelShipped,
    SuggestionDecided,
)
from renmai.ordering.models import AfterSale, Order, OrderLine, Shipment, Suggestion
from renmai.payments.events import RefundSucceeded
from renmai.sharing import queries as sharing
from renmai.sharing.events import CustomerBound, PauseLifted
from renmai.sharing.models import Binding
from renmai.trust.events import SharingPaused

NOT_PAID_IN_TIME = "timeout"
_OF_NUMBER: Compiled[Order] = Compiled(lambda number: Order.objects.filter(number=number))


def on_order_paid(event: OrderPaid) -> None:
    """The buyer: her money arrived."""
    order = by_key(Order, event.order_id)
    details: Facts = {"order": order.number, "amount_fen": order.payable_fen, "currency": order.currency}
    kind = "order_paid_waits" if order.held_for else "order_paid"
    notify(order.buyer_id, kind, details=details, link=_order(order), cause=f"order:{order.pk}:paid")


def on_order_released(event: OrderReleased) -> None:
    """The buyer: what her order waited for came true, and it is being packed."""
    order = by_key(Order, event.order_id)
    details: Facts = {"order": order.number}
    notify(order.buyer_id, "order_released", details=details, link=_order(order), cause=f"order:{order.pk}:released")


def on_parcel_shipped(event: ParcelShipped) -> None:
    """The buyer: a parcel left, with its tracking number."""
    parcel = by_key(Shipment, event.shipment_id, "order")
    details = {"order": parcel.order.number, "carrier": parcel.carrier, "tracking": parcel.tracking_number}
    cause = f"shipment:{parcel.pk}:shipped"
    notify(parcel.order.buyer_id, "parcel_shipped", details=details, link=_order(parcel.order), cause=cause)


def on_order_received(event: OrderReceived) -> None:
    """The buyer: until when she can ask for after-sales."""
    order = by_key(Order, event.order_id)
    until = china_date(order.settle_after).isoformat() if order.settle_after else ""
    details = {"order": order.number, "until": until}
    notify(order.buyer_id, "order_received", details=details, link=_order(order), cause=f"order:{order.pk}:received")


def on_order_cancelled(event: OrderCancelled) -> None:
    """The buyer: the order ended unpaid."""
    order = by_key(Order, event.order_id)
    kind = "order_unpaid" if event.reason == NOT_PAID_IN_TIME else "order_cancelled"
    notify(order.buyer_id, kind, details={"order": order.number}, link=_order(order), cause=f"order:{order.pk}:cancelled")


def on_after_sale_opened(event: AfterSaleOpened) -> None:
    """The buyer: her request is being looked at."""
    _tell_claim(event.after_sale_id, "opened")


def on_after_sale_closed(event: AfterSaleClosed) -> None:
    """The buyer: how her request ended."""
    _tell_claim(event.after_sale_id, event.outcome)


def on_refund_succeeded(event: RefundSucceeded) -> None:
    """The buyer: money went back. What was paid for no order of ours goes back too, and there is nobody to tell."""
    order = _OF_NUMBER.first(event.reference)
    if order is None:
        return
    details: Facts = {"order": order.number, "amount_fen": event.amount_fen, "currency": order.currency}
    cause = f"refund:{event.refund_id}:succeeded"
    notify(order.buyer_id, "refund_succeeded", details=details, link=_order(order), cause=cause)


def on_customer_bound(event: CustomerBound) -> None:
    """The customer and the owner of the shop: they belong together now."""
    bindings = Binding.objects.filter(customer_id=event.customer_id, shop_id=event.shop_id)
    binding = bindings.select_related("shop", "customer").order_by("-pk")[0]
    shop = binding.shop
    notify(
        binding.customer_id,
        "bound",
        details={"shop": shop.name},
        link=f"shop:{shop.code}",
        cause=f"binding:{binding.pk}:customer",
    )
    notify(
        shop.owner_id,
        "customer_bound",
        details={"customer": binding.customer.display_name},
        link="customers:",
        cause=f"binding:{binding.pk}:owner",
    )


def on_commission_created(event: CommissionCreated) -> None:
    """The agent: what a sale promises."""
    details = _line_of(event.commission_id, amount_fen=event.amount_fen)
    cause = f"commission:{event.commission_id}:created"
    notify(event.agent_user_id, "commission_created", details=details, link="income:", cause=cause)


def on_commission_thawed(event: CommissionThawed) -> None:
    """The agent: what can be withdrawn."""
    details = _line_of(event.commission_id, amount_fen=event.amount_fen)
    cause = f"commission:{event.commission_id}:thawed"
    notify(event.agent_user_id, "commission_thawed", details=details, link="income:", cause=cause)


def on_commission_reversed(event: CommissionReversed) -> None:
    """The agent: what a refund took back, and whether she owes some of it."""
    details = _line_of(event.commission_id, amount_fen=event.amount_fen)
    kind = "commission_reversed"
    if event.debt_fen:
        kind, details = "commission_owed", {**details, "debt_fen": event.debt_fen}
    cause = f"commission:{event.commission_id}:reversed:{event.reversed_fen}"
    notify(event.agent_user_id, kind, details=details, link="income:", cause=cause)


def on_withdrawal_decided(event: WithdrawalDecided) -> None:
    """The agent: what became of her withdrawal."""
    row = Withdrawal.objects.get(pk=event.withdrawal_id)
    details: Facts = {
        "withdrawal": row.number,
        "amount_fen": row.amount_fen,
        "net_fen": row.amount_fen - row.tax_fen,
        "tax_fen": row.tax_fen,
        "reason": row.reason,
        "currency": row.currency,
    }
    notify(
        event.agent_user_id,
        f"withdrawal_{event.status}",
        details=details,
        link=f"withdrawal:{row.pk}",
        cause=f"withdrawal:{row.pk}:{event.status}",
    )


def on_signed_in_elsewhere(event: SignedInElsewhere) -> None:
    """The member: a browser that she never used before opened her account."""
    label = SignIn.objects.values_list("label", flat=True).get(pk=event.sign_in_id)
    kind = "signed_in_elsewhere" if label else "signed_in_unknown"
    notify(event.user_id, kind, details={"browser": label}, link="sessions:own", cause=f"sign_in:{event.sign_in_id}")


def on_suggestion_decided(event: SuggestionDecided) -> None:
    """Who suggested something: what became of it."""
    found = by_key(Suggestion, event.suggestion_id, "product", "changed")
    details: dict[str, str | int] = {
        "title_zh": found.product.title_zh,
        "title_en": found.product.title_en,
        "answer": found.answer,
    }
    if found.changed is not None:
        details |= {"changed_zh": found.changed.title_zh, "changed_en": found.changed.title_en}
    cause = f"suggestion:{found.pk}:{event.status}"
    notify(found.author_id, f"suggestion_{event.status}", details=details, link="suggestions:own", cause=cause)


def on_sharing_paused(event: SharingPaused) -> None:
    """The sharer: that somebody complained, never who; until when she makes no new links, and what ends it."""
    pause = sharing.pause(event.pause_id)
    details = {"until": china_date(pause.until).isoformat()}
    notify(event.sharer_id, "sharing_paused", details=details, link="pause:own", cause=f"pause:{pause.pk}:began")


def on_pause_lifted(event: PauseLifted) -> None:
    """The sharer: the staff looked into it, and she may share again."""
    notify(event.sharer_id, "sharing_resumed", details={}, link="pause:own", cause=f"pause:{event.pause_id}:lifted")


def _order(order: Order) -> str:
    return f"order:{order.number}"


def _tell_claim(after_sale_id: int, outcome: str) -> None:
    claim = by_key(AfterSale, after_sale_id, "order", "order_line")
    notify(
        claim.order.buyer_id,
        f"after_sale_{outcome}",
        details={**_title(claim.order_line), "answer": claim.answer},
        link=f"after_sale:{claim.number}",
        cause=f"after_sale:{claim.pk}:{outcome}",
    )


def _line_of(commission_id: int, *, amount_fen: int) -> dict[str, str | int]:
    commission = by_key(Commission, commission_id, "order_line")
    return {**_title(commission.order_line), "amount_fen": amount_fen, "currency": commission.currency}


def _title(line: OrderLine) -> dict[str, str | int]:
    return {"title_zh": line.title_zh, "title_en": line.title_en}

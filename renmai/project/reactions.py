"""The one table of causes and effects: which fact makes which rooms act, in this order.

A reaction runs at least once and leaves one receipt; each is written so that twice is once. What must hold at the same moment as
the fact is not here: it is a direct call in the action itself.
"""

from collections.abc import Callable
from typing import Any, cast

from renmai.accounts.events import AccountDeleted, ConsentGiven, ConsentWithdrawn, SignedInElsewhere, VisitorRecognised
from renmai.alerts import reactions as alerts
from renmai.alerts.events import AlertMissed
from renmai.campaigns import plays
from renmai.campaigns import reactions as campaigns
from renmai.care import reactions as care
from renmai.content import reactions as content
from renmai.distribution import reactions as distribution
from renmai.distribution.events import CommissionCreated, CommissionReversed, CommissionThawed, WithdrawalDecided
from renmai.insight import reactions as insight
from renmai.insight.experiments import reactions as experiments
from renmai.insight.portraits import reactions as portraits
from renmai.insight.stream import reactions as stream
from renmai.insight.stream.events import BrowserSeparated
from renmai.journeys import reactions as journeys
from renmai.kernel.events import Event, declared
from renmai.kernel.outbox import Reaction, Reactions
from renmai.matching import reactions as matching
from renmai.ordering.events import (
    AfterSaleClosed,
    AfterSaleOpened,
    LineRefunded,
    OrderCancelled,
    OrderPaid,
    OrderPlaced,
    OrderReceived,
    OrderReleased,
    OrderSettled,
    ParcelShipped,
    ReviewWritten,
    SuggestionDecided,
)
from renmai.payments.events import PayoutFinished, RefundSucceeded
from renmai.programs import reactions as programs
from renmai.sharing import reactions as sharing
from renmai.sharing.events import CustomerBound, PauseLifted
from renmai.trust import reactions as trust
from renmai.trust.events import FeedbackGiven, SharingPaused

CAUSES: dict[type[Event], tuple[Callable[[Any], None], ...]] = {
    VisitorRecognised: (
        sharing.join_visits,
        content.join_looks,
        insight.join_views,
        experiments.join_exposures,
        stream.join_browser,
        portraits.count_recognised,
        trust.on_visitor_recognised,
    ),
    OrderPlaced: (journeys.find_way,),
    OrderPaid: (
        journeys.find_way,
        sharing.bind_buyer,
        distribution.on_order_paid,
        journeys.count_sales,
        care.on_order_paid,
        stream.on_order_paid,
        portraits.count_buyer,
        content.on_order_paid,
        alerts.on_order_paid,
    ),
    OrderCancelled: (care.on_order_cancelled,),
    ParcelShipped: (care.on_parcel_shipped, journeys.count_parcel),
    OrderReceived: (distribution.on_order_received, care.on_order_received),
    OrderReleased: (distribution.on_order_paid, journeys.count_released, campaigns.on_order_released, care.on_order_released),
    OrderSettled: (
        distribution.on_order_settled,
        campaigns.on_order_settled,
        portraits.count_buyer,
        trust.on_order_settled,
        journeys.count_kept,
    ),
    AfterSaleOpened: (care.on_after_sale_opened,),
    LineRefunded: (distribution.on_line_refunded, campaigns.on_line_refunded, stream.on_line_refunded, portraits.count_buyer),
    AfterSaleClosed: (campaigns.on_claim_closed, care.on_after_sale_closed, trust.on_claim_closed, journeys.count_claim),
    RefundSucceeded: (journeys.refund_finished, care.on_refund_succeeded),
    PayoutFinished: (distribution.on_payout_finished,),
    CustomerBound: (care.on_customer_bound, portraits.count_bound),
    CommissionCreated: (care.on_commission_created,),
    CommissionThawed: (care.on_commission_thawed,),
    CommissionReversed: (care.on_commission_reversed,),
    WithdrawalDecided: (care.on_withdrawal_decided, journeys.count_payout),
    ReviewWritten: (stream.on_review_written, trust.on_review_written),
    SuggestionDecided: (care.on_suggestion_decided,),
    ConsentGiven: (portraits.follow_again,),
    ConsentWithdrawn: (
        content.forget_looks,
        stream.forget_looks,
        portraits.forget_looks,
        alerts.forget_looks,
        matching.forget_what_it_rested_on,
    ),
    FeedbackGiven: (stream.on_feedback_given,),
    SharingPaused: (care.on_sharing_paused,),
    PauseLifted: (care.on_pause_lifted,),
    AlertMissed: (journeys.escalate_missed,),
    AccountDeleted: (journeys.erase_deleted,),
    BrowserSeparated: (portraits.count_without_browser,),
    SignedInElsewhere: (care.on_signed_in_elsewhere,),
}


def _with_webhooks() -> Reactions:
    """Every declared event also goes to what the plays do about it, and then to the webhooks that asked for it."""
    of_plays = [each.causes() for each in plays.plays().values()]  # first, because it declares their events
    causes = {event: CAUSES.get(event, ()) for event in declared().values()}
    for more in of_plays:
        for event, acts in more.items():
            causes[event] = (*causes[event], *acts)
    return {event: cast("tuple[Reaction, ...]", (*acts, programs.queue_webhooks)) for event, acts in causes.items()}


REACTIONS = _with_webhooks()


def reactions_now() -> Reactions:
    """Return the table without the webhooks that nobody has asked for: what a worker needs for its next few events."""
    wanted = programs.wanted_events()
    return {event: acts if event.NAME in wanted else acts[:-1] for event, acts in REACTIONS.items()}

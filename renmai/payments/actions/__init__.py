"""What can be done with money at providers. Whoever moves an order along with it does so in one transaction with these."""

from renmai.payments.actions.capturing import Coming, Waiting, capture_each, hold_waiting
from renmai.payments.actions.history import PastPayment, PastRefund, record_past
from renmai.payments.actions.notices import read_notification, record_notice
from renmai.payments.actions.paying import (
    Bill,
    Capture,
    PaymentStart,
    Settle,
    close_payments,
    query_payment,
    query_pending_payments,
    record_capture,
    record_failure,
    start_payment,
)
from renmai.payments.actions.payouts import finish_payout, forget_payees, request_payout, submit_payouts
from renmai.payments.actions.reconciling import Disagreement, compare_bill, compare_yesterdays_bills
from renmai.payments.actions.refunds import (
    finish_refund,
    refund_for_reference,
    refunds_of_cause,
    request_refund,
    retry_refund,
    submit_refunds,
)
from renmai.payments.providers.base import Answer, Notice, Outcome, Subject
from renmai.payments.providers.sandbox.delivery import deliver_sandbox_notices

__all__ = [
    "Answer",
    "Bill",
    "Capture",
    "Coming",
    "Disagreement",
    "Notice",
    "Outcome",
    "PastPayment",
    "PastRefund",
    "PaymentStart",
    "Settle",
    "Subject",
    "Waiting",
    "capture_each",
    "close_payments",
    "compare_bill",
    "compare_yesterdays_bills",
    "deliver_sandbox_notices",
    "finish_payout",
    "finish_refund",
    "forget_payees",
    "hold_waiting",
    "query_payment",
    "query_pending_payments",
    "read_notification",
    "record_capture",
    "record_failure",
    "record_notice",
    "record_past",
    "refund_for_reference",
    "refunds_of_cause",
    "request_payout",
    "request_refund",
    "retry_refund",
    "start_payment",
    "submit_payouts",
    "submit_refunds",
]

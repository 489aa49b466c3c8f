"""The one table of what happens by the clock: each sweep takes a limit and says how much it did.

A sweep finds what is due in the database, so a worker that was away for a day catches up; two workers side by side do no harm,
because every change is conditional.
"""

import logging
from datetime import datetime, timedelta

from renmai.accounts.actions import forget_attempts
from renmai.alerts import actions as alerts
from renmai.alerts.actions.refitting import refit
from renmai.campaigns import actions as campaigns
from renmai.campaigns.plays import Timer, plays
from renmai.channels.actions import forget_texts, send_waiting_texts
from renmai.distribution.actions import thaw_due
from renmai.fraud import actions as fraud
from renmai.fraud import pyramid
from renmai.insight.experiments.actions import guard_experiments
from renmai.insight.portraits import actions as portraits
from renmai.insight.spread.actions import flag_worn_out
from renmai.insight.spread.openings import learn_reach
from renmai.insight.stream import actions as stream
from renmai.insight.stream.gleaning import glean
from renmai.insight.stream.store import days, files
from renmai.insight.value import actions as value
from renmai.journeys import after_sale, cancelling, deleting, forgetting, paying, pledges, receiving, settling, uploads
from renmai.kernel import clock
from renmai.kernel.errors import told_of
from renmai.kernel.outbox import raise_alert
from renmai.ledger.actions import expire_held
from renmai.matching import actions as matching
from renmai.ordering.actions.shipping import report_late
from renmai.payments import actions as payments
from renmai.payments.providers.sandbox.delivery import deliver_sandbox_notices
from renmai.programs.deliveries import deliver_webhooks
from renmai.project import consumers
from renmai.project.looks import look_at_goods
from renmai.sharing.actions import end_expired_bindings
from renmai.trust import actions as trust

logger = logging.getLogger(__name__)


TIMERS: tuple[Timer, ...] = (
    Timer("payments.sandbox_notices", 1, deliver_sandbox_notices),
    Timer("payments.query", 5, paying.sweep_pending),
    Timer("payments.refunds", 2, payments.submit_refunds),
    Timer("payments.payouts", 5, payments.submit_payouts),
    Timer("payments.bill", 6 * 3600, payments.compare_yesterdays_bills),
    Timer("ledger.expire", 60, expire_held),
    Timer("orders.cancel", 10, cancelling.cancel_overdue),
    Timer("orders.receive", 60, receiving.auto_receive),
    Timer("orders.settle", 60, settling.settle_due),
    Timer("orders.after_sales", 60, after_sale.close_overdue),
    Timer("orders.late_parcels", 300, report_late),
    Timer("commission.thaw", 60, thaw_due),
    Timer("fraud.traces", 60, fraud.gather, batch=500),
    Timer("fraud.pyramid", 24 * 3600, pyramid.watch),
    Timer("bindings.expire", 300, end_expired_bindings),
    Timer("trust.past", 24 * 3600, trust.record_past),
    Timer("trust.past_pledges", 24 * 3600, pledges.record_past),
    Timer("trust.visits", 60, trust.gather_visits, batch=500),
    Timer("trust.standings", 300, trust.refresh_standings, batch=200),
    Timer("trust.learn", 24 * 3600, trust.learn),
    Timer("channels.texts", 5, send_waiting_texts),
    Timer("channels.forget", 3600, forget_texts),
    Timer("accounts.forget", 3600, forget_attempts),
    Timer("accounts.stragglers", 3600, deleting.erase_stragglers, batch=50),
    Timer("uploads.sweep", 24 * 3600, uploads.sweep),
    Timer("looks.forget_unagreed", 3600, forgetting.forget_unagreed, batch=200),
    Timer("campaigns.end", 30, campaigns.close_overdue),
    Timer("campaigns.guard", 300, campaigns.guard_campaigns),
    Timer("campaigns.wear", 6 * 3600, flag_worn_out),
    Timer("campaigns.rewards", 60, campaigns.give_due_rewards),
    Timer("stream.glean", 0, glean, batch=500),
    Timer("stream.readers", 0, consumers.deliver, batch=500),
    Timer("stream.compact", 3600, days.compact, batch=10),
    Timer("stream.forget_readers", 24 * 3600, consumers.forget_readers),
    Timer("stream.forget_in_files", 5, days.forget_in_files, batch=20),
    Timer("stream.sweep_files", 3600, files.sweep),
    Timer("stream.forget_asides", 3600, stream.forget_asides),
    Timer("sharing.reach", 3600, learn_reach),
    Timer("experiments.guard", 3600, guard_experiments),
    Timer("value.learn", 3600, value.learn_anew),
    Timer("value.work_out", 30, value.work_out, batch=1_000),
    Timer("value.funnels", 15, value.count_funnels, batch=1),
    Timer("portraits.refresh", 5, portraits.refresh_due, batch=200),
    Timer("portraits.unseen", 3600, portraits.find_unseen, batch=500),
    Timer("portraits.recount", 60, portraits.recount, batch=500),
    Timer("matching.looks", 600, look_at_goods, batch=200),
    Timer("matching.judge", 3600, matching.judge_goods),
    Timer("matching.refit", 3600, matching.refit),
    Timer("matching.lists", 20, matching.refresh_selections, batch=200),
    Timer("matching.compare", 3600, matching.compare_strategies),
    Timer("alerts.overdue", 10, alerts.miss_overdue),
    Timer("alerts.visits", 30, alerts.follow_visits),
    Timer("alerts.refit", 6 * 3600, refit),
    Timer("webhooks", 2, deliver_webhooks, batch=20),
    *(timer for each in plays().values() for timer in each.timers()),
)

_next_run: dict[str, datetime] = {}


AHEAD = frozenset(
    {
        "matching.looks",
        "matching.lists",
        "matching.judge",
        "matching.refit",
        "matching.compare",
        "value.learn",
        "value.work_out",
        "value.funnels",
        "portraits.recount",
        "alerts.refit",
        "trust.learn",
        "campaigns.wear",
        "sharing.reach",
    }
)
"""What is made ahead for readers, and only its last state is ever read: nobody reads while a clock leaps through months."""


def run_due(*, but: frozenset[str] = frozenset()) -> int:
    """Run every timer whose time has come and return how much they did. A failing sweep is logged, alerted and tried again.

    Timers named in ``but`` are left for later.
    """
    return sum(_run(timer) for timer in TIMERS if timer.name not in but and _is_due(timer))


def start_over() -> None:
    """Forget when each timer ran last: for a world that begins anew."""
    _next_run.clear()


def run_all(*, but: frozenset[str] = frozenset()) -> int:
    """Run every timer once, whatever its time, for tests and the demo's moving clock; those named in ``but`` are left for later."""
    return sum(_run(timer) for timer in TIMERS if timer.name not in but)


def _is_due(timer: Timer) -> bool:
    """Whether its time has come, or the clock was turned back: nothing is ever further away than one interval."""
    until_then = _next_run.get(timer.name, clock.now()) - clock.now()
    return until_then <= timedelta(0) or until_then > timedelta(seconds=timer.every_seconds)


def _run(timer: Timer) -> int:
    try:
        done = timer.sweep(timer.batch)
    except Exception as error:
        logger.exception("timer %s failed", timer.name)
        raise_alert("timer.failed", timer.name, told_of(error))
        done = 0
    wait = timedelta(0) if done >= timer.batch else timedelta(seconds=timer.every_seconds)
    _next_run[timer.name] = clock.now() + wait
    return done

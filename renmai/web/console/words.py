"""The system's own words for what is stored as a code: acts, things, alerts, moves, accounts, permissions."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from renmai.accounts.policies import Permission
from renmai.catalogue.models import StockMovement
from renmai.policy.rules import Occupation, Rule
from renmai.web.console.amounts import percent
from renmai.web.ui import formats

Words = Mapping[str, "str | Promise"]

ACTS: Words = {
    "after_sale.approved": _("Approved a claim"),
    "after_sale.goods_back": _("Took goods back in"),
    "after_sale.rejected": _("Rejected a claim"),
    "agent.activated": _("Reactivated an agent"),
    "agent.active": _("Reactivated an agent"),
    "agent.closed": _("Closed an agent"),
    "agent.leader": _("Appointed who leads an agent's team"),
    "agent.suspended": _("Suspended an agent"),
    "alert.resolve": _("Resolved an alert"),
    "campaign.approved": _("Approved a campaign"),
    "campaign.changed": _("Changed a campaign"),
    "campaign.asked": _("Asked people to pass a campaign on"),
    "campaign.tried": _("Let an experiment vary a campaign's terms"),
    "campaign.composed": _("Composed a campaign"),
    "campaign.launched": _("Launched a campaign"),
    "campaign.paused": _("Paused a campaign"),
    "campaign.resumed": _("Resumed a campaign"),
    "campaign.sent_back": _("Sent a campaign back"),
    "campaign.stopped": _("Stopped a campaign"),
    "campaign.submitted": _("Asked for a second look at a campaign"),
    "catalogue.category": _("Changed a category"),
    "catalogue.freight_template": _("Changed freight"),
    "catalogue.picture_added": _("Added a picture"),
    "catalogue.picture_removed": _("Removed a picture"),
    "catalogue.pictures_ordered": _("Put pictures in order"),
    "catalogue.price": _("Changed a price"),
    "catalogue.product_changed": _("Changed a product"),
    "catalogue.product_created": _("Began a product"),
    "catalogue.product_delisted": _("Took a product off sale"),
    "catalogue.product_listed": _("Put a product on sale"),
    "catalogue.skus": _("Changed variants"),
    "catalogue.stock_count": _("Counted stock"),
    "catalogue.stock_feed": _("Read a stock feed"),
    "catalogue.supplier": _("Changed a supplier"),
    "catalogue.synonym_added": _("Added a synonym"),
    "catalogue.synonym_removed": _("Removed a synonym"),
    "catalogue.wholesale": _("Changed a wholesale price"),
    "experiment.changed": _("Changed an experiment"),
    "experiment.composed": _("Composed an experiment"),
    "experiment.decided": _("Decided an experiment"),
    "experiment.started": _("Started an experiment"),
    "experiment.stopped": _("Stopped an experiment"),
    "experiment.widened": _("Let more people take part in an experiment"),
    "customer.browser_separated": _("Took a browser out of a customer's portrait"),
    "customer.deleted": _("Deleted a customer's account at her wish"),
    "matching.lifted": _("Let a product be recommended again"),
    "order.cancelled": _("Cancelled an order"),
    "order.counter_sale": _("Sold at the counter"),
    "order.handed_over": _("Handed an order over"),
    "orders.ship": _("Shipped parcels"),
    "product.rate": _("Changed a commission"),
    "refund.retried": _("Sent a refund once more"),
    "portrait.seen": _("Looked at a customer's portrait"),
    "post.approved": _("Approved a post"),
    "post.changed": _("Changed a post of the shop"),
    "post.composed": _("Began a post of the shop"),
    "post.published": _("Published a post of the shop"),
    "post.sent_back": _("Sent a post back"),
    "post.submitted": _("Asked for a second look at a post"),
    "post.withdrawn": _("Withdrew a post"),
    "presale.called_off": _("Called a pre-sale off"),
    "reward.refused": _("Refused a reward"),
    "reward.released": _("Released a reward"),
    "scene.changed": _("Changed a scene"),
    "scene.composed": _("Began a scene"),
    "scene.picture_added": _("Added a picture for scenes"),
    "scene.published": _("Published a scene"),
    "scene.withdrawn": _("Withdrew a scene"),
    "suggestion.answered": _("Answered a suggestion"),
    "suggestion.declined": _("Declined a suggestion"),
    "suggestion.taken_up": _("Took a suggestion up"),
    "matching.segment_begun": _("Had goods chosen for a segment"),
    "matching.segment_given_up": _("Gave up a segment's goods"),
    "segment.archived": _("Put a segment away"),
    "segment.changed": _("Changed a segment"),
    "segment.composed": _("Composed a segment"),
    "settings.change": _("Changed a setting"),
    "sharing.lift_pause": _("Ended a pause of sharing"),
    "shipment.delivered": _("Marked a parcel as delivered"),
    "shipment.shipped": _("Shipped a parcel"),
    "staff.close": _("Closed a staff account"),
    "staff.confirm": _("Confirmed that it was really her"),
    "staff.create": _("Added somebody to the staff"),
    "staff.password": _("Changed the own password"),
    "staff.recovery_codes": _("Made new recovery codes"),
    "staff.reopen": _("Reopened a staff account"),
    "staff.roles": _("Changed roles"),
    "staff.sign_in": _("Signed in"),
    "staff.sign_out_everywhere": _("Signed out everywhere"),
    "staff.totp_confirm": _("Set up an authenticator app"),
    "staff.totp_reset": _("Reset a second factor"),
    "topic.added": _("Added a topic"),
    "topic.changed": _("Changed a topic"),
    "token.create": _("Made an API key"),
    "token.revoke": _("Ended an API key"),
    "webhook.add": _("Added a webhook"),
    "webhook.repeat": _("Repeated a delivery"),
    "webhook.stop": _("Stopped a webhook"),
    "withdrawal.approved": _("Approved a withdrawal"),
    "withdrawal.rejected": _("Rejected a withdrawal"),
    "withdrawal.reviewed": _("Reviewed a withdrawal"),
}
THINGS: Words = {
    "after_sale": _("Claim"),
    "agent": _("Agent"),
    "alert": _("Alert"),
    "campaign": _("Campaign"),
    "customer": pgettext_lazy("thing", "Customer"),
    "experiment": _("Experiment"),
    "category": _("Category"),
    "freight_template": _("Freight template"),
    "order": _("Order"),
    "pause": _("Pause of sharing"),
    "post": _("Post"),
    "product": _("Product"),
    "suggestion": _("Suggestion"),
    "reward": _("Reward"),
    "scene": _("Scene"),
    "scene_picture": _("Picture of a scene"),
    "setting": _("Setting"),
    "segment": _("Segment"),
    "shipment": _("Parcel"),
    "sku": _("Variant"),
    "supplier": _("Supplier"),
    "token": _("API key"),
    "topic": _("Topic"),
    "user": _("Person"),
    "webhook": _("Webhook"),
    "webhook_delivery": _("Webhook delivery"),
    "withdrawal": _("Withdrawal"),
}
ALERTS: Words = {
    "after_sale.refund_hangs": _("A refund does not arrive"),
    "after_sale.replacement_hangs": _("A replacement was not sent"),
    "after_sale.stuck": _("A claim could not be closed"),
    "campaign.no_giver": _("Rewards wait: no open campaign hands them out"),
    "campaign.stopped": _("A guardrail stopped a campaign"),
    "campaign.worn_out": _("A campaign spreads less than before"),
    "experiment.deal": _("People of an experiment were not dealt out as planned"),
    "experiment.stopped": _("A guardrail stopped an experiment"),
    "matching.model": _("The model of the lists cannot serve"),
    "outbox.dead": _("An event could not be handled"),
    "payments.bill": _("The provider's bill differs from our books"),
    "payments.mismatch": _("The provider says something else than we know"),
    "payments.no_order": _("A payment without an order"),
    "payments.payout": _("A payout could not be sent"),
    "payments.query": _("A payment could not be asked about"),
    "payments.refund": _("A refund could not be sent"),
    "payments.refund_failed": _("The provider refused a refund"),
    "payments.wrong_amount": _("A payment of the wrong amount"),
    "pyramid.line": _("A line of agents reached the criminal line"),
    "pyramid.money": _("Agents' money that no sale explains"),
    "pyramid.near": _("A line of agents comes near the criminal line"),
    "pyramid.team": _("A line of agents lives on the sales of others"),
    "pyramid.tower": _("A line of agents grows like a tower"),
    "pyramid.upline": _("An agent lives on the sales of others"),
    "shipment.late": _("A parcel is late"),
    "stock.shortage": _("Fewer pieces than are reserved"),
    "timer.failed": _("A timer failed"),
    "timer.stuck": _("A timer cannot move a row"),
    "worker.clock": _("The worker's clock is wrong"),
}
ADVICE: Words = {
    "campaign.no_giver": _(
        "Please launch a campaign of this play that is given “only as a reward of other campaigns”. Whatever waits is handed out "
        "within minutes, and this alert closes itself."
    ),
}
"""What to do about an alert, where that does not go without saying."""

MOVEMENTS: Words = {
    StockMovement.Kind.FEED: _("Stock feed"),
    StockMovement.Kind.RESERVE: _("Reserved for an order"),
    StockMovement.Kind.RELEASE: _("Given free again"),
    StockMovement.Kind.SELL: _("Sold"),
    StockMovement.Kind.RESTOCK: _("Came back"),
    StockMovement.Kind.IMPORT: _("Import"),
    StockMovement.Kind.FILL: _("Set aside for a campaign"),
    StockMovement.Kind.DRAIN: _("Back from a campaign"),
}
UNITS: Mapping[str, Callable[[int], str]] = {
    "days": lambda count: ngettext("%(count)s day", "%(count)s days", count),
    "years": lambda count: ngettext("%(count)s year", "%(count)s years", count),
    "levels": lambda count: ngettext("%(count)s level", "%(count)s levels", count),
    "messages": lambda count: ngettext("%(count)s message", "%(count)s messages", count),
}
COUNT_PREFIX = "count-"
ACCOUNTS: Words = {
    "provider": _("Money with payment companies"),
    "customers_prepaid": _("Paid in advance by customers"),
    "revenue": _("Revenue"),
    "refunds_expense": _("Refunds after settlement"),
    "commission_expense": _("Commission"),
    "tax_payable": _("Tax withheld"),
    "agent_frozen": _("Agents: frozen"),
    "agent_available": _("Agents: available"),
    "agent_withdrawing": _("Agents: on the way out"),
    "agent_debt": _("Agents: owed to us"),
}
PERMISSIONS: Mapping[Permission, "str | Promise"] = {
    Permission.PRODUCTS_EDIT: _("Edit goods and prices"),
    Permission.STOCK_FEED: _("Feed and count stock"),
    Permission.ORDERS_VIEW: _("See orders"),
    Permission.ORDERS_SHIP: _("Ship and hand over"),
    Permission.AFTER_SALES_DECIDE: _("Decide claims"),
    Permission.REFUNDS_VIEW: _("See refunds"),
    Permission.WITHDRAWALS_REVIEW: _("Review withdrawals"),
    Permission.WITHDRAWALS_APPROVE: _("Approve withdrawals"),
    Permission.AGENTS_MANAGE: _("Manage agents"),
    Permission.ATTRIBUTION_VIEW: _("See attribution"),
    Permission.FIGURES_VIEW: _("See figures"),
    Permission.CAMPAIGNS_VIEW: _("See campaigns"),
    Permission.CAMPAIGNS_MANAGE: _("Compose and run campaigns"),
    Permission.CUSTOMERS_VIEW: _("See customers' portraits"),
    Permission.CUSTOMERS_CORRECT: _("Delete accounts and correct portraits at customers' wish"),
    Permission.EXPERIMENTS_MANAGE: _("Run experiments"),
    Permission.MATCHING_MANAGE: _("Choose how goods are matched"),
    Permission.CAMPAIGNS_APPROVE: _("Give campaigns a second look"),
    Permission.CONTENT_MANAGE: _("Write and review posts"),
    Permission.REWARDS_DECIDE: _("Decide on held rewards"),
    Permission.SETTINGS_CHANGE: _("Change settings and rates"),
    Permission.POLICY_VIEW: _("See policy and settings"),
    Permission.AUDIT_VIEW: _("See the audit and the books"),
    Permission.LOG_VIEW: _("See the log"),
    Permission.STAFF_MANAGE: _("Manage the staff"),
    Permission.API_MANAGE: _("Manage keys and webhooks"),
}


def act(code: str) -> str:
    """Return the words for an act, its code when there are none."""
    return str(ACTS.get(code, code))


def thing(object_type: str) -> str:
    """Return the words for a kind of thing, its code when there are none."""
    return str(THINGS.get(object_type, object_type))


def alert(code: str) -> str:
    """Return the words for an alert, its code when there are none."""
    return str(ALERTS.get(code, code))


def advice(code: str) -> str:
    """Return what to do about an alert; empty where its own words and its link say it."""
    return str(ADVICE.get(code, ""))


def movement(move: StockMovement) -> str:
    """Return the words for a move of pieces; a count by hand is no feed."""
    if move.reference.startswith(COUNT_PREFIX):
        return gettext("Counted by hand")
    return str(MOVEMENTS.get(move.kind, move.kind))


def limit(rule: Rule) -> str:
    """Return the value of a rule in the unit in which people think: percent, yuan, names."""
    if isinstance(rule.value, frozenset):
        return ", ".join(str(Occupation(name).label) for name in sorted(rule.value))
    if type(rule.value) is not int:
        return rule.shown_value
    if rule.unit == "basis points":
        return f"{percent(rule.value)} %"
    if rule.unit == "fen":
        return formats.money_text(rule.value)
    units = UNITS.get(rule.unit)
    return units(rule.value) % {"count": rule.value} if units else f"{rule.value} {rule.unit}"


def translated(text: str) -> str:
    """Return a sentence that was stored in English in the active language."""
    return gettext(text) if text else ""

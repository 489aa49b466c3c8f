"""What messages say. A message keeps its kind and the facts; the sentence is made when it is read, in the reader's language.

Facts are JSON: ``…_fen`` is an amount (with ``currency``), ``…_zh`` and ``…_en`` a text in both languages, the rest stands as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.catalogue.models import in_language
from renmai.kernel.money import spell
from renmai.ordering.actions.shipping import CARRIERS

Facts = Mapping[str, str | int]
Text = str | Promise


@dataclass(frozen=True)
class Template:
    """The words of one kind of message. ``group`` is the heading it belongs to, ``icon`` a name of the icon set."""

    group: str
    icon: str
    title: Text
    body: Text


TEMPLATES: dict[str, Template] = {
    "order_paid": Template(
        "order", "receipt", _("Payment received"), _("Order %(order)s is paid: %(amount)s. The goods are being packed.")
    ),
    "order_paid_waits": Template(
        "order",
        "clock",
        _("Payment received"),
        _(
            "Order %(order)s is paid: %(amount)s. It is packed as soon as what it waits for comes true; if not, the money goes back."
        ),
    ),
    "order_released": Template("order", "check-circle", _("It has come together"), _("Order %(order)s is being packed now.")),
    "order_cancelled": Template("order", "close", _("Order cancelled"), _("Order %(order)s was cancelled.")),
    "order_unpaid": Template(
        "order",
        "clock",
        _("Order closed"),
        _("Order %(order)s was not paid in time and is closed. You can order the goods again."),
    ),
    "parcel_shipped": Template(
        "order",
        "truck",
        _("Your parcel is on its way"),
        _("Order %(order)s left with %(carrier)s, tracking number %(tracking)s."),
    ),
    "order_received": Template(
        "order",
        "box",
        _("Order received"),
        _("Order %(order)s has arrived. Should something be wrong, you can ask for after-sales until %(until)s."),
    ),
    "after_sale_opened": Template(
        "after_sale", "refund", _("Request received"), _("We are looking at your request about “%(title)s”.")
    ),
    "after_sale_done": Template(
        "after_sale", "check-circle", _("Request completed"), _("Your request about “%(title)s” is done.")
    ),
    "after_sale_rejected": Template(
        "after_sale",
        "info",
        _("Request not accepted"),
        _("Your request about “%(title)s” was not accepted: %(answer)s"),
    ),
    "after_sale_cancelled": Template(
        "after_sale", "close", _("Request closed"), _("Your request about “%(title)s” is closed without a refund.")
    ),
    "refund_succeeded": Template(
        "after_sale",
        "refund",
        _("Refund arrived"),
        _("%(amount)s of order %(order)s went back the way you paid."),
    ),
    "suggestion_answered": Template(
        "suggestion",
        "message",
        _("Your suggestion was answered"),
        _("About “%(title)s”: %(answer)s"),
    ),
    "suggestion_declined": Template(
        "suggestion", "info", _("Your suggestion is not taken up"), _("About “%(title)s”: %(answer)s")
    ),
    "suggestion_taken_up": Template(
        "suggestion",
        "check-circle",
        _("Your suggestion is taken up"),
        _("It changed “%(changed)s”: %(answer)s"),
    ),
    "bound": Template(
        "binding",
        "shop",
        _("You are now with “%(shop)s”"),
        _("You bought through this shop. It looks after you when you come without a shared link."),
    ),
    "customer_bound": Template("binding", "customers", _("A new customer"), _("%(customer)s is now with your shop.")),
    "commission_created": Template(
        "income",
        "income",
        _("Commission created"),
        _("“%(title)s” was bought through you: %(amount)s, yours once the goods are kept."),
    ),
    "commission_thawed": Template(
        "income", "wallet", _("Commission available"), _("“%(title)s” was kept: %(amount)s can be withdrawn.")
    ),
    "commission_reversed": Template(
        "income", "refund", _("Commission taken back"), _("“%(title)s” was refunded: %(amount)s was taken back.")
    ),
    "commission_owed": Template(
        "income",
        "warning",
        _("Commission owed"),
        _(
            "“%(title)s” was refunded: %(amount)s is taken back. %(debt)s of it had been used already; what is available "
            "and later commissions repay it."
        ),
    ),
    "withdrawal_approved": Template(
        "income", "wallet", _("Withdrawal approved"), _("Withdrawal %(withdrawal)s of %(amount)s is being paid.")
    ),
    "withdrawal_paid": Template(
        "income",
        "check-circle",
        _("Withdrawal paid"),
        _("Withdrawal %(withdrawal)s is paid: %(net)s to you, %(tax)s tax withheld."),
    ),
    "withdrawal_rejected": Template(
        "income",
        "info",
        _("Withdrawal not approved"),
        _("Withdrawal %(withdrawal)s was not approved: %(reason)s The money is available again."),
    ),
    "sharing_paused": Template(
        "binding",
        "warning",
        _("No new links for a while"),
        _(
            "Somebody complained about what you shared. Until %(until)s you make no new links; those you have still work. "
            "The pause ends by itself then, or earlier when our service finds that it was no fault of yours."
        ),
    ),
    "sharing_resumed": Template(
        "binding",
        "check-circle",
        _("You can share again"),
        _("Our service looked into the complaint and ended the pause: new links work from now on."),
    ),
    "alerts_missed": Template(
        "binding",
        "clock",
        _("A tip passed unanswered"),
        _(
            "Tips of %(day)s whose time passed without an answer: %(count)s. Sharing or setting aside both count as an answer; "
            "your leader reads how many, never of whom."
        ),
    ),
    "team_missed": Template(
        "binding",
        "customers",
        _("Tips missed in your team"),
        _("%(agent)s let tips of %(day)s pass without an answer: %(count)s. Ask how she is before you ask why."),
    ),
    "campaign_ask": Template(
        "binding",
        "share",
        _("Would you tell your friends of “%(title)s”?"),
        _(
            "We think that people you know would like it. Your own link stands on its page. You need not do anything, and we ask you once; "
            "whether we may write to you of such things you say under “Privacy”."
        ),
    ),
    "signed_in_elsewhere": Template(
        "account",
        "lock",
        _("Signed in with a new browser"),
        _("Your account was opened with a browser that is new to us: %(browser)s. Was it not you? Then sign out everywhere."),
    ),
    "signed_in_unknown": Template(
        "account",
        "lock",
        _("Signed in with a new browser"),
        _("Your account was opened with a browser that is new to us. Was it not you? Then sign out everywhere."),
    ),
    "withdrawal_failed": Template(
        "income",
        "warning",
        _("Withdrawal failed"),
        _("%(amount)s of withdrawal %(withdrawal)s could not be paid and is back. Please check your payout account."),
    ),
}

GROUPS: dict[str, Text] = {
    "order": pgettext_lazy("messages", "Orders"),
    "after_sale": _("After-sales"),
    "suggestion": _("Suggestions"),
    "binding": _("Relations"),
    "income": _("Income"),
    "account": _("Account"),
}


def add_texts(texts: Mapping[str, Template]) -> None:
    """Let a play say things of its own: its kinds of messages, which must be new."""
    if taken := set(texts) & set(TEMPLATES):
        raise AssertionError(f"texts of {sorted(taken)} are there already")
    TEMPLATES.update(texts)


def written(kind: str, facts: Facts) -> tuple[str, str]:
    """Return title and body of a message in the active language. Raises ``KeyError`` for a kind or a fact that is missing."""
    template = TEMPLATES[kind]
    words = _words(facts)
    return str(template.title) % words, str(template.body) % words


def _words(facts: Facts) -> dict[str, str]:
    currency = str(facts.get("currency", "CNY"))
    words = {}
    for name, value in facts.items():
        if name.endswith("_fen"):
            words[name.removesuffix("_fen")] = spell(int(value), currency)
        elif name.endswith("_zh"):
            stem = name.removesuffix("_zh")
            words[stem] = in_language(str(value), str(facts.get(f"{stem}_en", "")))
        elif name == "carrier":
            words[name] = str(dict(CARRIERS).get(str(value), value))
        else:
            words[name] = str(value)
    return words

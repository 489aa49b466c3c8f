"""Settings as people read and type them, and what a value would mean: one sentence per setting, by the shop's own figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.dateformat import format as date_text
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from renmai.alerts import queries as alerts
from renmai.catalogue.queries import desk
from renmai.content.actions.filming import MEBIBYTE
from renmai.content.queries import count_videos
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.money import BASIS_POINTS, share_of
from renmai.policy import settings_table
from renmai.policy.rules import Decision
from renmai.policy.settings_table import Setting, Value
from renmai.web.console.amounts import hundredths, percent, yuan
from renmai.web.ui import formats

SAMPLE_FEN: Final = 10_000
IN_PERCENT: Final = "_basis_points"
IN_YUAN: Final = "_fen"
GROUPS: Final[dict[str, "str | Promise"]] = {
    "order": gettext_lazy("Orders and payment"),
    "after_sale": gettext_lazy("After-sales"),
    "attribution": gettext_lazy("Attribution"),
    "binding": gettext_lazy("Customers and their agents"),
    "commission": gettext_lazy("Commission"),
    "withdrawal": gettext_lazy("Withdrawals"),
    "shop": gettext_lazy("The shop"),
    "pickup": gettext_lazy("Pickup"),
    "reviews": gettext_lazy("Reviews"),
    "content": gettext_lazy("Content"),
    "stream": gettext_lazy("Events"),
    "stock": gettext_lazy("Stock"),
    "value": gettext_lazy("Lifetime value"),
    "trust": gettext_lazy("Trust and messages"),
    "matching": gettext_lazy("Matching"),
    "alerts": gettext_lazy("Alerts to agents"),
}

COUNTED: Final[dict[str, Callable[[int], str]]] = {
    "_days": lambda count: ngettext("%(count)s day", "%(count)s days", count),
    ".days": lambda count: ngettext("%(count)s day", "%(count)s days", count),
    "_hours": lambda count: ngettext("%(count)s hour", "%(count)s hours", count),
    "_minutes": lambda count: ngettext("%(count)s minute", "%(count)s minutes", count),
    ".depth": lambda count: ngettext("%(count)s level", "%(count)s levels", count),
    "_seconds": lambda count: ngettext("%(count)s second", "%(count)s seconds", count),
    "_mebibytes": lambda count: f"{count} MB",
    "_cap": lambda count: ngettext("%(count)s time", "%(count)s times", count),
    ".low": lambda count: ngettext("%(count)s piece", "%(count)s pieces", count),
    "_daily": lambda count: ngettext("%(count)s time", "%(count)s times", count),
}


@dataclass(frozen=True)
class Verdict:
    """What a value would mean and whether it may be: ``problem`` when it cannot even be read."""

    value: Value | None
    text: str
    effect: str
    decision: Decision | None
    problem: str = ""
    is_same: bool = False


def typed_unit(setting: Setting) -> str:
    """Return the unit in which a setting is typed: percent and yuan instead of their hundredths."""
    if setting.key.endswith(IN_PERCENT):
        return "%"
    return "¥" if setting.key.endswith(IN_YUAN) else str(setting.unit)


def field_text(setting: Setting, value: Value) -> str:
    """Return a value as its field shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and setting.key.endswith(IN_PERCENT):
        return percent(value)
    if isinstance(value, int) and setting.key.endswith(IN_YUAN):
        return yuan(value)
    return str(value)


def value_text(setting: Setting, value: Value) -> str:
    """Return a value with its unit, as a table shows it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if setting.choices:
        return str(dict(setting.choices).get(str(value), value))
    if setting.key.endswith(IN_YUAN):
        return formats.money_text(int(value))
    for ending, count in COUNTED.items():
        if setting.key.endswith(ending):
            return count(int(value)) % {"count": value}
    return f"{field_text(setting, value)} {typed_unit(setting)}".strip()


def bounds_text(setting: Setting) -> str:
    """Return what may be chosen, in the unit in which it is typed."""
    if setting.is_free_text:
        return setting.allowed
    if type(setting.default) is not int:
        return ", ".join(str(title) for _name, title in setting.choices) or str(_("yes or no"))
    return f"{field_text(setting, setting.minimum)} – {value_text(setting, setting.maximum)}"


def parsed(setting: Setting, text: str) -> Value:
    """Return what was typed; raises ``policy.value`` when it means nothing within the bounds."""
    if setting.key.endswith((IN_PERCENT, IN_YUAN)):
        amount = hundredths(text)
        if amount is None or not setting.fits(amount):
            raise DomainError("policy.value", field="value", allowed=bounds_text(setting))
        return amount
    return settings_table.parse(setting.key, text)


def verdict(setting: Setting, text: str, now: Value) -> Verdict:
    """Return what would come of a value that somebody types."""
    try:
        value = parsed(setting, text)
    except DomainError as error:
        return Verdict(None, text, "", None, error.sentence)
    return Verdict(
        value, value_text(setting, value), effect(setting.key, value), settings_table.judge(setting, value), is_same=value == now
    )


def effect(key: str, value: Value) -> str:
    """Return what a value means, in a sentence with today's dates and the shop's own figures."""
    say = EFFECTS.get(key)
    return say(value) if say else ""


def _in_days(sentence: Promise) -> Callable[[Value], str]:
    """A sentence with the day that lies so many days ahead."""

    def say(value: Value) -> str:
        when = clock.now() + timedelta(days=int(value))
        return str(sentence) % {"day": _day(when)}

    return say


def _in_hours(sentence: Promise) -> Callable[[Value], str]:
    """A sentence with the moment that lies so many hours ahead."""

    def say(value: Value) -> str:
        when = clock.now() + timedelta(hours=int(value))
        return str(sentence) % {"moment": formats.moment_text(when)}

    return say


def _in_minutes(value: Value) -> str:
    when = formats.local(clock.now() + timedelta(minutes=int(value)))
    return _("An order placed now and not paid by %(time)s is cancelled, and its goods are free again.") % {
        "time": date_text(when, "H:i")
    }


def _binding(value: Value) -> str:
    if not value:
        return _("A customer who is bound today stays with her agent for ever.")
    when = clock.now() + timedelta(days=int(value))
    return _("A customer who is bound today stays with her agent until %(day)s.") % {"day": _day(when)}


def _share(sentence: Promise) -> Callable[[Value], str]:
    def say(value: Value) -> str:
        amount = formats.money_text(share_of(SAMPLE_FEN, basis_points=int(value)))
        return str(sentence) % {"paid": formats.money_text(SAMPLE_FEN), "amount": amount}

    return say


def _depth(value: Value) -> str:
    if value == 1:
        return _("Only who recommended the goods earns on an order.")
    return ngettext(
        "Who recommended the goods earns, and %(more)s further person above her.",
        "Who recommended the goods earns, and %(more)s further people above her.",
        int(value) - 1,
    ) % {"more": int(value) - 1}


def _layer(value: Value) -> str:
    if value == "leader":
        return _("Where a second level earns, it is who leads the agent's team; who introduced her earns nothing.")
    return _("Where a second level earns, it is who introduced the agent; who leads her team earns nothing.")


def _minimum(value: Value) -> str:
    return _("An agent can withdraw %(amount)s or more.") % {"amount": formats.money_text(int(value))}


def _model(value: Value) -> str:
    if value == "direct":
        return _("Orders are still attributed, and no commission is created from now on. What was earned stays earned.")
    return _("Who recommends goods earns a commission on orders that are kept.")


def _pickup(value: Value) -> str:
    return _("Checkout offers pickup beside delivery.") if value else _("Checkout offers delivery only.")


def _hot(value: Value) -> str:
    day = _day(clock.now() - timedelta(days=int(value)))
    return _("Events before %(day)s are kept in files. Everything that looks back further reads them there.") % {"day": day}


def _place(value: Value) -> str:
    if value:
        return _("Customers who fetch their goods read: %(place)s") % {"place": value}
    return _("Customers who fetch their goods read no address.")


def _return_address(value: Value) -> str:
    if value:
        return _("Customers who send goods back read: %(place)s") % {"place": value}
    return _("Customers who send goods back read the supplier's name only.")


def _mute_bound(value: Value) -> str:
    return _("A campaign stops by itself when surely more than %(share)s %% of its readers mute somebody over it.") % {
        "share": percent(int(value))
    }


def _lots(value: Value) -> str:
    if not value:
        return _("Every push is decided by its price, and nothing new is learnt of what tires.")
    return _("Each week %(share)s %% of ties are pushed to more or less often by lot.") % {"share": percent(int(value))}


def _quiet(sentence: Promise) -> Callable[[Value], str]:
    return lambda value: str(sentence) % {"hour": f"{int(value):02d}:00"}


def _cap(sentence: Promise) -> Callable[[Value], str]:
    return lambda value: str(sentence) % {"count": value} if value else _("Nobody is written to at all.")


def _strategy(value: Value) -> str:
    if value == "personal":
        return _(
            "Agents get goods that suit their customers, members who agree get goods that suit them; everybody else what sells most."
        )
    return _("Every agent, and every member who agrees to recommendations, gets the same goods, chosen this way.")


def _few(value: Value) -> str:
    count = desk.count_low(low_below=int(value))
    return ngettext(
        "%(count)s product on sale would say that few are left.",
        "%(count)s products on sale would say that few are left.",
        count,
    ) % {"count": count}


def _videos(*, over_milliseconds: int = 0, over_bytes: int = 0) -> str:
    count = count_videos(over_milliseconds=over_milliseconds, over_bytes=over_bytes)
    return ngettext(
        "%(count)s video in a post is beyond that; it stays.", "%(count)s videos in posts are beyond that; they stay.", count
    ) % {"count": count}


def _horizon(value: Value) -> str:
    when = clock.now() + timedelta(days=int(value))
    return _("What a customer is worth today is the margin of what she will buy until %(day)s.") % {"day": _day(when)}


def _discount(value: Value) -> str:
    now = SAMPLE_FEN * BASIS_POINTS // (BASIS_POINTS + int(value))
    return _("%(paid)s that come in a year count as %(amount)s today.") % {
        "paid": formats.money_text(SAMPLE_FEN),
        "amount": formats.money_text(now),
    }


def _parcel(value: Value) -> str:
    return _("Each parcel takes %(amount)s off the margin.") % {"amount": formats.money_text(int(value))}


def _least_chance(value: Value) -> str:
    count = alerts.told_at_least(int(value), days=7)
    return ngettext(
        "%(count)s alert of the last 7 days was at least as sure.",
        "%(count)s alerts of the last 7 days were at least as sure.",
        count,
    ) % {"count": count}


def _deadline(value: Value) -> str:
    when = formats.local(clock.now() + timedelta(minutes=int(value)))
    return _("What an agent is told now must be answered by %(time)s; after that her leader reads that she missed it.") % {
        "time": date_text(when, "H:i")
    }


def _none_at_all(sentence: Promise) -> Callable[[Value], str]:
    """A sentence about how often; 0 switches off."""

    def say(value: Value) -> str:
        return str(sentence) % {"count": value} if value else _("Agents are told nothing.")

    return say


def _day(when: datetime) -> str:
    return date_text(formats.local(when), "Y-m-d")


EFFECTS: Final[dict[str, Callable[[Value], str]]] = {
    "order.pay_minutes": _in_minutes,
    "order.auto_receive_days": _in_days(gettext_lazy("A parcel sent today counts as received on %(day)s.")),
    "after_sale.window_days": _in_days(gettext_lazy("Goods received today can be sent back until the end of %(day)s.")),
    "after_sale.return_address": _return_address,
    "after_sale.answer_hours": _in_hours(gettext_lazy("A claim that comes in now must be answered by %(moment)s.")),
    "after_sale.return_days": _in_days(gettext_lazy("Goods of a claim approved today must be on their way by %(day)s.")),
    "attribution.window_days": _in_days(gettext_lazy("A visit through a link today counts for orders until %(day)s.")),
    "binding.valid_days": _binding,
    "binding.protection_days": _in_days(gettext_lazy("No other agent can take over a customer bound today before %(day)s.")),
    "commission.default_basis_points": _share(
        gettext_lazy("Of %(paid)s paid, the agent earns %(amount)s where a product has no rate of its own.")
    ),
    "commission.depth": _depth,
    "commission.second_layer": _layer,
    "commission.second_basis_points": _share(gettext_lazy("Of %(paid)s paid, the second level earns %(amount)s.")),
    "commission.total_cap_basis_points": _share(
        gettext_lazy("Of %(paid)s paid, all commissions together are at most %(amount)s.")
    ),
    "withdrawal.minimum_fen": _minimum,
    "shop.model": _model,
    "pickup.enabled": _pickup,
    "pickup.place": _place,
    "reviews.days": _in_days(gettext_lazy("Goods received today can be reviewed until %(day)s.")),
    "stream.hot_days": _hot,
    "content.video_seconds": lambda value: _videos(over_milliseconds=int(value) * 1000),
    "content.video_mebibytes": lambda value: _videos(over_bytes=int(value) * MEBIBYTE),
    "stock.low": _few,
    "value.horizon_days": _horizon,
    "value.discount_basis_points": _discount,
    "value.goods_basis_points": _share(gettext_lazy("Of %(paid)s paid for goods, %(amount)s goes to their suppliers.")),
    "value.parcel_fen": _parcel,
    "value.word_of_mouth_basis_points": _share(
        gettext_lazy(
            "Of %(paid)s that a customer is worth, %(amount)s counts for who brought her, and the same part of that goes on to who brought that one."
        )
    ),
    "value.suggestion_basis_points": _share(
        gettext_lazy("Of %(paid)s that buyers are worth by a product, %(amount)s counts for whose suggestion changed it.")
    ),
    "trust.quiet_from": _quiet(gettext_lazy("Nothing is pushed to a customer from %(hour)s on.")),
    "trust.quiet_until": _quiet(gettext_lazy("Pushes begin again at %(hour)s.")),
    "trust.receiver_cap": _cap(gettext_lazy("After %(count)s on one day, all further pushes to a customer wait for the next.")),
    "trust.tie_cap": _cap(gettext_lazy("After %(count)s in seven days, this sharer's further pushes to the customer wait.")),
    "trust.pause_days": _in_days(gettext_lazy("Whoever is complained about today makes no new links before %(day)s.")),
    "trust.payout_hours": _in_hours(
        gettext_lazy("What an agent withdraws now is pledged for %(moment)s; paid later, it counts as a broken word.")
    ),
    "trust.campaign_mute_basis_points": _mute_bound,
    "trust.explored_basis_points": _lots,
    "matching.strategy": _strategy,
    "alerts.minimum_chance_basis_points": _least_chance,
    "alerts.deadline_minutes": _deadline,
    "alerts.customer_daily": _none_at_all(
        gettext_lazy("Whatever a customer looks at, her agent hears of it %(count)s times a day at most.")
    ),
    "alerts.agent_daily": _none_at_all(
        gettext_lazy("However many customers an agent has, she is told %(count)s times a day at most.")
    ),
}

"""The table of settings: what an operator may choose, within which bounds, and which rules stand behind the bounds."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import DomainError
from renmai.policy import rules
from renmai.policy.rules import Decision, Outcome

Value = int | str | bool
MAX_DIGITS = 12
ADDRESS_LENGTH = 200
TRUE_TEXTS = frozenset({"1", "true", "yes", "on"})
FALSE_TEXTS = frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One row: the type is that of ``default``; whole numbers stay within ``minimum`` … ``maximum``, texts within ``choices``.

    A text without choices is free, of at most ``maximum`` printable characters.
    """

    key: str
    default: Value
    title: str | Promise
    unit: str | Promise = ""
    minimum: int = 0
    maximum: int = 0
    choices: tuple[tuple[str, str | Promise], ...] = ()
    rule_keys: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The part of the key before the dot, for headings."""
        return self.key.partition(".")[0]

    @property
    def allowed(self) -> str:
        """What may be chosen, in words."""
        if isinstance(self.default, bool):
            return str(_("yes or no"))
        if isinstance(self.default, int):
            return f"{self.minimum} – {self.maximum}"
        if self.is_free_text:
            return str(_("a text of at most %(most)s characters")) % {"most": self.maximum}
        return ", ".join(name for name, _title in self.choices)

    @property
    def is_free_text(self) -> bool:
        """Whether any short text will do."""
        return isinstance(self.default, str) and not self.choices

    def fits(self, value: object) -> bool:
        """Whether ``value`` is of the right type and within the bounds (rules not asked)."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, bool):
            return True
        if isinstance(value, int):
            return self.minimum <= value <= self.maximum
        if self.is_free_text:
            return len(str(value)) <= self.maximum and (not value or str(value).isprintable())
        return value in {name for name, _title in self.choices}


HOURS, DAYS, MINUTES, CLOCK = _("hours"), _("days"), _("minutes"), _("o'clock")
BASIS_POINTS = _("1/100 of a percent")

SETTINGS: tuple[Setting, ...] = (
    Setting(key="order.pay_minutes", default=30, title=_("Time to pay an order"), unit=MINUTES, minimum=5, maximum=1440),
    Setting(
        key="order.auto_receive_days",
        default=10,
        title=_("An order counts as received this long after shipping"),
        unit=DAYS,
        minimum=3,
        maximum=60,
    ),
    Setting(
        key="after_sale.window_days",
        default=7,
        title=_("Returns are possible this long, counted from the day after receipt"),
        unit=DAYS,
        minimum=0,
        maximum=90,
        rule_keys=("return.window",),
    ),
    Setting(key="after_sale.return_address", default="", title=_("Where goods that come back are sent"), maximum=ADDRESS_LENGTH),
    Setting(
        key="after_sale.answer_hours",
        default=48,
        title=_("Time to answer an after-sales request"),
        unit=HOURS,
        minimum=1,
        maximum=168,
    ),
    Setting(
        key="after_sale.return_days",
        default=7,
        title=_("Time for a customer to send goods back"),
        unit=DAYS,
        minimum=3,
        maximum=30,
    ),
    Setting(
        key="attribution.window_days",
        default=15,
        title=_("A visit through a shared link counts this long"),
        unit=DAYS,
        minimum=1,
        maximum=90,
    ),
    Setting(
        key="binding.valid_days",
        default=90,
        title=_("A customer stays with an agent this long (0: for ever)"),
        unit=DAYS,
        minimum=0,
        maximum=3650,
    ),
    Setting(
        key="binding.protection_days",
        default=15,
        title=_("No other agent can take over a new customer this long"),
        unit=DAYS,
        minimum=0,
        maximum=365,
    ),
    Setting(
        key="commission.default_basis_points",
        default=500,
        title=_("Commission where a product has no rate of its own"),
        unit=BASIS_POINTS,
        minimum=0,
        maximum=10_000,
        rule_keys=("commission.ratio",),
    ),
    Setting(
        key="commission.depth",
        default=1,
        title=_("Levels of agents who earn on an order"),
        unit=_("levels"),
        minimum=1,
        maximum=10,
        rule_keys=("commission.depth",),
    ),
    Setting(
        key="commission.second_basis_points",
        default=0,
        title=_("Commission of the second level"),
        unit=BASIS_POINTS,
        minimum=0,
        maximum=10_000,
        rule_keys=("commission.ratio",),
    ),
    Setting(
        key="commission.second_layer",
        default="introducer",
        title=_("Whose the second level is"),
        choices=(("introducer", _("Who introduced the agent")), ("leader", _("Who leads the agent's team"))),
    ),
    Setting(
        key="commission.total_cap_basis_points",
        default=3000,
        title=_("All commissions on an order together"),
        unit=BASIS_POINTS,
        minimum=0,
        maximum=10_000,
        rule_keys=("commission.ratio",),
    ),
    Setting(
        key="withdrawal.minimum_fen",
        default=1000,
        title=_("Smallest withdrawal"),
        unit=_("fen"),
        minimum=1,
        maximum=100_000,
    ),
    Setting(
        key="withdrawal.payout_provider",
        default="sandbox",
        title=_("Who pays withdrawals out"),
        choices=(("sandbox", _("Sandbox")),),
    ),
    Setting(
        key="shop.model",
        default="agent",
        title=_("How the shop sells"),
        choices=(("agent", _("Agents recommend and earn")), ("direct", _("Direct-operated, no commission"))),
    ),
    Setting(key="pickup.enabled", default=True, title=_("Customers may pick goods up")),
    Setting(key="pickup.place", default="", title=_("Where customers pick goods up"), maximum=ADDRESS_LENGTH),
    Setting(
        key="reviews.days",
        default=30,
        title=_("Reviews are possible this long after receipt"),
        unit=DAYS,
        minimum=7,
        maximum=365,
    ),
    Setting(
        key="stream.hot_days",
        default=7,
        title=_("What people do in the shop stays in the database this long, then in files"),
        unit=DAYS,
        minimum=3,
        maximum=90,
    ),
    Setting(
        key="matching.strategy",
        default="personal",
        title=_("How goods are chosen for agents and members"),
        choices=(
            ("personal", _("For each her own")),
            ("popular", _("What sells most")),
            ("seasonal", _("What the season sells")),
            ("tail", _("What lies in the warehouse")),
            ("fixed", _("The same goods for everybody")),
        ),
    ),
    Setting(key="content.video_seconds", default=60, title=_("Longest video"), unit=_("seconds"), minimum=5, maximum=300),
    Setting(key="content.video_mebibytes", default=30, title=_("Largest video"), unit=_("MB"), minimum=1, maximum=60),
    Setting(
        key="stock.low",
        default=5,
        title=_("Pages say that few are left from this stock on"),
        unit=_("pieces"),
        minimum=0,
        maximum=1000,
    ),
    Setting(
        key="value.horizon_days",
        default=365,
        title=_("A customer's lifetime value looks this far ahead"),
        unit=DAYS,
        minimum=30,
        maximum=1095,
    ),
    Setting(
        key="value.discount_basis_points",
        default=1000,
        title=_("What comes a year later counts less by"),
        unit=BASIS_POINTS,
        minimum=0,
        maximum=5000,
    ),
    Setting(
        key="value.goods_basis_points",
        default=7000,
        title=_("Of the price of goods, this part goes to their suppliers"),
        unit=BASIS_POINTS,
        minimum=0,
        maximum=10_000,
    ),
    Setting(
        key="value.parcel_fen",
        default=600,
        title=_("What sending a parcel costs the shop"),
        unit=_("fen"),
        minimum=0,
        maximum=10_000,
    ),
    Setting(
        key="value.word_of_mouth_basis_points",
        default=5000,
        title=_("Of what a customer is worth, this part belongs to who brought her"),
        unit=BASIS_POINTS,
        minimum=0,
        maximum=9000,
    ),
    Setting(
        key="value.suggestion_basis_points",
        default=1000,
        title=_("Of what buyers of a product are worth by it, this part belongs to whose suggestion changed it"),
        unit=BASIS_POINTS,
        minimum=0,
        maximum=5000,
    ),
    Setting(
        key="trust.quiet_from", default=22, title=_("Nobody is written to from this hour on"), unit=CLOCK, minimum=0, maximum=23
    ),
    Setting(key="trust.quiet_until", default=8, title=_("… until this hour"), unit=CLOCK, minimum=0, maximum=23),
    Setting(
        key="trust.receiver_cap",
        default=2,
        title=_("A customer is written to at most so often a day, by all together"),
        unit=_("times"),
        minimum=0,
        maximum=10,
    ),
    Setting(
        key="trust.tie_cap",
        default=3,
        title=_("… and by the same person at most so often in seven days"),
        unit=_("times"),
        minimum=0,
        maximum=20,
    ),
    Setting(
        key="trust.pause_days",
        default=30,
        title=_("A complaint pauses sharing this long"),
        unit=DAYS,
        minimum=7,
        maximum=365,
    ),
    Setting(key="trust.payout_hours", default=120, title=_("Withdrawals are paid within"), unit=HOURS, minimum=1, maximum=720),
    Setting(
        key="trust.campaign_mute_basis_points",
        default=500,
        title=_("A campaign stops when more of those who opened its links mute somebody over one"),
        unit=BASIS_POINTS,
        minimum=10,
        maximum=10_000,
    ),
    Setting(
        key="trust.explored_basis_points",
        default=800,
        title=_("So many ties are written to more or less often by lot, to learn what tires"),
        unit=BASIS_POINTS,
        minimum=0,
        maximum=1000,
    ),
    Setting(
        key="alerts.minimum_chance_basis_points",
        default=1000,
        title=_("An agent is told of a customer from this chance of a purchase on"),
        unit=BASIS_POINTS,
        minimum=0,
        maximum=10_000,
    ),
    Setting(
        key="alerts.deadline_minutes",
        default=120,
        title=_("Time of an agent to follow up what she is told"),
        unit=MINUTES,
        minimum=5,
        maximum=1440,
    ),
    Setting(
        key="alerts.customer_daily",
        default=3,
        title=_("An agent is told of one customer so often a day at most"),
        unit=_("times"),
        minimum=0,
        maximum=50,
    ),
    Setting(
        key="alerts.agent_daily",
        default=30,
        title=_("An agent is told something so often a day at most"),
        unit=_("times"),
        minimum=0,
        maximum=500,
    ),
)
BY_KEY = {setting.key: setting for setting in SETTINGS}


def get(key: str) -> Setting:
    """Return the row of ``key``; raises ``policy.unknown_setting``."""
    try:
        return BY_KEY[key]
    except KeyError:
        raise DomainError("policy.unknown_setting") from None


def parse(key: str, text: str) -> Value:
    """Return what ``text`` from a form means for ``key``; raises ``policy.value`` when it means nothing within the bounds."""
    setting = get(key)
    cleaned = text.strip()
    value: Value | None = cleaned
    if isinstance(setting.default, bool):
        lowered = cleaned.lower()
        value = lowered in TRUE_TEXTS if lowered in TRUE_TEXTS | FALSE_TEXTS else None
    elif isinstance(setting.default, int):
        is_number = cleaned.isascii() and cleaned.isdigit() and len(cleaned) <= MAX_DIGITS
        value = int(cleaned) if is_number else None
    return check_fit(setting, value)


def check_fit(setting: Setting, value: object) -> Value:
    """Return ``value`` when it fits the row; raises ``policy.value`` otherwise."""
    if not isinstance(value, int | str) or not setting.fits(value):
        raise DomainError("policy.value", field="value", allowed=setting.allowed)
    return value


def judge(setting: Setting, value: Value) -> Decision:
    """Return the hardest answer of the rules that bind the setting."""
    decisions = [rules.decide(key, value) for key in setting.rule_keys]
    for outcome in (Outcome.REFUSE, Outcome.REVIEW):
        for decision in decisions:
            if decision.outcome is outcome:
                return decision
    return decisions[0] if decisions else Decision(Outcome.ALLOW, None)

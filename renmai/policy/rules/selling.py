"""Rules on agents and commission."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from renmai.policy.rules.types import Kind, Outcome, Rule

ANTI_PYRAMID = "禁止传销条例"
DIRECT_SELLING = "直销管理条例"
ANTI_PYRAMID_FROM = date(2005, 11, 1)
DIRECT_SELLING_FROM = date(2005, 12, 1)

BARRED_OCCUPATIONS = frozenset({"student", "teacher", "medic", "civil_servant", "serviceman"})

ROWS: tuple[Rule, ...] = (
    Rule(
        key="commission.depth",
        kind=Kind.AT_MOST,
        value=2,
        unit="levels",
        source=f"{ANTI_PYRAMID} 第七条(三)",
        says=_("Commission never reaches beyond two levels; layers of a team, a region or staff count as levels."),
        valid_from=ANTI_PYRAMID_FROM,
    ),
    Rule(
        key="commission.depth",
        kind=Kind.AT_MOST,
        value=1,
        unit="levels",
        breach=Outcome.REVIEW,
        source=f"{ANTI_PYRAMID} 第七条(三)",
        says=_("The law names no safe depth for paying on other people's sales: more than one level needs a lawyer's look."),
        valid_from=ANTI_PYRAMID_FROM,
    ),
    Rule(
        key="commission.self_referral",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{ANTI_PYRAMID} 第七条",
        says=_("Nobody earns on an own purchase or by recommending themselves."),
        valid_from=ANTI_PYRAMID_FROM,
    ),
    Rule(
        key="commission.ratio",
        kind=Kind.AT_MOST,
        value=3000,
        unit="basis points",
        source=f"{DIRECT_SELLING} 第二十四条",
        says=_("All commissions on an order together are at most 30 percent of what was paid for it, net of refunds."),
        valid_from=DIRECT_SELLING_FROM,
    ),
    Rule(
        key="join.fee",
        kind=Kind.EXACTLY,
        value=0,
        unit="fen",
        source=f"{ANTI_PYRAMID} 第七条(二)",
        says=_("Becoming an agent costs nothing."),
        valid_from=ANTI_PYRAMID_FROM,
    ),
    Rule(
        key="join.required_purchase",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{ANTI_PYRAMID} 第七条(二)",
        says=_("Nobody has to buy anything to become an agent."),
        valid_from=ANTI_PYRAMID_FROM,
    ),
    Rule(
        key="reward.per_recruit",
        kind=Kind.EXACTLY,
        value=0,
        unit="fen",
        source=f"{ANTI_PYRAMID} 第七条(一)",
        says=_("Bringing in people earns nothing; only settled orders do."),
        valid_from=ANTI_PYRAMID_FROM,
    ),
    Rule(
        key="agent.age",
        kind=Kind.AT_LEAST,
        value=18,
        unit="years",
        source=f"{DIRECT_SELLING} 第十五条",
        says=_("Agents are at least 18 years old."),
        valid_from=DIRECT_SELLING_FROM,
    ),
    Rule(
        key="agent.occupation",
        kind=Kind.NONE_OF,
        value=BARRED_OCCUPATIONS,
        source=f"{DIRECT_SELLING} 第十五条",
        says=_("Full-time students, teachers, medical staff, civil servants and soldiers in service cannot be agents."),
        valid_from=DIRECT_SELLING_FROM,
    ),
    Rule(
        key="direct_selling.payout_days",
        kind=Kind.AT_MOST,
        value=31,
        unit="days",
        source=f"{DIRECT_SELLING} 第二十四条",
        says=_("Where direct selling is licensed, earnings are paid at least once a month."),
        valid_from=DIRECT_SELLING_FROM,
    ),
    Rule(
        key="direct_selling.return_days",
        kind=Kind.AT_LEAST,
        value=30,
        unit="days",
        source=f"{DIRECT_SELLING} 第二十五条",
        says=_("Where direct selling is licensed, unopened goods can be returned within 30 days."),
        valid_from=DIRECT_SELLING_FROM,
    ),
    Rule(
        key="disclosure.paid_link",
        kind=Kind.EXACTLY,
        value=True,
        source="广告法 第十四条; 互联网广告管理办法 第九条",
        says=_("Whoever earns by a recommendation says so, plainly and beside it."),
        valid_from=date(2015, 9, 1),
    ),
    Rule(
        key="disclosure.paid_link",
        kind=Kind.EXACTLY,
        value=True,
        source="16 CFR 255.5",
        says=_("Whoever earns by a recommendation says so, plainly and beside it."),
        jurisdiction="US",
        valid_from=date(2009, 12, 1),
    ),
)

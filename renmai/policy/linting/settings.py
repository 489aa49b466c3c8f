"""A campaign's settings as questions to the rule table."""

from collections.abc import Collection, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.policy import rules
from renmai.policy.linting.types import CampaignFacts, Finding
from renmai.policy.rules import Value

ADVICE: dict[str, Promise] = {
    "commission.depth": _("Pay commission to one level only."),
    "commission.ratio": _("Lower the commissions until all of them together are within the cap."),
    "reward.per_recruit": _("Pay nothing for people who join; pay for orders that were kept."),
    "reward.only_settled_orders": _("Give the reward once the friend's order is settled."),
    "join.fee": _("Let people join free of charge."),
    "join.required_purchase": _("Let people join without buying anything."),
    "wechat.share_reward": _("Take the reward for sharing off, or leave WeChat out of the channels."),
    "wechat.forced_share": _("Let people go on without sharing."),
    "wechat.bargain_assist": _("Run this on the web only: WeChat bans asking friends for help."),
    "groupbuy.lottery": _("Let everybody who paid get the goods, or the money back: no draw."),
    "groupbuy.invented_people": _("Count only people who really took part."),
    "prize.max": _("Offer prizes worth at most 50,000 yuan."),
    "prize.terms_published": _("Publish the prizes, their number or odds and how they are drawn, before it begins."),
    "coupon.hidden_terms": _("Say beside the offer what limits it."),
    "flash.false_scarcity": _("Show stock and time as they are."),
    "price.invented_original": _("Compare only with a price at which the goods were sold."),
    "price.by_profile": _("Ask the same price of everybody."),
    "presale.deposit": _("Take at most a fifth of the price as a deposit."),
    "presale.deposit_back": _("Give a deposit back twice when the shop does not deliver, or call it a prepayment."),
}


def questions(facts: CampaignFacts) -> dict[str, Value]:
    """Return what the rule table is asked about a campaign with these settings, value by key.

    What the campaign does not do is asked too where the innocent value is known: a new version of a rule may object to it.
    """
    wants: dict[str, Value] = {
        "commission.depth": facts.commission_depth,
        "commission.ratio": facts.total_ratio_basis_points,
        "reward.per_recruit": int(facts.pays_per_recruit),
        "reward.only_settled_orders": facts.reward_after in {None, "settled"},
        "join.fee": facts.entry_fee_fen,
        "join.required_purchase": facts.requires_purchase,
        "wechat.share_reward": facts.rewards_sharing or facts.reward_after in {"share", "visit"},
        "wechat.forced_share": facts.forces_sharing,
        "wechat.bargain_assist": facts.needs_helpers,
        "groupbuy.lottery": facts.is_draw,
        "groupbuy.invented_people": facts.uses_invented_people,
        "prize.max": facts.prize_fen,
        "coupon.hidden_terms": not facts.publishes_terms,
        "flash.false_scarcity": facts.invents_scarcity,
        "price.invented_original": facts.invents_original_price,
        "price.by_profile": facts.prices_by_profile,
        "presale.deposit": facts.deposit_basis_points,
    }
    if facts.prize_fen > 0:
        wants["prize.terms_published"] = facts.publishes_terms
    if facts.deposit_back_basis_points is not None:
        wants["presale.deposit_back"] = facts.deposit_back_basis_points
    return wants


def findings(facts: CampaignFacts, channels: Collection[str]) -> Iterator[Finding]:
    """Yield what the rules in force say against ``facts`` on ``channels``, the hardest first."""
    for decision in rules.decide_all(questions(facts), channels=channels).decisions:
        rule = decision.rule
        if rule is None:
            continue
        yield Finding(
            code=f"settings.{rule.key}",
            family=None,
            outcome=decision.outcome,
            fragment="",
            text_index=-1,
            start=0,
            end=0,
            channel=next((name for name in sorted(channels) if name in rule.channels), ""),
            rule_key=rule.key,
            source=decision.source,
            advice=ADVICE[rule.key],
        )

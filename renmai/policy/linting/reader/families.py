"""What a finding of the reader says: one row for each family, always *review*, for the reader is sometimes wrong."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.linting.patterns.types import Row
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_row = partial(Row, outcome=Outcome.REVIEW, language="")

ROWS: dict[Family, Row] = {
    row.family: row
    for row in (
        _row(
            code="reader.induced_sharing",
            family=Family.INDUCED_SHARING,
            rule_key="wechat.share_reward",
            advice=_(
                "This reads as if something were given or withheld for sharing, following or praise. Give it to everybody, or for a kept order."
            ),
        ),
        _row(
            code="reader.assist",
            family=Family.ASSIST,
            rule_key="wechat.bargain_assist",
            advice=_("This reads as if friends were asked to help along. Leave that to the shop's own pages."),
        ),
        _row(
            code="reader.lottery",
            family=Family.LOTTERY,
            rule_key="groupbuy.lottery",
            advice=_(
                "This reads like a draw among buyers, or one with too great prizes. Say what everybody gets, and what the odds are."
            ),
        ),
        _row(
            code="reader.pyramid",
            family=Family.PYRAMID,
            rule_key="reward.per_recruit",
            advice=_("This reads as if people earned by bringing people in. Pay for orders that were kept, at one level."),
        ),
        _row(
            code="reader.ban_risk",
            family=Family.BAN_RISK,
            rule_key="wechat.evasion",
            advice=_(
                "This reads like a threat, a rumour, a borrowed authority or a way around the channel's checks. Say it plainly."
            ),
        ),
        _row(
            code="reader.absolute_claim",
            family=Family.ABSOLUTE_CLAIM,
            rule_key="copy.absolute_claim",
            advice=_("This reads as if nothing could be better. Say what can be checked: a size, a date, a test."),
        ),
        _row(
            code="reader.efficacy",
            family=Family.EFFICACY,
            rule_key="copy.medical_claim",
            advice=_("This reads as if the goods healed or changed the body. Say what they are and how to use them."),
        ),
        _row(
            code="reader.false_price",
            family=Family.FALSE_PRICE,
            rule_key="copy.false_statement",
            advice=_("This reads like an invented price, shortage or buyer. Show prices, stock, time and reviews as they are."),
        ),
        _row(
            code="reader.privacy",
            family=Family.PRIVACY,
            rule_key="privacy.needless_data",
            advice=_(
                "This reads as if people were to hand over what a campaign does not need, or children were pressed. Ask for less."
            ),
        ),
    )
}

"""Rules of the platforms that carry the links, and on the platform's own rules."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from renmai.policy.channels import IN_WECHAT
from renmai.policy.rules.types import Kind, Rule

WECHAT_LINKS = "微信外部链接内容管理规范"
WECOM = "企业微信 客户联系 群发说明"
WECHAT_FROM = date(2019, 10, 28)
WECOM_FROM = date(2020, 1, 1)

ROWS: tuple[Rule, ...] = (
    Rule(
        key="wechat.share_reward",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{WECHAT_LINKS} 2.1",
        says=_("On WeChat nobody is rewarded for the act of sharing: no red packets, coupons or points."),
        valid_from=WECHAT_FROM,
        channels=IN_WECHAT,
    ),
    Rule(
        key="wechat.bargain_assist",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{WECHAT_LINKS} 2.1",
        says=_("On WeChat links no friend is asked to help push a price down or to collect anything."),
        valid_from=WECHAT_FROM,
        channels=IN_WECHAT,
    ),
    Rule(
        key="groupbuy.lottery",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{WECHAT_LINKS} 2.1",
        says=_("A group purchase is a purchase, never a draw."),
        valid_from=WECHAT_FROM,
    ),
    Rule(
        key="wecom.mass_send_per_day",
        kind=Kind.AT_MOST,
        value=1,
        unit="messages",
        source=WECOM,
        says=_("A customer gets at most one mass message a day, and a member confirms each sending."),
        valid_from=WECOM_FROM,
    ),
    Rule(
        key="wecom.mass_send_per_week",
        kind=Kind.AT_MOST,
        value=7,
        unit="messages",
        source=WECOM,
        says=_("A customer gets at most seven mass messages a week."),
        valid_from=WECOM_FROM,
    ),
    Rule(
        key="platform_rule.notice_days",
        kind=Kind.AT_LEAST,
        value=7,
        unit="days",
        source="电子商务法 第三十四条; 网络交易平台规则监督管理办法",
        says=_("A changed rule of the platform is published at least 7 days before it holds."),
        valid_from=date(2019, 1, 1),
    ),
    Rule(
        key="platform_rule.important_notice_days",
        kind=Kind.AT_LEAST,
        value=15,
        unit="days",
        source="网络交易平台规则监督管理办法",
        says=_("A change that touches important interests is published at least 15 days before it holds."),
        valid_from=date(2026, 2, 1),
    ),
)

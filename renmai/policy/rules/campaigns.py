"""Rules on campaigns: how group purchases, bargains, draws, pre-sales, flash sales and coupons may be made, and what may be said."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from renmai.policy.channels import IN_WECHAT
from renmai.policy.rules.customers import CONSUMERS, CONSUMERS_FROM, E_COMMERCE, E_COMMERCE_FROM, PERSONAL_INFORMATION
from renmai.policy.rules.customers import PERSONAL_INFORMATION_FROM as PRIVACY_FROM
from renmai.policy.rules.platforms import WECHAT_FROM, WECHAT_LINKS
from renmai.policy.rules.selling import ANTI_PYRAMID, ANTI_PYRAMID_FROM
from renmai.policy.rules.types import Kind, Outcome, Rule

ADVERTISING = "广告法"
COMPETITION = "反不正当竞争法"
CIVIL_CODE = "民法典"
PRICES = "价格法"
PROMOTIONS = "规范促销行为暂行规定"
ADVERTISING_FROM = date(2015, 9, 1)
COMPETITION_REVISED = date(2025, 10, 15)
CIVIL_CODE_FROM = date(2021, 1, 1)
PRICES_FROM = date(1998, 5, 1)
PROMOTIONS_FROM = date(2020, 12, 1)

_INVENTED = _("Nobody is counted as a buyer, helper or reviewer who is not a person that acted.")

PLAYS: tuple[Rule, ...] = (
    Rule(
        key="groupbuy.invented_people",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{E_COMMERCE} 第十七条; {COMPETITION} 第八条",
        says=_INVENTED,
        valid_from=E_COMMERCE_FROM,
        valid_until=COMPETITION_REVISED,
    ),
    Rule(
        key="groupbuy.invented_people",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{E_COMMERCE} 第十七条; {COMPETITION} 第九条",
        says=_INVENTED,
        valid_from=COMPETITION_REVISED,
    ),
    Rule(
        key="groupbuy.threshold_declared",
        kind=Kind.EXACTLY,
        value=True,
        source=f"{E_COMMERCE} 第十七条",
        says=_("A group purchase says beforehand how many buyers it needs, by when, and what happens otherwise."),
        valid_from=E_COMMERCE_FROM,
    ),
    Rule(
        key="reward.only_settled_orders",
        kind=Kind.EXACTLY,
        value=True,
        source=f"{ANTI_PYRAMID} 第七条(一)",
        says=_(
            "A reward for bringing somebody follows from an order that was received and kept, never from a click or a sign-up."
        ),
        valid_from=ANTI_PYRAMID_FROM,
    ),
    Rule(
        key="flash.false_scarcity",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{CONSUMERS} 第二十条; {E_COMMERCE} 第十七条",
        says=_("Stock, time left and the number of buyers are shown as they are."),
        valid_from=E_COMMERCE_FROM,
    ),
    Rule(
        key="price.invented_original",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{PRICES} 第十四条(四)",
        says=_("A price is compared only with one at which the goods were really sold."),
        valid_from=PRICES_FROM,
    ),
    Rule(
        key="presale.deposit",
        kind=Kind.AT_MOST,
        value=2000,
        unit="basis points",
        source=f"{CIVIL_CODE} 第五百八十六条",
        says=_("A deposit is at most a fifth of the price; what is paid beyond that is an ordinary prepayment."),
        valid_from=CIVIL_CODE_FROM,
    ),
    Rule(
        key="presale.deposit_back",
        kind=Kind.AT_LEAST,
        value=20_000,
        unit="basis points",
        breach=Outcome.REVIEW,
        source=f"{CIVIL_CODE} 第五百八十七条",
        says=_(
            "When the shop does not deliver, a deposit goes back twice; a shop that gives it back once calls it a prepayment."
        ),
        valid_from=CIVIL_CODE_FROM,
    ),
    Rule(
        key="coupon.hidden_terms",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{CONSUMERS} 第二十六条",
        says=_("What limits a coupon or an offer stands beside it, as plain to read as the offer."),
        valid_from=CONSUMERS_FROM,
    ),
    Rule(
        key="prize.terms_published",
        kind=Kind.EXACTLY,
        value=True,
        source=f"{PROMOTIONS} 第十三条",
        says=_(
            "Prizes, how many there are or how likely, and how they are drawn and handed out are published beforehand and stay."
        ),
        valid_from=PROMOTIONS_FROM,
    ),
    Rule(
        key="wechat.forced_share",
        kind=Kind.EXACTLY,
        value=False,
        source=WECHAT_LINKS,
        says=_("On WeChat nobody has to share or follow to see, to go on or to get what was promised."),
        valid_from=WECHAT_FROM,
        channels=IN_WECHAT,
    ),
    Rule(
        key="wechat.evasion",
        kind=Kind.EXACTLY,
        value=False,
        source=WECHAT_LINKS,
        says=_("Nothing is disguised to get past WeChat's checks, and nobody is led out of WeChat by a trick."),
        valid_from=WECHAT_FROM,
        channels=IN_WECHAT,
    ),
)

COPY: tuple[Rule, ...] = (
    Rule(
        key="copy.absolute_claim",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{ADVERTISING} 第九条(三)",
        says=_("No advertisement calls goods the best, the first or of national rank."),
        valid_from=ADVERTISING_FROM,
    ),
    Rule(
        key="copy.state_name",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{ADVERTISING} 第九条(二)",
        says=_("No advertisement speaks in the name of the state, of an authority or of a platform."),
        valid_from=ADVERTISING_FROM,
    ),
    Rule(
        key="copy.medical_claim",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{ADVERTISING} 第十七条",
        says=_("Ordinary goods are never said to treat, cure or prevent an illness."),
        valid_from=ADVERTISING_FROM,
    ),
    Rule(
        key="copy.false_statement",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{ADVERTISING} 第二十八条",
        says=_("An advertisement promises nothing that cannot be shown to be true."),
        valid_from=ADVERTISING_FROM,
    ),
    Rule(
        key="copy.income_promise",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{ADVERTISING} 第二十五条",
        says=_("Nobody is promised an income: what agents earn depends on what they sell."),
        valid_from=ADVERTISING_FROM,
    ),
    Rule(
        key="copy.threat",
        kind=Kind.EXACTLY,
        value=False,
        source="互联网信息服务管理办法 第十五条",
        says=_("Nobody is frightened, shamed or misled by a rumour into passing something on."),
        valid_from=date(2000, 9, 25),
    ),
    Rule(
        key="copy.minors",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{ADVERTISING} 第四十条",
        says=_("Children are not urged to buy, or to make their parents buy."),
        valid_from=ADVERTISING_FROM,
    ),
    Rule(
        key="privacy.needless_data",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{PERSONAL_INFORMATION} 第六条",
        says=_("Only what a purpose needs is asked for: never somebody's contacts, identity card or passwords for a promotion."),
        valid_from=PRIVACY_FROM,
    ),
)

ROWS: tuple[Rule, ...] = (*PLAYS, *COPY)

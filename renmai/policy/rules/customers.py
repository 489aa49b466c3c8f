"""Rules that protect customers: personal information, honest prices, returns, payment."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from renmai.policy.rules.types import Kind, Rule

E_COMMERCE = "电子商务法"
PERSONAL_INFORMATION = "个人信息保护法"
CONSUMERS = "消费者权益保护法"
NON_BANK_PAYMENT = "非银行支付机构监督管理条例"
E_COMMERCE_FROM = date(2019, 1, 1)
PERSONAL_INFORMATION_FROM = date(2021, 11, 1)
CONSUMERS_FROM = date(2014, 3, 15)
NON_BANK_PAYMENT_FROM = date(2024, 5, 1)

ROWS: tuple[Rule, ...] = (
    Rule(
        key="return.window",
        kind=Kind.AT_LEAST,
        value=7,
        unit="days",
        source=f"{CONSUMERS} 第二十五条",
        says=_("Goods bought online can be returned without a reason for 7 days, counted from the day after receipt."),
        valid_from=CONSUMERS_FROM,
    ),
    Rule(
        key="refund.after_return_days",
        kind=Kind.AT_MOST,
        value=7,
        unit="days",
        source=f"{CONSUMERS} 第二十五条",
        says=_("The money goes back within 7 days after the goods came back."),
        valid_from=CONSUMERS_FROM,
    ),
    Rule(
        key="review.delete",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{E_COMMERCE} 第三十九条",
        says=_("The platform never deletes what customers wrote about goods."),
        valid_from=E_COMMERCE_FROM,
    ),
    Rule(
        key="search.non_personal_option",
        kind=Kind.EXACTLY,
        value=True,
        source=f"{E_COMMERCE} 第十八条; {PERSONAL_INFORMATION} 第二十四条",
        says=_("Whoever is shown goods picked for them can also see goods that are not."),
        valid_from=E_COMMERCE_FROM,
    ),
    Rule(
        key="bundle.default_checked",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{E_COMMERCE} 第十九条",
        says=_("Nothing is put into the basket by default."),
        valid_from=E_COMMERCE_FROM,
    ),
    Rule(
        key="price.by_profile",
        kind=Kind.EXACTLY,
        value=False,
        source=f"{PERSONAL_INFORMATION} 第二十四条",
        says=_("The same goods cost everybody the same: no price depends on what is known about a person."),
        valid_from=PERSONAL_INFORMATION_FROM,
    ),
    Rule(
        key="privacy.export",
        kind=Kind.EXACTLY,
        value=True,
        source=f"{PERSONAL_INFORMATION} 第四十五条",
        says=_("People can take their data with them."),
        valid_from=PERSONAL_INFORMATION_FROM,
    ),
    Rule(
        key="privacy.correct",
        kind=Kind.EXACTLY,
        value=True,
        source=f"{PERSONAL_INFORMATION} 第四十六条",
        says=_("People can have their data put right."),
        valid_from=PERSONAL_INFORMATION_FROM,
    ),
    Rule(
        key="privacy.delete",
        kind=Kind.EXACTLY,
        value=True,
        source=f"{PERSONAL_INFORMATION} 第四十七条",
        says=_("People can have their data deleted."),
        valid_from=PERSONAL_INFORMATION_FROM,
    ),
    Rule(
        key="prize.max",
        kind=Kind.AT_MOST,
        value=5_000_000,
        unit="fen",
        source="反不正当竞争法",
        says=_("No prize of a draw is worth more than 50,000 yuan."),
        valid_from=date(2018, 1, 1),
    ),
    Rule(
        key="wallet.topup",
        kind=Kind.EXACTLY,
        value=False,
        source=NON_BANK_PAYMENT,
        says=_("Nobody pays money into the shop in advance: that is the business of licensed payment companies."),
        valid_from=NON_BANK_PAYMENT_FROM,
    ),
    Rule(
        key="wallet.p2p",
        kind=Kind.EXACTLY,
        value=False,
        source=NON_BANK_PAYMENT,
        says=_("Nobody sends money to another person through the shop."),
        valid_from=NON_BANK_PAYMENT_FROM,
    ),
    Rule(
        key="price.reference_days",
        kind=Kind.AT_LEAST,
        value=30,
        unit="days",
        source="98/6/EC Art. 6a",
        says=_("A struck-through price is the lowest of the 30 days before."),
        jurisdiction="EU",
        valid_from=date(2022, 5, 28),
    ),
)

"""The linter of campaigns: patterns, plain text, excuses, settings."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from renmai.policy.channels import EVERYWHERE, IN_WECHAT, Channel
from renmai.policy.linting import CampaignFacts, Copy, Family, Finding, lint, worst
from renmai.policy.linting.amounts import fen_of
from renmai.policy.linting.engine import TEXT_MAX_LENGTH, offence
from renmai.policy.linting.normalising import disguise, plain_forms
from renmai.policy.linting.patterns import DISGUISE, PATTERNS, Pattern
from renmai.policy.linting.settings import ADVICE, questions
from renmai.policy.rules import KEYS, Outcome
from tools.testing.moving_clock import MovingClock

WECHAT, WEB = frozenset({Channel.WECHAT.value}), frozenset({Channel.WEB.value})


def codes(text: str, channels: frozenset[str] = WECHAT) -> set[str]:
    return {finding.code for finding in lint(Copy(texts=(text,), channels=channels))}


def families(text: str, channels: frozenset[str] = WECHAT) -> set[Family | None]:
    return {finding.family for finding in lint(Copy(texts=(text,), channels=channels))}


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row.code)
def test_each_pattern_finds_its_example_and_spares_its_neighbour(row: Pattern) -> None:
    assert any(offence(row, plain) for plain in plain_forms(row.matches)), row.matches
    assert not any(offence(row, plain) for plain in plain_forms(row.spares)), row.spares


def test_each_row_has_a_rule_a_code_of_its_own_and_advice_in_both_languages() -> None:
    rows = (*PATTERNS, DISGUISE)
    assert len({row.code for row in rows}) == len(rows)
    assert {row.rule_key for row in rows} <= KEYS
    assert all(row.channels and row.channels <= EVERYWHERE for row in rows)
    assert {row.language for row in PATTERNS} == {"zh", "en"}
    assert {row.family for row in rows} == set(Family)
    with translation.override("zh-hans"):
        untranslated = [row.code for row in rows if str(row.advice).isascii()]
        assert [key for key, advice in ADVICE.items() if str(advice).isascii()] == []
    assert untranslated == []


def test_a_finding_says_where_and_why_and_what_to_do() -> None:
    text = "新品到货。转发到群就送红包！"
    found = lint(Copy(texts=("早上好", text), channels=frozenset({Channel.WECHAT, Channel.WEB})))
    first = found[0]
    assert (first.outcome, first.rule_key, first.text_index) == (Outcome.REFUSE, "wechat.share_reward", 1)
    assert text[first.start : first.end] == first.fragment
    assert first.fragment.startswith("转发到群")
    assert first.source == "微信外部链接内容管理规范 2.1"
    with translation.override("en"):
        assert str(first.advice) == "Take the reward for sharing off: give it for an order that was kept, or to everybody."
    assert worst(found) is Outcome.REFUSE
    assert worst(()) is Outcome.ALLOW


def test_helping_to_bargain_is_banned_in_wechat_and_allowed_at_home() -> None:
    text = "发起砍价：每位好友可帮砍一次，最低49元，可随时按当前价购买"
    both = lint(Copy(texts=(text,), channels=frozenset({Channel.WECHAT, Channel.WECOM, Channel.WEB})))
    assert {finding.channel for finding in both} == IN_WECHAT
    assert {finding.rule_key for finding in both} == {"wechat.bargain_assist"}
    assert lint(Copy(texts=(text,), channels=WEB)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "分.享到群立得红包",
        "分🌸享到群立得红包",
        "轉發到群立得紅包",
        "ｆｅｎｘｉａｎｇ到群立得ｈｏｎｇｂａｏ",
        "分亨到群立得荭包",
        "转 发 到 群 立 得 红 包",
        "转，发，到，群，领，红，包",
        "转\u200b发到群立得红\u200b包",
        "转发到群立得🧧",
    ],
)
def test_dressed_up_words_are_read_as_what_they_are(text: str) -> None:
    assert Family.INDUCED_SHARING in families(text), plain_forms(text)


@pytest.mark.parametrize(
    "text", ["S.h.a.r.e this with your friends for a fr33 g1ft", "Sh@re this post and win a pr1ze", "Ѕhаre this and win a prize"]
)
def test_dressed_up_english_is_read_too(text: str) -> None:
    assert Family.INDUCED_SHARING in families(text), plain_forms(text)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("请加薇信", "薇信"),
        ("欢迎分.享", "分.享"),
        ("看这里 fenxiang 一下", "fenxiang"),
        ("领优惠卷", None),
        ("最近很冷", None),
        ("bring your fr1end's phone", "fr1end"),
        ("your friend's order has settled", None),
    ],
)
def test_a_hidden_word_is_a_finding_of_its_own(text: str, hidden: str | None) -> None:
    span = disguise(text)
    assert (text[slice(*span)] if span else None) == hidden
    assert ("pressure.disguise" in codes(text)) is (hidden is not None)
    assert "pressure.disguise" not in codes(text, WEB)


@pytest.mark.parametrize(
    ("guilty", "innocent"),
    [
        ("转发到群即可领取红包", "无需转发到群即可领取红包"),
        ("分享给好友得10元红包", "分享给好友不会获得任何奖励"),
        ("分享给好友得10元红包", "分享给好友得10元红包的活动已取消，请勿相信"),
        ("分享给好友得10元红包", "谨防骗局：有人以“分享给好友得10元红包”为名收集信息"),
        ("分享给好友得10元红包", "分享给好友得10元红包吗？没有的"),
        ("靠拉人头赚钱", "我们从不拉人头"),
        ("交入门费就能做代理", "做代理没有入门费，也没有保证金"),
        ("集赞、助力、砍价都有", "本店不搞集赞、助力、砍价"),
        ("Share this post and win a prize", "Nobody who shares this post wins a prize"),
        ("We pay you for recruiting agents", "We never pay for recruiting agents"),
        ("Pay a joining fee to become an agent", "There is no joining fee to become an agent"),
        ("Share this post and win a prize", "Posts like 'share this post and win a prize' are scams"),
        ("集赞送鸡蛋", "您问集赞还有没有，没有了，公司早停了"),
        ("转发到群领红包", "有人冒用我们的名义叫您转发到群领红包，请举报"),
        ("转发到群领红包", "有人私我说转发到群领红包，点进去要填银行卡，大家别点"),
        ("国家级品质", "“国家级”这种词，我们培训第一条就写着：不许用"),
        ("全网最低", "我们不写“全网最低”，您可以多比两家再来"),
        ("拉人头就给钱", "防传销讲座：识别拉人头、入门费、团队计酬"),
        ("喝了血压就降了", "有顾客说喝了血压就降了，这话我不敢认"),
        ("Repost our poster to get a voucher", "If someone asks you to repost our poster to get a voucher, that's not us"),
        ("It cures high blood pressure", "Somebody asked whether it helps with high blood pressure. It doesn't"),
    ],
)
def test_a_denial_takes_the_offence_out(guilty: str, innocent: str) -> None:
    assert codes(guilty)
    assert codes(innocent) == set()


@pytest.mark.parametrize(
    "text",
    [
        "无需购买，转发到群即可领取红包",
        "无需转发旧海报，转发新海报到群即可领取红包",
        "不花一分钱，分享给好友就得红包",
        "不转发不发货",
        "No cost, just share this post and win a prize",
        "Don't miss out: share this post and win a prize",
        "转发到群领红包，我们不搞虚的",
        "没有任何要求，转发到群就领红包",
        "不会让您白转发，转发到群就领红包",
        "有人问怎么领，转发到群就领红包",
    ],
)
def test_a_denial_of_something_else_excuses_nothing(text: str) -> None:
    assert codes(text)


@pytest.mark.parametrize(
    ("text", "is_flagged"),
    [
        ("下单抽奖，头奖价值50000元", False),
        ("下单抽奖，头奖价值50001元", True),
        ("下单抽奖，头奖现金六万元", True),
        ("Enter the draw: first prize ¥50,000!", False),
        ("Enter the draw: first prize ¥50,001!", True),
    ],
)
def test_a_prize_is_judged_by_its_amount(text: str, is_flagged: bool) -> None:
    found = lint(Copy(texts=(text,), channels=WEB))
    assert ("prize.max" in {finding.rule_key for finding in found}) is is_flagged


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("88元", 8800),
        ("8.8万元", 8_800_000),
        ("1,234.5", 123_450),
        ("十二万三千", 12_300_000),
        ("五十", 5000),
        ("百万", 100_000_000),
        ("2 million", 200_000_000),
        ("两千", 200_000),
        ("很多", 0),
    ],
)
def test_amounts_are_read_in_figures_and_words(text: str, fen: int) -> None:
    assert fen_of(text) == fen


def test_settings_are_judged_by_the_rule_table_on_the_campaigns_channels() -> None:
    facts = CampaignFacts(commission_depth=2, needs_helpers=True, reward_after="visit", deposit_basis_points=2500)
    in_wechat = lint(Copy(channels=WECHAT, facts=facts))
    assert [(one.rule_key, one.outcome, one.channel, one.text_index) for one in in_wechat] == [
        ("reward.only_settled_orders", Outcome.REFUSE, "", -1),
        ("wechat.share_reward", Outcome.REFUSE, "wechat", -1),
        ("wechat.bargain_assist", Outcome.REFUSE, "wechat", -1),
        ("presale.deposit", Outcome.REFUSE, "", -1),
        ("commission.depth", Outcome.REVIEW, "", -1),
    ]
    assert [one.rule_key for one in lint(Copy(channels=WEB, facts=facts))] == [
        "reward.only_settled_orders",
        "presale.deposit",
        "commission.depth",
    ]
    assert lint(Copy(facts=CampaignFacts())) == ()
    assert (
        lint(Copy(facts=CampaignFacts(reward_after="settled", deposit_basis_points=2000, deposit_back_basis_points=20_000))) == ()
    )


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (CampaignFacts(commission_depth=3), "commission.depth"),
        (CampaignFacts(total_ratio_basis_points=3001), "commission.ratio"),
        (CampaignFacts(pays_per_recruit=True), "reward.per_recruit"),
        (CampaignFacts(rewards_sharing=True), "wechat.share_reward"),
        (CampaignFacts(forces_sharing=True), "wechat.forced_share"),
        (CampaignFacts(needs_helpers=True), "wechat.bargain_assist"),
        (CampaignFacts(is_draw=True), "groupbuy.lottery"),
        (CampaignFacts(prize_fen=5_000_001), "prize.max"),
        (CampaignFacts(prize_fen=100, publishes_terms=False), "prize.terms_published"),
        (CampaignFacts(publishes_terms=False), "coupon.hidden_terms"),
        (CampaignFacts(entry_fee_fen=1), "join.fee"),
        (CampaignFacts(requires_purchase=True), "join.required_purchase"),
        (CampaignFacts(uses_invented_people=True), "groupbuy.invented_people"),
        (CampaignFacts(invents_scarcity=True), "flash.false_scarcity"),
        (CampaignFacts(invents_original_price=True), "price.invented_original"),
        (CampaignFacts(prices_by_profile=True), "price.by_profile"),
        (CampaignFacts(reward_after="paid"), "reward.only_settled_orders"),
        (CampaignFacts(deposit_basis_points=2001), "presale.deposit"),
        (CampaignFacts(deposit_back_basis_points=10_000), "presale.deposit_back"),
    ],
)
def test_each_setting_reaches_its_rule(facts: CampaignFacts, key: str) -> None:
    assert key in {finding.rule_key for finding in lint(Copy(channels=WECHAT, facts=facts))}


def test_every_question_has_an_answer_in_the_table_and_a_way_out() -> None:
    asked = set(questions(CampaignFacts(prize_fen=1, deposit_back_basis_points=0)))
    assert asked <= KEYS
    assert asked == set(ADVICE)


def test_a_rule_that_is_not_in_force_finds_nothing(moving_clock: MovingClock) -> None:
    text = "转发到群就送红包"
    assert "sharing.reward_after" in codes(text)
    moving_clock.travel(datetime(2019, 10, 27, 12, tzinfo=UTC))
    assert "sharing.reward_after" not in codes(text)


@given(st.text(max_size=200), st.sampled_from(["转发", "领红包", "share this", "and win a prize", "最佳", "原价99999元现价1"]))
def test_any_text_is_read_and_every_fragment_stands_where_it_is_said_to(text: str, phrase: str) -> None:
    whole = f"{text}{phrase}{text}"
    for finding in lint(Copy(texts=(whole,))):
        assert isinstance(finding, Finding)
        assert 0 <= finding.start < finding.end <= len(whole)
        assert whole[finding.start : finding.end] == finding.fragment


def test_what_is_too_long_is_cut() -> None:
    assert codes("。" * TEXT_MAX_LENGTH + "转发到群就送红包") == set()
    assert codes("。" * (TEXT_MAX_LENGTH - 20) + "转发到群就送红包") != set()

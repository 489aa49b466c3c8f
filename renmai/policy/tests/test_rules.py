"""The rule table and its engine."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from renmai.kernel.errors import DomainError
from renmai.policy import queries, rules
from renmai.policy.channels import EVERYWHERE
from renmai.policy.documentation import documentation
from renmai.policy.linting.patterns import PATTERNS
from renmai.policy.rules import KEYS, RULES, Kind, Occupation, Outcome, decide, decide_all
from renmai.policy.settings_table import SETTINGS
from tools.testing.moving_clock import MovingClock

AGREED_KEYS = """
agent.age agent.occupation bundle.default_checked commission.depth commission.ratio commission.self_referral copy.absolute_claim
copy.false_statement copy.income_promise copy.medical_claim copy.minors copy.state_name copy.threat coupon.hidden_terms
direct_selling.payout_days direct_selling.return_days disclosure.paid_link flash.false_scarcity groupbuy.invented_people
groupbuy.lottery groupbuy.threshold_declared join.fee join.required_purchase platform_rule.important_notice_days
platform_rule.notice_days presale.deposit presale.deposit_back price.by_profile price.invented_original price.reference_days
privacy.correct privacy.delete privacy.export privacy.needless_data prize.max prize.terms_published refund.after_return_days
return.window review.delete reward.only_settled_orders reward.per_recruit search.non_personal_option wallet.p2p wallet.topup
wechat.bargain_assist wechat.evasion wechat.forced_share wechat.share_reward wecom.mass_send_per_day wecom.mass_send_per_week
"""


def test_the_table_holds_every_rule_with_its_source_and_a_sentence_in_both_languages() -> None:
    assert set(AGREED_KEYS.split()) == KEYS
    for rule in RULES:
        assert rule.source
        with translation.override("en"):
            english = str(rule.says)
        with translation.override("zh-hans"):
            chinese = str(rule.says)
        assert english.isascii()
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese), rule.key


@pytest.mark.parametrize(
    ("key", "value", "outcome"),
    [
        ("commission.depth", 0, Outcome.ALLOW),
        ("commission.depth", 1, Outcome.ALLOW),
        ("commission.depth", 2, Outcome.REVIEW),
        ("commission.depth", 3, Outcome.REFUSE),
        ("commission.ratio", 3000, Outcome.ALLOW),
        ("commission.ratio", 3001, Outcome.REFUSE),
        ("join.fee", 0, Outcome.ALLOW),
        ("join.fee", 1, Outcome.REFUSE),
        ("reward.per_recruit", 1, Outcome.REFUSE),
        ("join.required_purchase", True, Outcome.REFUSE),
        ("agent.age", 17, Outcome.REFUSE),
        ("agent.age", 18, Outcome.ALLOW),
        ("disclosure.paid_link", False, Outcome.REFUSE),
        ("return.window", 6, Outcome.REFUSE),
        ("return.window", 7, Outcome.ALLOW),
        ("prize.max", 5_000_001, Outcome.REFUSE),
        ("presale.deposit", 2000, Outcome.ALLOW),
        ("presale.deposit", 2001, Outcome.REFUSE),
        ("presale.deposit_back", 20_000, Outcome.ALLOW),
        ("presale.deposit_back", 10_000, Outcome.REVIEW),
        ("reward.only_settled_orders", False, Outcome.REFUSE),
        ("agent.occupation", "teacher", Outcome.REFUSE),
        ("agent.occupation", "employee", Outcome.ALLOW),
    ],
)
def test_limits(key: str, value: int | bool | str, outcome: Outcome) -> None:
    decision = decide(key, value)
    assert decision.outcome is outcome
    assert decision.rule is not None
    assert (decision.rule.key, decision.source) == (key, decision.rule.source)


def test_the_barred_occupations_are_exactly_those_of_the_law() -> None:
    barred = {name for name in Occupation.values if decide("agent.occupation", name).is_refused}
    assert barred == {"student", "teacher", "medic", "civil_servant", "serviceman"}


def test_a_rule_holds_from_its_first_day_in_china() -> None:
    before = datetime(2026, 1, 31, 15, 59, 59, tzinfo=UTC)
    after = datetime(2026, 1, 31, 16, 0, tzinfo=UTC)
    assert decide("platform_rule.important_notice_days", 14, at=before).rule is None
    assert decide("platform_rule.important_notice_days", 14, at=before).outcome is Outcome.ALLOW
    assert decide("platform_rule.important_notice_days", 14, at=after).is_refused


def test_a_replaced_rule_ends_the_day_its_successor_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    old = next(rule for rule in RULES if rule.key == "return.window")
    fields = {name: getattr(old, name) for name in ("key", "kind", "unit", "source", "says")}
    day = date(2027, 1, 1)
    versions = (
        rules.Rule(**fields, value=7, valid_from=old.valid_from, valid_until=day),
        rules.Rule(**fields, value=14, valid_from=day),
    )
    monkeypatch.setattr(rules, "RULES", versions)
    last_moment = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    assert decide("return.window", 7, at=last_moment).outcome is Outcome.ALLOW
    assert decide("return.window", 7, at=datetime(2026, 12, 31, 16, 0, tzinfo=UTC)).is_refused


def test_another_jurisdiction_has_its_own_rows() -> None:
    assert decide("price.reference_days", 29, jurisdiction="EU").is_refused
    assert decide("price.reference_days", 29).rule is None
    assert decide("disclosure.paid_link", False, jurisdiction="US").source == "16 CFR 255.5"
    assert {rule.jurisdiction for rule in queries.rules(jurisdiction=None)} == {"CN", "EU", "US"}
    assert {rule.jurisdiction for rule in queries.rules()} == {"CN"}


def test_a_rule_of_a_platform_is_asked_only_for_what_runs_there() -> None:
    assert decide("wechat.bargain_assist", True, channels={"web"}).rule is None
    assert decide("wechat.bargain_assist", True, channels={"web", "wecom"}).is_refused
    assert decide("wechat.bargain_assist", True, channels={"wechat"}).is_refused
    assert decide("wechat.bargain_assist", True).is_refused
    assert decide("join.fee", 1, channels={"web"}).is_refused
    assert decide("join.fee", 1, channels=()).is_refused
    bound = {rule.key for rule in RULES if rule.channels}
    assert bound == {"wechat.share_reward", "wechat.bargain_assist", "wechat.forced_share", "wechat.evasion"}
    assert all(rule.channels <= EVERYWHERE for rule in RULES)


def test_many_wishes_get_the_hardest_answer_and_every_objection() -> None:
    verdict = decide_all({"agent.age": 18, "commission.depth": 2, "join.fee": 100, "wechat.share_reward": True}, channels={"web"})
    assert verdict.is_refused
    assert [(one.outcome, one.rule.key if one.rule else "") for one in verdict.decisions] == [
        (Outcome.REFUSE, "join.fee"),
        (Outcome.REVIEW, "commission.depth"),
    ]
    assert decide_all({"commission.depth": 2}).outcome is Outcome.REVIEW
    assert decide_all({"agent.age": 18, "join.fee": 0}) == rules.Verdict(Outcome.ALLOW, ())
    assert decide_all({}).outcome is Outcome.ALLOW
    with pytest.raises(KeyError):
        decide_all({"agent.age": 18, "no.such_rule": 1})


def test_the_law_against_invented_people_changed_its_number_and_not_its_answer() -> None:
    before, after = datetime(2025, 10, 14, 12, tzinfo=UTC), datetime(2025, 10, 15, 12, tzinfo=UTC)
    assert [decide("groupbuy.invented_people", True, at=at).source.rpartition(" ")[2] for at in (before, after)] == [
        "第八条",
        "第九条",
    ]
    assert decide("groupbuy.invented_people", True, at=before).is_refused
    assert decide("groupbuy.invented_people", True, at=after).is_refused
    assert decide("groupbuy.invented_people", False, at=after).outcome is Outcome.ALLOW


def test_require_all_refuses_hard_limits_and_hands_back_what_needs_a_look() -> None:
    left = queries.require_all({"commission.depth": 2, "wechat.bargain_assist": True}, channels={"web"})
    assert [decision.rule.key for decision in left if decision.rule] == ["commission.depth"]
    with pytest.raises(DomainError) as refusal:
        queries.require_all({"commission.depth": 2, "wechat.bargain_assist": True}, channels={"wechat"}, field="channels")
    assert (refusal.value.code, refusal.value.field) == ("policy.refused", "channels")


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("no.such_rule", 1, KeyError),
        ("commission.depth", True, TypeError),
        ("commission.depth", "1", TypeError),
        ("join.fee", False, TypeError),
        ("agent.occupation", 1, TypeError),
    ],
)
def test_asking_nonsense_is_a_bug(key: str, value: int | bool | str, error: type[Exception]) -> None:
    with pytest.raises(error):
        decide(key, value)


def test_require_refuses_with_the_rule_and_its_source(moving_clock: MovingClock) -> None:
    queries.require("agent.age", 18)
    queries.require("commission.depth", 2)
    with pytest.raises(DomainError) as refusal, translation.override("en"):
        queries.require("agent.age", 17, field="born_on")
    with translation.override("en"):
        assert refusal.value.sentence == (
            "This breaks a rule: Agents are at least 18 years old. (rule agent.age, 直销管理条例 第十五条)"
        )
    assert (refusal.value.code, refusal.value.field) == ("policy.refused", "born_on")


@given(st.integers(min_value=-(10**9), max_value=10**9), st.integers(min_value=0, max_value=10**6))
def test_a_stricter_value_is_never_judged_harder(value: int, step: int) -> None:
    order = [Outcome.ALLOW, Outcome.REVIEW, Outcome.REFUSE]
    for rule in RULES:
        if rule.kind in {Kind.AT_MOST, Kind.AT_LEAST} and rule.jurisdiction == "CN":
            stricter = value - step if rule.kind is Kind.AT_MOST else value + step
            assert order.index(decide(rule.key, stricter).outcome) <= order.index(decide(rule.key, value).outcome)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_documentation_has_every_row(language: str) -> None:
    text = documentation(language)
    for rule in RULES:
        assert f"| `{rule.key}` |" in text
    for setting in SETTINGS:
        assert f"| `{setting.key}` |" in text
    for pattern in PATTERNS:
        assert f"| `{pattern.code}` |" in text
    widths = {line.count("|") for line in text.splitlines() if line.startswith("|")}
    assert widths == {9, 7}

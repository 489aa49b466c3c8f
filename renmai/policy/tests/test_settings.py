"""Settings: bounds, rules, history, cache."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from renmai.accounts.models import ActLog, Role, User
from renmai.accounts.tests.factories import Statements, make_member, make_staff
from renmai.kernel.errors import DomainError
from renmai.policy import actions, queries
from renmai.policy.audit import violations
from renmai.policy.models import SettingChange
from renmai.policy.rules import KEYS
from renmai.policy.settings_table import SETTINGS, get, judge, parse

CONTRACT = {
    "order.pay_minutes": 30,
    "order.auto_receive_days": 10,
    "after_sale.window_days": 7,
    "after_sale.return_address": "",
    "after_sale.answer_hours": 48,
    "after_sale.return_days": 7,
    "attribution.window_days": 15,
    "binding.valid_days": 90,
    "binding.protection_days": 15,
    "commission.default_basis_points": 500,
    "commission.depth": 1,
    "commission.second_basis_points": 0,
    "commission.second_layer": "introducer",
    "commission.total_cap_basis_points": 3000,
    "withdrawal.minimum_fen": 1000,
    "withdrawal.payout_provider": "sandbox",
    "shop.model": "agent",
    "pickup.enabled": True,
    "pickup.place": "",
    "reviews.days": 30,
    "stream.hot_days": 7,
    "matching.strategy": "personal",
    "content.video_seconds": 60,
    "content.video_mebibytes": 30,
    "stock.low": 5,
    "value.horizon_days": 365,
    "value.discount_basis_points": 1000,
    "value.goods_basis_points": 7000,
    "value.parcel_fen": 600,
    "value.suggestion_basis_points": 1000,
    "value.word_of_mouth_basis_points": 5000,
    "trust.quiet_from": 22,
    "trust.quiet_until": 8,
    "trust.receiver_cap": 2,
    "trust.tie_cap": 3,
    "trust.pause_days": 30,
    "trust.payout_hours": 120,
    "trust.campaign_mute_basis_points": 500,
    "trust.explored_basis_points": 800,
    "alerts.minimum_chance_basis_points": 1000,
    "alerts.deadline_minutes": 120,
    "alerts.customer_daily": 3,
    "alerts.agent_daily": 30,
}


@pytest.fixture
def owner(db: None) -> User:
    return make_staff()


def change(owner: User, key: str, value: object, reason: str = "for the test of it") -> SettingChange:
    return actions.change_setting(owner, key, value=value, reason=reason)


def refused(owner: User, key: str, value: object, reason: str = "for the test of it") -> DomainError:
    with pytest.raises(DomainError) as refusal:
        change(owner, key, value, reason)
    return refusal.value


@pytest.mark.django_db
def test_the_defaults_are_those_of_the_contract_and_keep_bounds_and_rules() -> None:
    assert {setting.key: setting.default for setting in SETTINGS} == CONTRACT
    for setting in SETTINGS:
        assert queries.setting(setting.key) == setting.default
        assert setting.fits(setting.default)
        assert set(setting.rule_keys) <= KEYS
        assert judge(setting, setting.default).outcome == "allow"


@pytest.mark.parametrize(
    ("key", "value"),
    [("order.pay_minutes", 60), ("shop.model", "direct"), ("pickup.enabled", False), ("binding.valid_days", 0)],
)
def test_a_change_holds_at_once_and_is_logged(owner: User, key: str, value: int | str | bool) -> None:
    before = queries.setting(key)
    row = change(owner, key, value, "  because\nof spring ")
    assert queries.setting(key) == value
    assert (row.changed_by_id, row.reason) == (owner.pk, "because of spring")
    act = ActLog.objects.get()
    assert (act.act, act.object_type, act.object_id) == ("settings.change", "setting", key)
    assert act.detail == {"before": before, "after": value, "reason": "because of spring", "outcome": "allow"}


@pytest.mark.parametrize(
    ("key", "value", "rule", "source"),
    [
        ("commission.depth", 3, "commission.depth", "禁止传销条例 第七条(三)"),
        ("commission.total_cap_basis_points", 3001, "commission.ratio", "直销管理条例 第二十四条"),
        ("commission.default_basis_points", 3001, "commission.ratio", "直销管理条例 第二十四条"),
        ("commission.second_basis_points", 9999, "commission.ratio", "直销管理条例 第二十四条"),
        ("after_sale.window_days", 6, "return.window", "消费者权益保护法 第二十五条"),
    ],
)
def test_a_hard_limit_is_refused_with_its_rule_and_source(owner: User, key: str, value: int, rule: str, source: str) -> None:
    refusal = refused(owner, key, value)
    assert (refusal.code, refusal.status, refusal.field) == ("policy.refused", 409, "value")
    assert (refusal.details["rule"], refusal.details["source"]) == (rule, source)
    with translation.override("zh-hans"):
        assert source in refusal.sentence
        assert rule in refusal.sentence
    assert queries.setting(key) == CONTRACT[key]
    assert not SettingChange.objects.exists()
    assert not ActLog.objects.exists()


def test_what_needs_a_lawyers_look_needs_a_sentence(owner: User) -> None:
    refusal = refused(owner, "commission.depth", 2, "why not")
    assert (refusal.code, refusal.field, refusal.details) == ("policy.reason", "reason", {"minimum": 10})
    change(owner, "commission.depth", 2, "cleared by counsel, file 2026-11")
    assert queries.integer("commission.depth") == 2
    assert ActLog.objects.get().detail["outcome"] == "review"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("order.pay_minutes", 4),
        ("order.pay_minutes", 1441),
        ("order.pay_minutes", "30"),
        ("order.pay_minutes", 30.0),
        ("order.pay_minutes", True),
        ("pickup.enabled", 1),
        ("pickup.enabled", "yes"),
        ("shop.model", "pyramid"),
        ("shop.model", None),
        ("stock.low", -1),
    ],
)
def test_what_does_not_fit_is_refused_and_says_what_does(owner: User, key: str, value: object) -> None:
    refusal = refused(owner, key, value)
    assert (refusal.code, refusal.field) == ("policy.value", "value")
    assert refusal.details["allowed"] == get(key).allowed
    assert not SettingChange.objects.exists()


def test_every_change_needs_a_reason_and_a_setting(owner: User) -> None:
    assert refused(owner, "stock.low", 6, "  ").code == "policy.reason"
    assert refused(owner, "stock.lower", 6).code == "policy.unknown_setting"
    with pytest.raises(DomainError, match=r"policy.unknown_setting"):
        queries.setting("stock.lower")


def test_both_rates_together_stay_below_the_cap(owner: User) -> None:
    change(owner, "commission.default_basis_points", 2000)
    change(owner, "commission.second_basis_points", 1500)
    assert refused(owner, "commission.depth", 2).code == "policy.combined"
    change(owner, "commission.second_basis_points", 1000)
    change(owner, "commission.depth", 2)
    for key, value in (
        ("commission.default_basis_points", 2001),
        ("commission.second_basis_points", 1001),
        ("commission.total_cap_basis_points", 2999),
    ):
        refusal = refused(owner, key, value)
        assert refusal.code == "policy.combined"
    assert refusal.details == {"sum": "30 %", "cap": "29.99 %"}
    assert SettingChange.objects.count() == 4
    assert queries.integer("commission.total_cap_basis_points") == 3000


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_only_the_owner_changes_settings(role: Role) -> None:
    assert refused(make_staff(role), "stock.low", 6).code == "request.forbidden"
    assert refused(make_member(), "stock.low", 6).code == "request.forbidden"
    assert not SettingChange.objects.exists()


def test_the_history_is_kept_newest_first(owner: User, statements: Statements) -> None:
    rows = [change(owner, "stock.low", value) for value in (6, 7, 5)]
    change(owner, "reviews.days", 60)
    with statements(1):
        assert [(row.pk, row.value, row.changed_by) for row in queries.history("stock.low")] == [
            (row.pk, row.value, owner) for row in reversed(rows)
        ]
    with statements(1):
        views = {view.setting.key: view for view in queries.settings()}
        assert (views["reviews.days"].value, views["reviews.days"].changed_by) == (60, owner)
    assert (views["stock.low"].value, views["stock.low"].is_default) == (5, True)
    assert (views["order.pay_minutes"].changed_at, views["order.pay_minutes"].is_default) == (None, True)


def test_the_values_are_read_once_for_all_settings(owner: User, statements: Statements) -> None:
    queries.clear_cache()
    with statements(1):
        for setting in SETTINGS:
            queries.setting(setting.key)


def test_another_process_is_seen_after_the_cache_is_gone(owner: User) -> None:
    assert queries.integer("stock.low") == 5
    SettingChange.objects.create(key="stock.low", value=9, changed_by=owner)
    assert queries.integer("stock.low") == 5
    queries.clear_cache()
    assert queries.integer("stock.low") == 9


@pytest.mark.django_db(transaction=True)
def test_what_was_cached_before_the_commit_is_forgotten_with_it() -> None:
    owner = make_staff()
    with transaction.atomic():
        change(owner, "stock.low", 8)
        cache.set(queries.CACHE_KEY, {"stock.low": 5})
    assert queries.integer("stock.low") == 8


def test_a_stored_value_against_the_law_is_not_in_force_and_the_audit_says_so(owner: User) -> None:
    for key, value in (("commission.depth", 3), ("shop.model", "pyramid"), ("gone.setting", 1)):
        SettingChange.objects.create(key=key, value=value)
    queries.clear_cache()
    assert queries.integer("commission.depth") == 1
    assert queries.text("shop.model") == "agent"
    assert [(found.invariant, found.subject) for found in violations()] == [
        ("policy.setting", "setting commission.depth"),
        ("policy.setting", "setting gone.setting"),
        ("policy.setting", "setting shop.model"),
    ]
    change(owner, "commission.depth", 1)
    change(owner, "shop.model", "direct")
    assert [found.subject for found in violations()] == ["setting gone.setting"]
    assert ActLog.objects.order_by("pk")[0].detail["before"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("read", "key"),
    [
        (queries.integer, "shop.model"),
        (queries.integer, "pickup.enabled"),
        (queries.text, "stock.low"),
        (queries.switch, "stock.low"),
    ],
)
def test_reading_a_setting_as_another_kind_is_a_bug(read: Callable[[str], object], key: str) -> None:
    with pytest.raises(TypeError):
        read(key)


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("stock.low", " 12 ", 12),
        ("shop.model", "direct", "direct"),
        ("pickup.enabled", "on", True),
        ("pickup.enabled", "", False),
        ("pickup.place", " 徐汇区漕溪路 8 号 ", "徐汇区漕溪路 8 号"),
    ],
)
def test_forms_send_texts(key: str, typed: str, value: object) -> None:
    assert parse(key, typed) == value


@given(st.sampled_from([setting.key for setting in SETTINGS]), st.text(max_size=30))
def test_whatever_a_form_sends_fits_or_is_refused(key: str, typed: str) -> None:
    try:
        value = parse(key, typed)
    except DomainError:
        return
    assert get(key).fits(value)


@pytest.mark.parametrize("typed", ["1e3", "٣", "-1", "9" * 5000, "3.0", "maybe"])
def test_texts_that_are_no_number(typed: str) -> None:
    for key in ("stock.low", "pickup.enabled"):
        with pytest.raises(DomainError, match=r"policy.value"):
            parse(key, typed)

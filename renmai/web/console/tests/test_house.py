"""Settings with their rules, the adviser, the audit, the log, alerts, staff and keys; and how many statements each page asks."""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import renmai
from renmai.accounts.models import ActLog, Role, TotpDevice, User
from renmai.accounts.policies import Permission
from renmai.accounts.tests.factories import PASSWORD
from renmai.campaigns.actions.rewarding import NO_GIVER
from renmai.catalogue import actions as goods
from renmai.catalogue.actions import OptionInput, SkuInput, ValueInput
from renmai.catalogue.models import Sku
from renmai.kernel import ids
from renmai.kernel.audits import Violation
from renmai.kernel.models import Alert
from renmai.ledger import actions as ledger
from renmai.ledger import chart
from renmai.policy import queries as policy
from renmai.policy.models import SettingChange
from renmai.policy.settings_table import SETTINGS
from renmai.programs.models import ApiToken, WebhookDelivery, WebhookEndpoint
from renmai.web.console import invariants, setting_words, words
from renmai.web.console.tests import house as houses
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.house import House, url

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_setting_is_changed_for_a_reason_and_its_history_tells(owner: Client) -> None:
    page = url("setting", "order.pay_minutes")
    assert owner.post(page, {"value": "45", "reason": ""}).status_code == 400
    assert policy.integer("order.pay_minutes") == 30
    assert owner.post(page, {"value": "45", "reason": "顾客付款太慢"}).status_code == 302
    assert policy.integer("order.pay_minutes") == 45
    shown = text_of(owner.get(page))
    assert "顾客付款太慢" in shown
    assert "45 分钟" in shown
    assert ActLog.objects.latest("pk").detail["after"] == 45


@pytest.mark.parametrize("text", ["0", "-3", "1e9", "thirty", "９９", "99999999999999", "<b>", "4", "1441"])
def test_a_value_out_of_bounds_stays_beside_its_field(owner: Client, text: str) -> None:
    answer = owner.post(url("setting", "order.pay_minutes"), {"value": text, "reason": "try"})
    assert answer.status_code == 400
    assert "value" in answer.context["form"].errors
    assert "<b>" not in text_of(answer)
    assert not SettingChange.objects.exists()


def test_the_law_is_named_before_and_after(owner: Client) -> None:
    page = url("setting", "commission.depth")
    asked = owner.get(page, {"value": "3"})
    assert asked.context["verdict"].decision.is_refused
    assert "禁止传销条例" in text_of(asked)
    answer = owner.post(page, {"value": "3", "reason": "for the network"})
    assert answer.status_code == 409
    assert "禁止传销条例 第七条(三)" in str(answer.context["form"].errors)
    assert "commission.depth" in str(answer.context["form"].errors)
    assert policy.integer("commission.depth") == 1
    assert owner.post(page, {"value": "2", "reason": "short"}).status_code == 400, "what wants a review wants a sentence"


def test_percent_and_yuan_are_typed_as_people_think(owner: Client) -> None:
    owner.post(url("setting", "commission.default_basis_points"), {"value": "7.5", "reason": "better"})
    owner.post(url("setting", "withdrawal.minimum_fen"), {"value": "20.50", "reason": "fewer fees"})
    assert (policy.integer("commission.default_basis_points"), policy.integer("withdrawal.minimum_fen")) == (750, 2050)
    page = text_of(owner.get(url("settings")))
    assert "7.5 %" in page
    assert "¥20.50" in page
    over = owner.post(url("setting", "commission.total_cap_basis_points"), {"value": "30.01", "reason": "more"})
    assert over.status_code == 409


def test_switches_and_choices_are_chosen(owner: Client) -> None:
    assert owner.post(url("setting", "pickup.enabled"), {"value": "no", "reason": "closed"}).status_code == 302
    assert policy.switch("pickup.enabled") is False
    assert owner.post(url("setting", "shop.model"), {"value": "direct", "reason": "try it"}).status_code == 302
    assert owner.post(url("setting", "shop.model"), {"value": "pyramid", "reason": "try it"}).status_code == 400
    assert policy.text("shop.model") == "direct"
    assert owner.get(url("setting", "no.such")).status_code == 404


def test_every_setting_says_what_it_means(owner: Client) -> None:
    assert {row.group for row in SETTINGS} == set(setting_words.GROUPS)
    for row in SETTINGS:
        page = owner.get(url("setting", row.key), {"value": setting_words.field_text(row, row.default)})
        assert page.context["verdict"].is_same, row.key
        assert page.context["now_effect"] or row.key == "withdrawal.payout_provider", row.key


def test_somebody_who_may_only_look_sees_no_form(house: House) -> None:
    page = scenes.browser_of(house.clerk).get(url("setting", "order.pay_minutes"))
    assert "setting-form" not in text_of(page)


def test_rules_are_found_by_words_source_and_place(owner: Client) -> None:
    def keys(**query: str) -> list[str]:
        return [rule.key for rule, _valid, _where in owner.get(url("rules"), query).context["rows"]]

    assert keys(where="EU") == ["price.reference_days"]
    assert keys(q="COMMISSION.DEPTH") == ["commission.depth"] * 2
    assert set(keys(q="微信")) >= {"wechat.share_reward", "groupbuy.lottery"}
    assert keys(q="nothing says this") == []
    assert len(keys(where="<b>")) == len(keys())


def test_the_adviser_explains_and_leads_to_the_switch(owner: Client) -> None:
    best = dict.fromkeys(("goods", "supply", "service", "trust", "rules"), "4")
    fits = owner.get(url("adviser"), best)
    assert fits.context["advice"].model == "agent"
    assert fits.context["fits"]
    weak = owner.get(url("adviser"), best | {"service": "1"})
    assert weak.context["advice"].model == "direct"
    assert f"{url('setting', 'shop.model')}?value=direct" in text_of(weak)
    assert owner.get(url("adviser"), best | {"goods": "5"}).context["is_incomplete"]
    assert owner.get(url("adviser"), {"goods": "<b>"}).context["advice"] is None


def _broken() -> Iterator[Violation]:
    yield Violation("4", "SKU X-1", "free 1 + <b>2</b>")
    yield Violation("accounts.roles", "user 7", "is staff without a role")
    yield Violation("brand new", "thing", "is odd")


def test_the_audit_shows_what_holds_and_what_does_not(owner: Client, settings: Any) -> None:
    clean = owner.get(url("audit"), {"run": "1"})
    assert (clean.context["count"], {result.holds for result in clean.context["results"]}) == (0, {True})
    settings.RENMAI_AUDIT = f"{__name__}._broken"
    found = owner.get(url("audit"), {"run": "1"})
    assert [result.key for result in found.context["results"] if not result.holds] == ["4", "accounts", "brand new"]
    assert "<b>2" not in text_of(found)
    assert "results" not in owner.get(url("audit")).context, "the page comes at once and asks for the audit by itself"


def test_every_key_of_the_audit_has_words() -> None:
    whole = importlib.import_module(django_settings.RENMAI_AUDIT.rpartition(".")[0])
    for room in whole.ROOMS:
        for key in re.findall(r'Violation\(\s*"([^"]+)"', inspect.getsource(room)):
            assert key in invariants.INVARIANTS or key.partition(".")[0] in invariants.INVARIANTS, key


def test_the_books_balance_and_leave_as_a_journal(owner: Client) -> None:
    request = ledger.TransferRequest(
        id=ids.new_uuid(),
        debit=chart.provider("sandbox"),
        credit=chart.customers_prepaid(),
        amount_fen=12_345,
        currency="CNY",
        reason="capture",
        reference="R-1",
    )
    ledger.post([request])
    page = owner.get(url("audit"))
    assert page.context["sums"] == [("CNY", 12_345, 12_345)]
    answer = owner.get(url("journal"))
    content = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].endswith('.journal"')
    assert "123.45 CNY" in content
    assert content.endswith("\n")


def test_every_kind_of_account_and_permission_has_words() -> None:
    assert set(chart.KINDS) == set(words.ACCOUNTS)
    assert set(words.PERMISSIONS) == set(Permission)


def test_an_alert_is_closed_with_a_note(house: House, owner: Client) -> None:
    page = url("alert_resolve", house.alert.pk)
    refused = owner.post(page, {"note": " x "})
    assert refused.status_code == 400
    assert house.alert.subject in text_of(refused)
    assert owner.post(page, {"note": "已重新清点 <b>"}).status_code == 302
    house.alert.refresh_from_db()
    assert house.alert.resolved_at is not None
    logged = ActLog.objects.latest("pk")
    assert (logged.act, logged.detail["note"], logged.detail["subject"]) == (
        "alert.resolve",
        "已重新清点 <b>",
        house.alert.subject,
    )
    assert owner.post(page, {"note": "once more"}).status_code == 409
    assert "已重新清点 &lt;b&gt;" in text_of(owner.get(url("log"), {"thing": "alert"}))
    assert house.alert.subject in text_of(owner.get(url("alerts"), {"status": "resolved"}))


def test_an_alert_leads_to_its_thing(house: House, owner: Client) -> None:
    for code, subject in (("after_sale.stuck", "A-1"), ("shipment.late", "S-1"), ("payments.refund", "refund 1")):
        Alert.objects.create(code=code, subject=subject)
    pages = {row.alert.code: row.url for row in owner.get(url("alerts")).context["rows"]}
    assert pages == {
        "stock.shortage": f"{url('stock')}?q={house.alert.subject}",
        "after_sale.stuck": url("after_sale", "A-1"),
        "shipment.late": url("shipments"),
        "payments.refund": "",
    }


def test_an_alert_about_rewards_that_wait_says_what_to_do(owner: Client) -> None:
    Alert.objects.create(code=NO_GIVER, subject="coupon")
    shown = owner.get(url("alerts")).content.decode()
    assert f'<a href="{url("campaign_new", "coupon")}">优惠券</a>' in shown
    assert "发放方式选“仅作为其他活动的奖励发放”" in shown
    Alert.objects.create(code=NO_GIVER, subject="of a play that is gone")
    assert "of a play that is gone" in owner.get(url("alerts")).content.decode()


def test_an_alert_of_the_machinery_is_the_owners(house: House) -> None:
    alert = Alert.objects.create(code="outbox.dead", subject="event 1")
    clerk = scenes.browser_of(scenes.member_of_staff(Role.FULFILMENT))
    assert clerk.post(url("alert_resolve", alert.pk), {"note": "looks fine"}).status_code == 403
    alert.refresh_from_db()
    assert alert.resolved_at is None


def test_the_log_is_narrowed(house: House, owner: Client) -> None:
    def acts(**query: str | int) -> set[str]:
        return {row.act for row, _url, _details in owner.get(url("log"), query).context["rows"]}

    assert acts() >= {"catalogue.skus", "webhook.add"}
    assert acts(thing="webhook") == {"webhook.add"}
    assert acts(act="catalogue.skus") == {"catalogue.skus"}
    assert acts(thing="product", id=house.product.pk) <= {"catalogue.skus", "catalogue.picture_added"}
    assert acts(actor=house.clerk.pk) == {"staff.totp_confirm"}
    assert acts(act="<b>", thing="'", actor="x") == acts()


def test_every_act_that_is_logged_has_words() -> None:
    written = set()
    for path in Path(renmai.__file__).parent.rglob("*.py"):
        if "tests" not in path.parts:
            found = re.findall(r'log_act\(\s*\w+(?:\.\w+)?,\s*"([a-z_.]+)"', path.read_text(encoding="utf-8"))
            written.update(found)
    assert len(written) > 20
    assert sorted(written - set(words.ACTS)) == []


def test_somebody_is_taken_on_with_a_password_that_holds(owner: Client) -> None:
    fields = {"display_name": "<b>新人</b>", "username": "newcomer", "password": "pa55word!", "roles": ["service"]}
    weak = owner.post(url("person_new"), fields)
    assert (weak.status_code, list(weak.context["form"].errors)) == (400, ["password"])
    assert "pa55word!" not in text_of(weak)
    none = owner.post(url("person_new"), fields | {"password": PASSWORD, "roles": []})
    assert (none.status_code, list(none.context["form"].errors)) == (400, ["roles"])
    assert owner.post(url("person_new"), fields | {"password": PASSWORD}).status_code == 302
    twice = owner.post(url("person_new"), fields | {"password": PASSWORD})
    assert (twice.status_code, list(twice.context["form"].errors)) == (409, ["username"])
    assert "<b>新人" not in text_of(owner.get(url("staff")))


def test_nobody_closes_herself_and_somebody_stays_owner(house: House, owner: Client) -> None:
    owner.post(url("person_active", house.owner.pk), {"to": "close"})
    owner.post(url("person_reset", house.owner.pk))
    answer = owner.post(url("person_roles", house.owner.pk), {"roles": ["service"]})
    assert answer.status_code == 409
    assert User.objects.get(pk=house.owner.pk).is_active
    assert [row.role for row in house.owner.staff_roles.all()] == ["owner"]


def test_an_account_is_closed_opened_and_its_factor_reset(house: House, owner: Client) -> None:
    other = scenes.browser_of(house.clerk)
    assert other.get(url("settings")).status_code == 200
    owner.post(url("person_active", house.clerk.pk), {"to": "close"})
    assert other.get(url("settings")).status_code == 302
    owner.post(url("person_active", house.clerk.pk), {"to": "open"})
    assert User.objects.get(pk=house.clerk.pk).is_active
    owner.post(url("person_reset", house.clerk.pk))
    assert not TotpDevice.objects.filter(user=house.clerk).exists()


def test_members_are_no_staff(house: House, owner: Client) -> None:
    member = User.objects.create(phone="13912345678", display_name="顾客")
    assert owner.get(url("person", member.pk)).status_code == 404
    assert owner.post(url("person_roles", member.pk), {"roles": ["owner"]}).status_code == 404
    assert owner.post(url("person_active", member.pk), {"to": "close"}).status_code == 404
    member.refresh_from_db()
    assert member.is_active


def test_a_key_is_shown_once(owner: Client) -> None:
    answer = owner.post(url("token_create"), {"name": "till <b>", "valid_days": "30"})
    text = answer.context["text"]
    assert text in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert text not in text_of(owner.get(url("api")))
    assert not ApiToken.objects.filter(token_hash=text).exists()
    assert owner.post(url("token_create"), {"name": "", "valid_days": "30"}).status_code == 400
    assert owner.post(url("token_create"), {"name": "x", "valid_days": "99999"}).status_code == 400


@pytest.mark.parametrize(
    "address", ["http://example.org/", "ftp://example.org/", "javascript:alert(1)", "https://", "https://u:p@example.org/", ""]
)
def test_a_webhook_needs_an_address_and_an_event(owner: Client, address: str) -> None:
    before = WebhookEndpoint.objects.count()
    answer = owner.post(url("webhook_new"), {"url": address, "events": [houses.WEBHOOK_EVENT]})
    assert answer.status_code == 400
    assert "url" in answer.context["form"].errors
    missing = owner.post(url("webhook_new"), {"url": "https://example.org/x", "events": ["no.Such"]})
    assert "events" in missing.context["form"].errors
    assert WebhookEndpoint.objects.count() == before


def test_a_webhook_is_added_stopped_and_repeated(house: House, owner: Client) -> None:
    made = owner.post(url("webhook_new"), {"url": "https://example.org/new", "events": [houses.WEBHOOK_EVENT]})
    endpoint = WebhookEndpoint.objects.latest("pk")
    assert endpoint.secret in text_of(made)
    assert endpoint.secret not in text_of(owner.get(url("webhook", endpoint.pk)))
    assert owner.post(url("delivery_repeat", house.endpoint.pk, house.delivery.pk)).status_code == 302
    house.delivery.refresh_from_db()
    assert (house.delivery.status, house.delivery.attempts) == (WebhookDelivery.Status.PENDING, 0)
    assert owner.post(url("delivery_repeat", house.endpoint.pk, house.delivery.pk)).status_code == 409
    assert owner.post(url("webhook_stop", house.endpoint.pk)).status_code == 302
    house.delivery.refresh_from_db()
    assert house.delivery.status == WebhookDelivery.Status.DEAD
    assert owner.post(url("webhook_stop", house.endpoint.pk)).status_code == 404
    assert owner.get(url("webhook", 99_999)).status_code == 404


LISTS: tuple[tuple[str, Callable[[House], tuple[object, ...]]], ...] = (
    ("products", lambda _house: ()),
    ("product", lambda house: (house.product.pk,)),
    ("product_variants", lambda house: (house.product.pk,)),
    ("product_pictures", lambda house: (house.product.pk,)),
    ("product_commission", lambda house: (house.product.pk,)),
    ("sku", lambda house: (house.sku.pk,)),
    ("stock", lambda _house: ()),
    ("categories", lambda _house: ()),
    ("suppliers", lambda _house: ()),
    ("supplier", lambda house: (house.supplier_id,)),
    ("supplier_template", lambda house: (house.supplier_id,)),
    ("freight", lambda _house: ()),
    ("freight_template", lambda house: (house.template.pk,)),
    ("settings", lambda _house: ()),
    ("setting", lambda _house: ("order.pay_minutes",)),
    ("rules", lambda _house: ()),
    ("audit", lambda _house: ()),
    ("alerts", lambda _house: ()),
    ("log", lambda _house: ()),
    ("staff", lambda _house: ()),
    ("person", lambda house: (house.clerk.pk,)),
    ("api", lambda _house: ()),
    ("webhook", lambda house: (house.endpoint.pk,)),
)
MOST = 24


def _grow(house: House) -> None:
    """Twenty of everything, and a product of twenty variants."""
    houses.more(house, 20)
    names = [f"{number}克" for number in range(20)]
    options = [OptionInput("规格", tuple(ValueInput(name) for name in names))]
    goods.set_skus(house.owner, house.product.pk, options, [SkuInput(values=(name,), price_fen=5800) for name in names])
    for number in range(5):
        goods.add_picture(house.owner, house.product.pk, houses.png(30 + number, 30))
        SettingChange.objects.create(key="order.pay_minutes", value=40 + number, changed_by=house.owner, reason="more")
    assert Sku.objects.filter(product=house.product, is_active=True).count() == 20


@pytest.mark.parametrize(("name", "arguments"), LISTS, ids=[name for name, _arguments in LISTS])
def test_pages_ask_no_more_for_twenty_than_for_one(
    house: House, owner: Client, name: str, arguments: Callable[[House], tuple[object, ...]]
) -> None:
    address = url(name, *arguments(house))
    owner.get(address)
    with CaptureQueriesContext(connection) as few:
        assert owner.get(address).status_code == 200
    _grow(house)
    with CaptureQueriesContext(connection) as many:
        assert owner.get(address).status_code == 200
    more = [query["sql"] for query in many if query["sql"] not in {one["sql"] for one in few}]
    assert len(many) == len(few), "\n".join(more)
    assert len(few) <= MOST

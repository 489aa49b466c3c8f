"""What the staff does: once however often it is sent, refused on a stale page, logged."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import ActLog, Role
from renmai.distribution.models import Agent, Withdrawal
from renmai.journeys.tests import world
from renmai.kernel.errors import DomainError
from renmai.ordering.actions.shipping import pickup_code
from renmai.ordering.models import AfterSale, Shipment
from renmai.payments.models import Payment, Payout, Refund
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.scene import Scene
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(moving_clock: MovingClock) -> Scene:
    return scenes.build(moving_clock)


@pytest.fixture
def owner(scene: Scene) -> Client:
    return scenes.browser_of(scene.owner)


def text_of(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined]


def ship(client: Client, parcel: Shipment, *, carrier: str = "sf", tracking: str = "SF12345678") -> "tuple[int, str]":
    fields = {f"{parcel.pk}-carrier": carrier, f"{parcel.pk}-tracking_number": tracking}
    answer = client.post(reverse("console:ship", args=[parcel.pk]), fields)
    return answer.status_code, text_of(answer)


def upload(client: Client, content: bytes) -> "tuple[int, str]":
    file = SimpleUploadedFile("parcels.csv", content, content_type="text/csv")
    answer = client.post(reverse("console:shipments_batch"), {"file": file})
    return answer.status_code, text_of(answer)


def test_a_parcel_leaves_once(scene: Scene, owner: Client) -> None:
    parcel = scene.parcel
    assert ship(owner, parcel)[0] == 302
    assert ship(owner, parcel)[0] == 302, "the same again is the same"
    assert Shipment.objects.get(pk=parcel.pk).status == Shipment.Status.SHIPPED
    assert ActLog.objects.filter(act="shipment.shipped", object_id=str(parcel.pk)).count() == 1
    status, page = ship(owner, parcel, tracking="SF99999999")
    assert (status, "已不在待发货状态" in page or DomainError("ordering.parcel_gone").sentence in page) == (409, True)
    assert Shipment.objects.get(pk=parcel.pk).tracking_number == "SF12345678"


def test_the_other_language_comes_back_to_the_page_of_a_refused_form(scene: Scene, owner: Client) -> None:
    origin = "http://testserver/console/parcels/?view=waiting"
    address = reverse("console:ship", args=[scene.parcel.pk])
    refused = text_of(owner.post(address, {}, headers={"Referer": origin}))
    assert f'name="next" value="{origin}"' in refused
    assert owner.post("/i18n/setlang/", {"language": "en", "next": origin})["Location"] == origin


@pytest.mark.parametrize(
    ("carrier", "tracking"), [("sf", "x"), ("pigeon", "SF12345678"), ("sf", ""), ("sf", "<b>bold</b>"), ("sf", "1" * 41)]
)
def test_what_is_wrong_stays_in_the_open_drawer(scene: Scene, owner: Client, carrier: str, tracking: str) -> None:
    parcel = scene.parcel
    status, page = ship(owner, parcel, carrier=carrier, tracking=tracking)
    assert status == 400
    assert f'id="ship-{parcel.pk}"' in page
    assert "data-open-now" in page
    assert "field-error" in page
    assert "<b>bold" not in page
    assert 'href="?' not in page, "a link of a refused form must not lead to where forms are sent"
    assert Shipment.objects.get(pk=parcel.pk).status == Shipment.Status.WAITING


def test_a_filled_in_template_ships_and_says_what_it_did(scene: Scene, owner: Client) -> None:
    template = owner.get(reverse("console:shipments_template"))
    assert template["Content-Disposition"].startswith('attachment; filename="parcels-2026')
    content = template.content.decode("utf-8-sig")
    assert scene.parcel.number in content
    filled = content.replace(f"{scene.parcel.number},,", f"{scene.parcel.number},sf,SF12345678")
    number = scene.parcel.number
    status, page = upload(owner, f"{filled}S999999-NOBODY,sf,SF12345678\n".encode())
    assert status == 200
    assert "已发出 1 个包裹" in page
    assert "S999999-NOBODY" in page
    assert Shipment.objects.get(number=number).status == Shipment.Status.SHIPPED
    _status, again = upload(owner, filled.encode("gb18030"))
    assert "1 个此前已用相同单号发出" in again
    assert ActLog.objects.filter(act="shipment.shipped", object_id=str(scene.parcel.pk)).count() == 1


GARBAGE = {
    "empty": b"",
    "nul": b"\x00\x01\x02",
    "no text": b"\xff\xfe\xff\xff\xff",
    "spreadsheet": b"PK\x03\x04 an xlsx file",
    "header": b"a,b,c\n1,2,3\n",
    "quote": b'shipment,carrier,tracking\n"never closed',
    "huge cell": b"shipment,carrier,tracking\n" + b"x" * 200_000,
    "rows": b"shipment,carrier,tracking\n" + b"S,sf,SF12345678\n" * 2001,
    "too large": b"shipment,carrier,tracking\n" + b"," * 3_000_000,
    "script": b"shipment,carrier,tracking\n<script>alert(1)</script>,sf,SF12345678\n",
    "columns": b"shipment,carrier,tracking\nonly one column\n",
    "surrogate": "shipment,carrier,tracking\n\ufffe\u2028,sf,SF12345678\n".encode(),
}


def test_garbage_ships_nothing_and_breaks_nothing(scene: Scene, owner: Client) -> None:
    before = scenes.fingerprint()
    for name, content in GARBAGE.items():
        status, page = upload(owner, content)
        assert status in {200, 400}, name
        assert "<script>alert" not in page, name
    assert scenes.fingerprint() == before


def test_pickup_needs_the_right_code(scene: Scene, owner: Client) -> None:
    address = reverse("console:hand_over", args=[scene.pickup.number])
    wrong = owner.post(address, {"code": "WRONG1"})
    assert wrong.status_code == 400
    assert DomainError("ordering.pickup_code").sentence in text_of(wrong)
    right = {"code": pickup_code(scene.pickup).lower()}
    assert owner.post(address, right).status_code == 302
    assert world.fresh(scene.pickup).status == "received"
    assert owner.post(address, right).status_code == 409


def test_a_parcel_is_noted_as_delivered_once(scene: Scene, owner: Client) -> None:
    ship(owner, scene.parcel)
    address = reverse("console:delivered", args=[scene.parcel.pk])
    assert [owner.post(address).status_code for _time in range(2)] == [302, 409]


def test_approving_refunds_once_and_the_second_tab_is_told(scene: Scene, owner: Client) -> None:
    address = reverse("console:after_sale_approve", args=[scene.claimed.number])
    stale = owner.get(reverse("console:after_sale", args=[scene.claimed.number]))
    assert "同意并退款 ¥200.00" in text_of(stale)
    assert owner.post(address, {"answer": "抱歉"}).status_code == 302
    again = owner.post(address, {"answer": "抱歉"})
    assert again.status_code == 409
    assert DomainError("ordering.claim_state").sentence in text_of(again)
    rejected = owner.post(reverse("console:after_sale_reject", args=[scene.claimed.number]), {"answer": "no"})
    assert rejected.status_code == 409
    assert AfterSale.objects.get(pk=scene.claimed.pk).status == AfterSale.Status.REFUNDING
    assert Refund.objects.filter(cause=f"after_sale:{scene.claimed.number}").count() == 1
    assert ActLog.objects.filter(act="after_sale.approved", object_id=scene.claimed.number).count() == 1


def test_a_refund_that_the_provider_refused_is_sent_once_more(scene: Scene, owner: Client) -> None:
    owner.post(reverse("console:after_sale_approve", args=[scene.claimed.number]), {"answer": ""})
    refund = Refund.objects.get(cause=f"after_sale:{scene.claimed.number}")
    Refund.objects.filter(pk=refund.pk).update(status=Refund.Status.FAILED)
    Payment.objects.filter(pk=refund.payment_id).update(refunded_fen=0)
    number = scene.claimed.order.number
    page = text_of(owner.get(reverse("console:order", args=[number])))
    assert "重新退款 ¥200.00" in page
    address = reverse("console:refund_retry", args=[number, refund.pk])
    other = reverse("console:refund_retry", args=[scene.waiting.number, refund.pk])
    assert owner.post(other).status_code == 404, "a refund is reached through its own order"
    assert [owner.post(address).status_code for _time in range(2)] == [302, 409]
    assert ActLog.objects.filter(act="refund.retried", object_id=refund.number).count() == 1


def test_a_parcel_leaves_from_its_order_too(scene: Scene, owner: Client) -> None:
    page = reverse("console:order", args=[scene.waiting.number])
    assert f'id="ship-{scene.parcel.pk}"' in text_of(owner.get(page))
    fields = {f"{scene.parcel.pk}-carrier": "sf", f"{scene.parcel.pk}-tracking_number": "SF12345678", "next": page}
    answer = owner.post(reverse("console:ship", args=[scene.parcel.pk]), fields)
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert reverse("console:delivered", args=[scene.parcel.pk]) in text_of(owner.get(page))


def test_a_rejection_needs_words_and_they_are_kept(scene: Scene, owner: Client) -> None:
    address = reverse("console:after_sale_reject", args=[scene.claimed.number])
    empty = owner.post(address, {"answer": "  "})
    assert empty.status_code == 400
    assert "data-open-now" in text_of(empty)
    too_long = owner.post(address, {"answer": "长" * 501})
    assert too_long.status_code == 400
    assert "长" * 501 in text_of(too_long), "what was typed stays"
    assert owner.post(address, {"answer": "已过保质期 <i>"}).status_code == 302
    page = text_of(owner.get(reverse("console:after_sale", args=[scene.claimed.number])))
    assert "已过保质期 &lt;i&gt;" in page


def test_goods_back_needs_their_state_and_refund_once(scene: Scene, owner: Client) -> None:
    address = reverse("console:after_sale_goods_back", args=[scene.returning.number])
    assert owner.post(address, {}).status_code == 400
    assert owner.post(address, {"is_resaleable": "maybe"}).status_code == 400
    statuses = [owner.post(address, {"is_resaleable": "yes"}).status_code for _time in range(2)]
    assert statuses == [302, 409]
    assert Refund.objects.filter(cause=f"after_sale:{scene.returning.number}").count() == 1


def test_two_different_people_pay_a_withdrawal(scene: Scene) -> None:
    first, second = (scenes.browser_of(scenes.member_of_staff(Role.FINANCE)) for _person in range(2))
    page = reverse("console:withdrawal", args=[scene.withdrawal.pk])
    review, approve = (reverse(f"console:withdrawal_{step}", args=[scene.withdrawal.pk]) for step in ("review", "approve"))
    assert "初审通过 ¥30.00" in text_of(first.get(page))
    assert second.post(approve).status_code == 409, "nobody has reviewed it"
    assert first.post(review).status_code == 302
    assert first.post(review).status_code == 409, "a second click, or a second tab"
    assert "复核需要另一个人" in text_of(first.get(page)), "she is told before she tries"
    same = first.post(approve)
    assert (same.status_code, DomainError("distribution.same_person").sentence in text_of(same)) == (403, True)
    assert Payout.objects.count() == 0
    assert second.post(approve).status_code == 302
    assert second.post(approve).status_code == 409
    assert Withdrawal.objects.get(pk=scene.withdrawal.pk).status == Withdrawal.Status.APPROVED
    assert Payout.objects.count() == 1
    world.settle_down()
    acts = list(ActLog.objects.filter(object_type="withdrawal").order_by("pk").values_list("act", flat=True))
    assert acts == ["withdrawal.reviewed", "withdrawal.approved"]
    assert world.violations() == []


def test_a_refused_withdrawal_gives_the_money_back_with_a_reason(scene: Scene) -> None:
    person = scenes.browser_of(scenes.member_of_staff(Role.FINANCE))
    address = reverse("console:withdrawal_reject", args=[scene.withdrawal.pk])
    empty = person.post(address, {"reason": ""})
    assert (empty.status_code, "data-open-now" in text_of(empty)) == (400, True)
    assert [person.post(address, {"reason": "实名不符"}).status_code for _time in range(2)] == [302, 409]
    page = text_of(person.get(reverse("console:withdrawal", args=[scene.withdrawal.pk])))
    assert "实名不符" in page
    assert 'action="/console/withdrawals/' not in page, "nothing is left to decide"


def test_an_agent_is_suspended_and_comes_back_with_reasons(scene: Scene, owner: Client) -> None:
    suspend, reactivate = (reverse(f"console:agent_{step}", args=[scene.agent.pk]) for step in ("suspend", "reactivate"))
    assert owner.post(suspend, {"reason": ""}).status_code == 400
    assert [owner.post(suspend, {"reason": "投诉"}).status_code for _time in range(2)] == [302, 409]
    assert Agent.objects.get(pk=scene.agent.pk).status == Agent.Status.SUSPENDED
    assert owner.post(reactivate, {"reason": "已核实"}).status_code == 302
    details = list(ActLog.objects.filter(object_type="agent").order_by("pk").values_list("detail", flat=True))
    assert [detail["reason"] for detail in details] == ["投诉", "已核实"]


def test_the_audits_find_nothing_after_all_of_it(scene: Scene, owner: Client) -> None:
    ship(owner, scene.parcel)
    owner.post(reverse("console:after_sale_approve", args=[scene.claimed.number]), {"answer": ""})
    owner.post(reverse("console:after_sale_goods_back", args=[scene.returning.number]), {"is_resaleable": "no"})
    world.settle_down()
    assert world.violations() == []
